package dev.scopegate.introspection;

import java.time.Duration;

/**
 * Is told how introspection fares, to count it.
 *
 * <p>Called from many threads at once, on the way of an answer to those who wait for it: returns at once, asks the client nothing, and throws nothing.
 */
public interface IntrospectionListener {

    /** One that listens to nothing. */
    IntrospectionListener NONE = new IntrospectionListener() {};

    /** How an attempt to ask the endpoint ended. A closed set, so it may tag a metric. */
    enum Ended {
        /** The token is active. */
        ACTIVE,
        /** The token is not active. */
        INACTIVE,
        /** As {@link IntrospectionException.Kind#ENDPOINT_UNAVAILABLE}. */
        UNAVAILABLE,
        /** As {@link IntrospectionException.Kind#TIMEOUT}. */
        TIMEOUT,
        /** As {@link IntrospectionException.Kind#REFUSED_CLIENT}. */
        REFUSED_CLIENT,
        /** As {@link IntrospectionException.Kind#MALFORMED_ANSWER}. */
        MALFORMED,
        /** As {@link IntrospectionException.Kind#OVERLOADED}: nobody was asked. */
        OVERLOADED,
        /** As {@link IntrospectionException.Kind#RESTING}: nobody was asked. */
        RESTING
    }

    /**
     * An attempt to ask ended, or its time was up, which ends it for all who waited; told once for all of them. An answer that
     * comes even later is not told.
     */
    default void ended(Ended how, Duration took) {}

    /** Somebody was served from what is kept ({@code true}), or has to wait for an answer. */
    default void sought(boolean kept) {}

    /** The endpoint gave no answer, and somebody was served with what was known last. */
    default void lastKnownServed() {}

    /** An answer had to make room for others. */
    default void evicted() {}
}
