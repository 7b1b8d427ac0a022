package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import org.junit.jupiter.api.Test;

class TokenKeyTest {

    @Test
    void of_sameAskerAndToken_equal() {
        assertThat(TokenKey.of("a", "token")).isEqualTo(TokenKey.of("a", "token"));
    }

    @Test
    @Requirement("RFC7662 §4")
    void of_anotherAskerOrToken_different() {
        assertThat(TokenKey.of("a", "token"))
                .isNotEqualTo(TokenKey.of("b", "token"))
                .isNotEqualTo(TokenKey.of("a", "Token"))
                .isNotEqualTo(TokenKey.of("a", "token "));
    }

    @Test
    void of_borderMoved_different() {
        assertThat(TokenKey.of("ab", "c")).isNotEqualTo(TokenKey.of("a", "bc"));
    }

    @Test
    void toString_key_showsNothing() {
        assertThat(TokenKey.of("a", "token")).hasToString("TokenKey[hidden]");
    }
}
