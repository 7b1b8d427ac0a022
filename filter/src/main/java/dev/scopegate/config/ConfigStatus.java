package dev.scopegate.config;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the configuration in force is the one that is written down.
 *
 * @param since when the configuration in force was read
 * @param staleSince since when what is written down cannot be used; empty if it is in force
 * @param problems the mistakes in what is written down, one line for each; empty if there are none
 */
public record ConfigStatus(Instant since, Optional<Instant> staleSince, String problems) {

    /** Whether what is written down is not what is in force. */
    public boolean isStale() {
        return staleSince.isPresent();
    }
}
