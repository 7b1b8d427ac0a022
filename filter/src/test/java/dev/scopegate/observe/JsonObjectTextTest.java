package dev.scopegate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTextTest {

    private static String of(String text) {
        JsonObjectText json = new JsonObjectText();
        json.add("text", text);
        return json.text();
    }

    @Test
    void object_eachType_oneLine() {
        JsonObjectText json = new JsonObjectText();
        json.add("a", "x");
        json.add("b", 7);
        json.add("c", List.of("y", "z"));

        assertThat(json.text()).isEqualTo("{\"a\":\"x\",\"b\":7,\"c\":[\"y\",\"z\"]}");
        assertThat(new JsonObjectText().text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"quoted\" \\ and \\u0041",
                "two\nlines\r\nand\ttabs\0",
                "\u001b[31mred\u007f\u009b",
                "right\u202eto left\u2028\u2029\ufeff",
                "Zoë 😀",
                "</script>",
            })
    void text_whateverItHolds_visibleAsciiThatReadsTheSame(String text) {
        String line = of(text);

        assertThat(line).matches("[ -~]*");
        assertThat(AuditLines.parsed(line)).containsEntry("text", text);
    }

    @ParameterizedTest
    @CsvSource({"255, 255", "256, 256", "257, 257", "100000, 257"})
    void text_long_cutWithAnEllipsis(int length, int kept) {
        String text = (String) AuditLines.parsed(of("a".repeat(length))).get("text");

        assertThat(text).hasSize(kept).matches(length > 256 ? "a+…" : "a+");
    }

    @Test
    void text_cutWithinACharacter_leavesItOut() {
        String text =
                (String) AuditLines.parsed(of("a".repeat(255) + "😀 and more")).get("text");

        assertThat(text).isEqualTo("a".repeat(255) + "…");
    }
}
