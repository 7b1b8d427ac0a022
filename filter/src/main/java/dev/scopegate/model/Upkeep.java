package dev.scopegate.model;

import java.time.Duration;

/**
 * Is told what goes on beside the decisions: how keys are fetched, what remembering tokens is good for, and how asking about
 * tokens fares.
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

    /**
     * An issuer was asked about a token, or was to be. Those who shared one call are told once.
     *
     * @param issuerName the configured name
     * @param took how long it took; zero where nobody was asked
     */
    default void introspected(String issuerName, IntrospectionCall outcome, Duration took) {}

    /** A token came of which an issuer's answer is kept ({@code true}), or one that has to be asked about. */
    default void answerSought(boolean kept) {}

    /** A kept answer had to make room for others. */
    default void answerEvicted() {}

    /**
     * An issuer gave no answer, and what it said last served instead.
     *
     * @param issuerName the configured name
     */
    default void lastKnownServed(String issuerName) {}
}
