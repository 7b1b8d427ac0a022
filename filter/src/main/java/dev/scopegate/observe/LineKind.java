package dev.scopegate.observe;

import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.RefusalReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What tells the lines of one kind from those of another. A closed set.
 *
 * @param reason why a request was refused, or would have been; empty where it was accepted
 * @param shadowed whether it went on nevertheless
 */
record LineKind(Optional<RefusalReason> reason, boolean shadowed) {

    /** All of them. */
    static final List<LineKind> ALL = all();

    private static List<LineKind> all() {
        List<LineKind> kinds = new ArrayList<>();
        kinds.add(new LineKind(Optional.empty(), false));
        for (RefusalReason reason : RefusalReason.values()) {
            kinds.add(new LineKind(Optional.of(reason), false));
            kinds.add(new LineKind(Optional.of(reason), true));
        }
        return List.copyOf(kinds);
    }

    static LineKind of(Outcome outcome, Optional<RefusalReason> reason) {
        return new LineKind(reason, outcome == Outcome.SHADOWED);
    }

    /** A fixed word: {@code accepted}, a reason such as {@code expired}, or one such as {@code shadowed-expired}. */
    String word() {
        return reason.map(why -> shadowed ? Outcome.SHADOWED.code() + "-" + why.code() : why.code())
                .orElse(Outcome.ACCEPTED.code());
    }
}
