package dev.scopegate.introspection;

import java.util.concurrent.CompletableFuture;

/**
 * A call that is under way, or over: one for all who ask about one token. It lies in the cache itself, as the future that the
 * cache watches; those who wait hold {@link #outcome} instead, so that the cache knows how long to keep an answer before anybody
 * acts upon it. Safe for concurrent use.
 */
final class SharedCall extends CompletableFuture<Outcome> {

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** What those who wait are waiting for; never fails. */
    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** Ends the call, unless it has ended before. */
    void finish(Outcome how) {
        if (complete(how)) {
            outcome.complete(how);
        }
    }
}
