package dev.scopegate.introspection;

import java.time.Duration;
import java.util.Optional;

/**
 * How an {@link IntrospectionClient} and its endpoint get on at one moment, for health checks. It is read off what was asked
 * anyway: nobody asks the endpoint to fill it. Does not say whether the endpoint is up while nobody asks it.
 *
 * <p>Immutable.
 *
 * @param name what the endpoint is called in logs
 * @param endpoint whether the endpoint is asked now
 * @param clientRefused whether the endpoint refused our own credentials when it last said anything about them: somebody has to
 *     correct them, and until then no token can be judged
 * @param underWay how many calls are under way, those included for which nobody waits any more; 0 or more
 * @param restsFor how much longer the endpoint is left alone, more than zero; empty unless it is {@link Endpoint#RESTING}
 */
public record IntrospectionStatus(
        String name, Endpoint endpoint, boolean clientRefused, int underWay, Optional<Duration> restsFor) {

    /** Whether the endpoint is asked. A closed set, so it may tag a metric. */
    public enum Endpoint {
        /** It is asked about each token for which no answer is kept. */
        ASKED,
        /** It has rested, and is asked once, to see how it fares: the next call, or the one that is under way. */
        PROBED,
        /** It failed too often of late, or asked to be left alone, and is not asked. */
        RESTING
    }
}
