package dev.scopegate.introspection.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericDateTest {

    @ParameterizedTest
    @Requirement("RFC7519 §2")
    @CsvSource({
        "0,                  1970-01-01T00:00:00Z",
        "-0.0,               1970-01-01T00:00:00Z",
        "0.25,               1970-01-01T00:00:00.25Z",
        "1999999999,         2033-05-18T03:33:19Z",
        "1999999999.5,       2033-05-18T03:33:19.5Z",
        "2e9,                2033-05-18T03:33:20Z",
        "2147483648,         2038-01-19T03:14:08Z",
        "4294967296,         2106-02-07T06:28:16Z",
        "253402300799,       9999-12-31T23:59:59Z",
        "253402300799.5,     9999-12-31T23:59:59.5Z",
    })
    void of_number_time(String json, Instant time) {
        assertThat(NumericDate.of(claims(json), "exp")).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1999999999\"",
                "\"\"",
                "true",
                "false",
                "null",
                "{}",
                "{\"exp\":1999999999}",
                "[]",
                "[1999999999]",
                "-1",
                "-0.5",
                "253402300800",
                "9223372036854775",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "99999999999999999999999999",
                "1e300",
                "-1e300"
            })
    void of_anythingElse_nothing(String json) {
        assertThat(NumericDate.of(claims(json), "exp")).isEmpty();
    }

    @Test
    void of_numbersThatJsonHasNot_nothing() {
        // A map of somebody's own may hold them; no text does, since 1e309 is refused where it is read.
        assertThat(NumericDate.of(Map.of("exp", Double.NaN), "exp")).isEmpty();
        assertThat(NumericDate.of(Map.of("exp", Double.POSITIVE_INFINITY), "exp"))
                .isEmpty();
        assertThat(StrictJson.object("{\"exp\":1e309}")).isEmpty();
    }

    @Test
    void of_otherClaim_nothing() {
        assertThat(NumericDate.of(claims("1999999999"), "nbf")).isEmpty();
    }

    private static Map<String, Object> claims(String exp) {
        return StrictJson.object("{\"exp\":" + exp + "}").orElseThrow();
    }
}
