package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.IssuerConfig;
import dev.scopegate.introspection.Active;
import dev.scopegate.model.Validation;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgedAnswersTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String AUDIENCE = "https://api.example.com/contacts";

    private final MutableClock clock = MutableClock.at(NOW);
    private final ClaimChecks checks = new ClaimChecks(
            IssuerTerms.of("main", IssuerConfig.of("https://login.example.com"), Optional.of(AUDIENCE)), clock);
    private final JudgedAnswers answers = new JudgedAnswers(checks, Duration.ofSeconds(30), clock, 100);
    private final AtomicInteger judged = new AtomicInteger();

    @Test
    void judge_sameAnswerAgain_claimsAreGoneThroughOnce() {
        Active answer = answer(Map.of());

        Validation first = judge(answer);
        Validation second = judge(answer);

        assertThat(first).isInstanceOf(Validation.Valid.class);
        assertThat(second).isSameAs(first);
        assertThat(judged).hasValue(1);
    }

    @Test
    void judge_anotherAnswerThatSaysTheSame_judgedAnew() {
        judge(answer(Map.of()));
        judge(answer(Map.of()));

        assertThat(judged).hasValue(2);
    }

    @Test
    void judge_refusedAnswer_judgedEachTime() {
        Active answer = answer(Map.of("aud", "https://else.example.com"));

        assertThat(judge(answer)).isInstanceOf(Validation.Refused.class);
        assertThat(judge(answer)).isInstanceOf(Validation.Refused.class);
        assertThat(judged).hasValue(2);
    }

    @Test
    void judge_lastKnownAnswer_judgedEachTime() {
        Active last = new Active(answer(Map.of()).claims(), NOW, true);

        assertThat(judge(last)).isInstanceOf(Validation.Valid.class);
        assertThat(judge(last)).isInstanceOf(Validation.Valid.class);
        assertThat(judged).hasValue(2);
    }

    /** With a skew of 30 s, so many seconds after the answer was judged. */
    @ParameterizedTest
    @Requirement("RFC7662 §4")
    @CsvSource({
        "exp, 100, 129, ''",
        "exp, 100, 130, EXPIRED",
        "exp, 100, 131, EXPIRED",
        "exp, 100.5, 130, ''",
        "nbf, 20, -10, ''",
        "nbf, 20, -11, NOT_YET_VALID",
        "iat, 0, -30, ''",
        "iat, 0, -31, NOT_YET_VALID",
        "sub, 0, 9999999, ''",
    })
    void judge_knownAnswer_timeIsJudgedEachTime(String claim, double offset, long later, String reason) {
        Object value = claim.equals("sub") ? "alice" : (Object) (NOW.getEpochSecond() + offset);
        Active answer = answer(Map.of(claim, value));
        assertThat(judge(answer)).isInstanceOf(Validation.Valid.class);

        clock.set(NOW.plusSeconds(later));

        Validation verdict = judge(answer);
        assertThat(
                        verdict instanceof Validation.Refused refused
                                ? refused.reason().name()
                                : "")
                .isEqualTo(reason);
        assertThat(judged).as("the other claims are not looked at again").hasValue(1);
    }

    private static Active answer(Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(Map.of("active", true, "aud", AUDIENCE, "scope", "read"));
        claims.putAll(more);
        return new Active(claims, NOW, false);
    }

    private Validation judge(Active answer) {
        return answers.judge(answer, () -> {
            judged.incrementAndGet();
            return checks.judgeIntrospection(answer.claims());
        });
    }
}
