package dev.scopegate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineBudgetTest {

    private final MutableClock clock = MutableClock.at(Instant.EPOCH);
    private final LineBudget budget = new LineBudget(2, clock::read);

    @Test
    void take_moreThanTheBudget_refusedUntilTheNextSecond() {
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isFalse();
        clock.advance(Duration.ofMillis(999));
        assertThat(budget.take()).isFalse();

        clock.advance(Duration.ofMillis(1));

        assertThat(budget.take()).isTrue();
        assertThat(budget.droppedBefore()).isEqualTo(2);
        assertThat(budget.droppedBefore()).isZero();
    }
}
