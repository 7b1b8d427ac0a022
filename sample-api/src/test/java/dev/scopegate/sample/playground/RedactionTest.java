package dev.scopegate.sample.playground;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final String JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";

    @ParameterizedTest
    @ValueSource(
            strings = {
                JWT,
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
                "in28DmXQYSnWvzKMdEuE03rAfWBsQ1kpgVVd3q1cXj8",
                "abcdefghijklmnopqrstuvwxyz0123456789~+=="
            })
    void token_anywhereInAText_onlyItsBeginningIsLeft(String token) {
        String shown = Redaction.shortened("/contacts?access_token=" + token);

        assertThat(shown)
                .startsWith("/contacts?access_token=" + token.substring(0, 6) + "…")
                .doesNotContain(token.substring(0, 10));
    }

    @Test
    void noToken_leftAsItIs() {
        assertThat(Redaction.shortened("GET /health/..;/contacts scope=read:contacts"))
                .isEqualTo("GET /health/..;/contacts scope=read:contacts");
    }
}
