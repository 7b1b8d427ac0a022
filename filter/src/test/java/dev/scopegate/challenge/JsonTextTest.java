package dev.scopegate.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "a\"b\\c",
                "\\\"",
                "\b\t\n\r\u0000\u001f\u007f",
                "Kontakte für alle",
                "連絡先",
                "\u2028\u2029",
                "\ud83d\ude00",
                "</script>",
                "\", \"resource\": \"evil"
            })
    void string_anyText_readBackAsItWas(String text) throws Exception {
        String json = "{\"a\":" + JsonText.string(text) + ",\"b\":" + JsonText.array(List.of(text, text)) + "}";
        String received = new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(JSONObjectUtils.parse(received))
                .hasSize(2)
                .containsEntry("a", text)
                .containsEntry("b", List.of(text, text));
        assertThat(json).doesNotContainPattern("[\\x00-\\x1f\\x7f\\u2028\\u2029]");
    }

    @Test
    void string_halfACharacter_escaped() {
        assertThat(JsonText.string("a\ud83d")).isEqualTo("\"a\\ud83d\"");
        assertThat(JsonText.string("\ude00\ud83db")).isEqualTo("\"\\ude00\\ud83db\"");
    }

    @ParameterizedTest
    @CsvSource({"0, []", "1, [\"a\"]", "2, '[\"a\",\"a\"]'"})
    void array_eachSize_commasBetween(int size, String json) {
        assertThat(JsonText.array(java.util.Collections.nCopies(size, "a"))).isEqualTo(json);
    }
}
