package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnverifiedIssuerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "{\"iss\":\"a\"}                                  ! a",
                "{\"x\":{\"iss\":\"b\"},\"iss\":\"a\"}            ! a",
                "{\"x\":[{\"iss\":\"b\"},\"iss\"],\"iss\":\"a\"}  ! a",
                "{\"x\":\"\\\"iss\\\":\\\"b\\\"\",\"iss\":\"a\"}  ! a",
                "{\"x\":\"iss\", \"iss\" : \"a\" }                ! a",
                "{\"iss\":\"https:\\/\\/a\"}                      ! https://a",
                "{\"\\u0069ss\":\"a\"}                            ! a",
                "{\"\\u006ass\":\"b\",\"iss\":\"a\"}              ! a",
                "{\"iss\":\"ä\"}                                  ! ä",
                // What is broken behind it is seen by whoever reads the claims.
                "{\"iss\":\"a\",\"iss\":\"b\"}                    ! a",
                "{\"iss\":\"a\",[[[                               ! a",
            })
    void in_outermostMember_found(String payload, String issuer) {
        assertThat(find(payload)).contains(issuer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"iss\":1}",
                "{\"iss\":null}",
                "{\"iss\":[\"a\"]}",
                "{\"iss\":{\"iss\":\"a\"}}",
                "{\"x\":{\"iss\":\"a\"}}",
                "{\"x\":\"iss\"}",
                "[\"iss\",\"a\"]",
                "[{\"iss\":\"a\"}]",
                "\"iss\"",
                "{\"iss\"",
                "{\"iss\":",
                "{\"iss\":\"a",
                "{\"iss\":\"a\\",
                "{\"iss\":\"\\x\"}",
                "{\"ISS\":\"a\"}",
                "{iss:\"a\"}",
                "{'iss':'a'}"
            })
    void in_anythingElse_nothing(String payload) {
        assertThat(find(payload)).isEmpty();
    }

    private static Optional<String> find(String payload) {
        return UnverifiedIssuer.in(payload.getBytes(StandardCharsets.UTF_8));
    }
}
