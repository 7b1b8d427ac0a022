package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.introspection.json.StrictJson;
import dev.scopegate.test.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericDateTest {

    @ParameterizedTest
    @Requirement("RFC7519 §2")
    @CsvSource({
        "1999999999,    2033-05-18T03:33:19Z",
        "1999999999.5,  2033-05-18T03:33:19.5Z",
        "2e9,           2033-05-18T03:33:20Z",
        "2147483648,    2038-01-19T03:14:08Z",
        "4294967296,    2106-02-07T06:28:16Z",
    })
    void of_number_time(String json, Instant time) {
        assertThat(NumericDate.of(claims(json), "exp")).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1999999999\"", "true", "{}", "[1999999999]", "1e300", "9223372036854775808",
                "9223372036854775", "-1", "-9223372036854775808", "0", "253402300800", "99999999999999999999999999"
            })
    void of_anythingElse_nothing(String json) {
        assertThat(NumericDate.of(claims(json), "exp")).isEmpty();
    }

    private static Map<String, Object> claims(String exp) {
        return StrictJson.object(("{\"exp\":" + exp + "}").getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
