package dev.scopegate.model;

import java.time.Duration;

/**
 * Is told what goes on beside the decisions: how keys are fetched, and what remembering tokens is good for.
 *
 * <p>Called from many threads at once, on the path of requests too: returns at once, and throws nothing.
 */
public interface Upkeep {

    /** One that listens to nothing. */
    Upkeep UNOBSERVED = new Upkeep() {};

    /**
     * An issuer's keys were fetched, or not.
     *
     * @param issuerName the configured name
     */
    default void keysFetched(String issuerName, KeyFetch outcome, Duration took) {}

    /** A JWT came that was verified before ({@code true}), or one that has to be verified. */
    default void tokenSeen(boolean remembered) {}

    /** A verified token had to make room for others. */
    default void tokenEvicted() {}
}
