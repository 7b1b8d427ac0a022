package dev.scopegate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineBudgetTest {

    private static final LineKind EXPIRED = refused(RefusalReason.EXPIRED);
    private static final LineKind SIGNATURE = refused(RefusalReason.SIGNATURE);
    private static final LineKind ACCEPTED = LineKind.of(Outcome.ACCEPTED, Optional.empty());

    private final MutableClock clock = MutableClock.at(Instant.EPOCH);

    private static LineKind refused(RefusalReason reason) {
        return LineKind.of(Outcome.REFUSED, Optional.of(reason));
    }

    private LineBudget budget(int perSecond, int apart) {
        return new LineBudget(perSecond, apart, clock::read);
    }

    @Test
    void take_moreThanTheBudget_refusedUntilTheNextSecond() {
        LineBudget budget = budget(2, 0);
        assertThat(budget.take(EXPIRED)).isTrue();
        assertThat(budget.take(EXPIRED)).isTrue();
        assertThat(budget.take(EXPIRED)).isFalse();
        clock.advance(Duration.ofMillis(999));
        assertThat(budget.take(SIGNATURE)).isFalse();

        clock.advance(Duration.ofMillis(1));

        assertThat(budget.take(EXPIRED)).isTrue();
        assertThat(budget.droppedBefore())
                .hasSize(2)
                .containsEntry("expired", 1L)
                .containsEntry("signature", 1L);
        assertThat(budget.droppedBefore()).isEmpty();
    }

    @Test
    void take_othersUsedAllUp_firstOfItsKindInEachMinuteHasAPlace() {
        LineBudget budget = budget(2, 5);
        assertThat(budget.take(EXPIRED)).isTrue();
        assertThat(budget.take(EXPIRED)).isTrue();
        assertThat(budget.take(EXPIRED))
                .as("the place apart of the flood itself")
                .isTrue();
        assertThat(budget.take(EXPIRED)).isFalse();

        assertThat(budget.take(SIGNATURE)).isTrue();
        assertThat(budget.take(SIGNATURE)).isFalse();

        clock.advance(Duration.ofSeconds(59));
        IntStream.range(0, 5).forEach(i -> budget.take(EXPIRED));
        assertThat(budget.take(SIGNATURE)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        IntStream.range(0, 5).forEach(i -> budget.take(EXPIRED));
        assertThat(budget.take(SIGNATURE)).isTrue();
    }

    @Test
    void take_allKindsAtOnce_neverMoreThanBothTogether() {
        LineBudget budget = budget(2, 3);

        long granted = Arrays.stream(RefusalReason.values())
                .filter(reason -> budget.take(refused(reason)))
                .count();

        assertThat(granted).isEqualTo(5);
    }

    @Test
    void takeOfHalf_asManyAsThereAre_leavesTheOtherHalf() {
        LineBudget budget = budget(4, 0);

        assertThat(IntStream.range(0, 9).filter(i -> budget.takeOfHalf(ACCEPTED)))
                .hasSize(2);
        assertThat(IntStream.range(0, 9).filter(i -> budget.take(EXPIRED))).hasSize(2);
        assertThat(budget.droppedBefore()).containsEntry("accepted", 7L).containsEntry("expired", 7L);
    }

    @Test
    void takeOfHalf_refusalsUsedAllUp_yields() {
        LineBudget budget = budget(4, 0);

        assertThat(IntStream.range(0, 9).filter(i -> budget.take(EXPIRED))).hasSize(4);
        assertThat(budget.takeOfHalf(ACCEPTED)).isFalse();
    }

    @Test
    void droppedBefore_manyTimes_toldOnceASecondAndLoseNothing() {
        LineBudget budget = budget(0, 0);
        budget.take(EXPIRED);
        assertThat(budget.droppedBefore()).containsEntry("expired", 1L);
        budget.take(EXPIRED);
        budget.take(EXPIRED);
        assertThat(budget.droppedBefore()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(budget.droppedBefore()).containsEntry("expired", 2L);
        budget.take(EXPIRED);
        assertThat(budget.droppedAtLast()).containsEntry("expired", 1L);
    }

    @Test
    void kinds_each_aWordOfItsOwn() {
        assertThat(LineKind.ALL.stream().map(LineKind::word))
                .doesNotHaveDuplicates()
                .allMatch(word -> word.matches("[a-z-]+"))
                .contains("accepted", "expired", "shadowed-expired");
        assertThat(LineKind.of(Outcome.SHADOWED, Optional.of(RefusalReason.EXPIRED))
                        .word())
                .isEqualTo("shadowed-expired");
        assertThat(EXPIRED.word()).isEqualTo("expired");
        assertThat(ACCEPTED.word()).isEqualTo("accepted");
    }
}
