package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class B64TokenTest {

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";

    @Test
    @Requirement("RFC6750 §2.1")
    void is_eachCharacterAtEachPlace_asTheGrammarSays() {
        for (int place = 0; place < 18; place++) {
            for (int c = 0; c < 0x180; c++) {
                StringBuilder text = new StringBuilder("a".repeat(18));
                text.setCharAt(place, (char) c);

                assertThat(B64Token.is(text.toString()))
                        .as("U+%04X at %d", c, place)
                        .isEqualTo(CHARACTERS.indexOf(c) >= 0 || (c == '=' && place == 17));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=", "a==", "a===============", "abcdefgh", "abcdefgh=", "abcdefghi"})
    void is_token_true(String token) {
        assertThat(B64Token.is(token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "========", "=a", "a=a", "abcdefg=abcdefgh", "€", "a€aaaaaaa"})
    void is_anythingElse_false(String text) {
        assertThat(B64Token.is(text)).isFalse();
    }
}
