package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be configured. */
class SignedAnswersTest {

    private static final SignedAnswers HOW =
            SignedAnswers.by(AnswerInTheMaking.ISSUER, (algorithm, keyId) -> List.of());

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "ES256K", "rs256", ""})
    @Requirement("RFC8725 §3.2")
    void algorithms_oneThatIsNotAsymmetric_refused(String algorithm) {
        assertThat(HOW.algorithms(List.of("ES256")).algorithms()).containsExactly("ES256");
        assertThatThrownBy(() -> HOW.algorithms(List.of("ES256", algorithm)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void options_thatMakeNoSense_refused() {
        assertThatThrownBy(() -> HOW.algorithms(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HOW.audience("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HOW.clockSkew(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HOW.clockSkew(Duration.ofSeconds(301))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedAnswers.by("", HOW.keys())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void clockSkew_withinItsBounds_taken() {
        assertThat(HOW.clockSkew()).isEqualTo(Duration.ofSeconds(60));
        assertThat(HOW.clockSkew(Duration.ZERO).clockSkew()).isZero();
        assertThat(HOW.clockSkew(Duration.ofMinutes(5)).clockSkew()).isEqualTo(Duration.ofMinutes(5));
    }
}
