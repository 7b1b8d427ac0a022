package dev.scopegate.observe;

import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.RefusalReason;
import java.util.Optional;

/**
 * What tells the lines of one kind from those of another: the reason, and whether the request went on nevertheless; what was
 * accepted is one kind. A closed set.
 *
 * @param index from 0 to {@link #COUNT}, exclusively
 */
record LineKind(int index) {

    /** How many kinds there are. */
    static final int COUNT = 1 + 2 * RefusalReason.values().length;

    private static final RefusalReason[] REASONS = RefusalReason.values();

    static LineKind of(Outcome outcome, Optional<RefusalReason> reason) {
        int shadowed = outcome == Outcome.SHADOWED ? 1 : 0;
        return new LineKind(
                reason.map(known -> 1 + 2 * known.ordinal() + shadowed).orElse(0));
    }

    /** A fixed word: {@code accepted}, a reason such as {@code expired}, or one such as {@code shadowed-expired}. */
    String word() {
        if (index == 0) {
            return "accepted";
        }
        String reason = REASONS[(index - 1) / 2].code();
        return index % 2 == 0 ? "shadowed-" + reason : reason;
    }
}
