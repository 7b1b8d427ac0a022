package dev.scopegate.model;

import dev.scopegate.model.Explanation.Check;
import dev.scopegate.model.Explanation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The checks of an explanation in the making. What comes after the first that did not hold was not reached.
 *
 * <p>Not thread-safe; use one per explanation.
 */
public final class CheckList {

    private final List<Check> checks = new ArrayList<>();
    private boolean ended;

    /** An empty list. */
    public CheckList() {}

    /**
     * Adds a check.
     *
     * @param actual what was there; asked only if the check was reached
     * @param refusal why it did not hold, by the very code that judges requests; asked only if the check was reached
     */
    public void add(String name, String expected, Supplier<String> actual, Supplier<Optional<RefusalReason>> refusal) {
        if (ended) {
            checks.add(new Check(name, expected, "", Outcome.NOT_REACHED));
        } else {
            ended = refusal.get().isPresent();
            checks.add(new Check(name, expected, actual.get(), ended ? Outcome.FAILED : Outcome.PASSED));
        }
    }

    /** Adds a check that nobody can make now. */
    public void addUndecided(String name, String expected, String actual) {
        checks.add(new Check(name, expected, actual, ended ? Outcome.NOT_REACHED : Outcome.UNDECIDED));
        ended = true;
    }

    /** Whether a check did not hold. */
    public boolean hasEnded() {
        return ended;
    }

    /** The checks. */
    public List<Check> checks() {
        return List.copyOf(checks);
    }
}
