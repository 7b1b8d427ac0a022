package dev.scopegate.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How it stands with the keys of one issuer. Immutable.
 *
 * @param issuerName the configured name
 * @param age how long ago the set was fetched; empty if there is none
 * @param maxStaleness the age at which the set is given up
 * @param failing whether the latest attempt to fetch failed
 * @param keyIds the names of the keys
 */
public record KeySetStatus(
        String issuerName, Optional<Duration> age, Duration maxStaleness, boolean failing, List<String> keyIds) {

    /** Copies the list. */
    public KeySetStatus {
        keyIds = List.copyOf(keyIds);
    }

    /** Whether there are keys, and young enough ones, to verify a signature with. */
    public boolean usable() {
        return age.filter(old -> old.compareTo(maxStaleness) < 0).isPresent();
    }

    /** Whether fetching fails, and half of the time is over for which the keys serve nevertheless. */
    public boolean alarming() {
        return failing
                && age.filter(old -> old.multipliedBy(2).compareTo(maxStaleness) < 0)
                        .isEmpty();
    }
}
