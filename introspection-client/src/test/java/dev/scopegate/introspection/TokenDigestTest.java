package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import org.junit.jupiter.api.Test;

class TokenDigestTest {

    private static TokenDigest key(String asker, String token) {
        return new TokenDigest.Maker(asker).of(token);
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
    void of_tokenAlone_notThatOfAnybodyWhoAsks() {
        TokenDigest alone = new TokenDigest.Maker().of("token".getBytes(UTF_8));

        assertThat(alone).isEqualTo(new TokenDigest.Maker().of("token")).isNotEqualTo(key("", "token"));
    }

    @Test
    void toString_key_showsNothing() {
        assertThat(key("a", "token")).hasToString("TokenDigest[hidden]");
    }

    @Test
    void of_tokenAtTheEndOfAText_isThatOfTheTokenAlone() {
        TokenDigest.Maker maker = new TokenDigest.Maker();
        TokenDigest alone = maker.of("token".getBytes(UTF_8));
        assertThat(maker.of("Bearer token".getBytes(UTF_8), "Bearer ".length()))
                .isEqualTo(alone)
                .hasSameHashCodeAs(alone);
        assertThat(maker.of("Bearer token".getBytes(UTF_8), "Bearer".length())).isNotEqualTo(alone);
    }
}
