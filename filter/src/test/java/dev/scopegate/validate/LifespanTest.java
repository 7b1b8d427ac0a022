package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sure of a token in whole milliseconds; what is left out at both ends, the checks judge exactly. */
@Requirement("RFC7519 §4.1.4")
class LifespanTest {

    @ParameterizedTest
    @CsvSource({
        // exp, now in milliseconds, whether it holds
        "100,    99999,  true",
        "100,    100000, false",
        "100.5,  100499, true",
        "100.5,  100500, false",
        // Half a millisecond is left, of which a clock of milliseconds cannot tell.
        "100.0005, 99999, true",
        "100.0005, 100000, false",
    })
    void holds_end_excluded(double expiry, long now, boolean holds) {
        assertThat(Lifespan.of(Map.of("exp", expiry), Duration.ZERO).holds(now)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "100,    99999,  false",
        "100,    100000, true",
        "100.5,  100499, false",
        "100.5,  100500, true",
        "100.0005, 100000, false",
        "100.0005, 100001, true",
    })
    void holds_start_included(double start, long now, boolean holds) {
        assertThat(Lifespan.of(Map.of("nbf", start), Duration.ZERO).holds(now)).isEqualTo(holds);
        assertThat(Lifespan.of(Map.of("iat", start), Duration.ZERO).holds(now)).isEqualTo(holds);
    }

    @Test
    void holds_skew_atBothEnds() {
        Lifespan lifespan = Lifespan.of(Map.of("nbf", 100L, "exp", 200L), Duration.ofSeconds(30));
        assertThat(lifespan).isEqualTo(new Lifespan(70_000, 230_000));
        assertThat(lifespan.holds(69_999)).isFalse();
        assertThat(lifespan.holds(70_000)).isTrue();
        assertThat(lifespan.holds(229_999)).isTrue();
        assertThat(lifespan.holds(230_000)).isFalse();
    }

    @Test
    void of_laterOfTwoStarts_counts() {
        assertThat(Lifespan.of(Map.of("nbf", 100L, "iat", 150L), Duration.ZERO).since())
                .isEqualTo(150_000);
        assertThat(Lifespan.of(Map.of("nbf", 150L, "iat", 100L), Duration.ZERO).since())
                .isEqualTo(150_000);
    }

    @Test
    void of_noTimes_always() {
        Lifespan lifespan = Lifespan.of(Map.of(), Duration.ofSeconds(30));
        assertThat(lifespan.holds(Long.MIN_VALUE)).isTrue();
        assertThat(lifespan.holds(Long.MAX_VALUE - 1)).isTrue();
    }
}
