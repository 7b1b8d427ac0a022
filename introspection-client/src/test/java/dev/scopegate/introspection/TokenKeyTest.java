package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import org.junit.jupiter.api.Test;

class TokenKeyTest {

    private static TokenKey key(String asker, String token) {
        return new TokenKey.Maker(asker).of(token);
    }

    @Test
    void of_sameAskerAndToken_equal() {
        assertThat(key("a", "token")).isEqualTo(key("a", "token"));
    }

    @Test
    @Requirement("RFC7662 §4")
    void of_anotherAskerOrToken_different() {
        assertThat(key("a", "token"))
                .isNotEqualTo(key("b", "token"))
                .isNotEqualTo(key("a", "Token"))
                .isNotEqualTo(key("a", "token "));
    }

    @Test
    void of_borderMoved_different() {
        assertThat(key("ab", "c")).isNotEqualTo(key("a", "bc"));
    }

    @Test
    void toString_key_showsNothing() {
        assertThat(key("a", "token")).hasToString("TokenKey[hidden]");
    }
}
