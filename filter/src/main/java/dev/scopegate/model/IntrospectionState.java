package dev.scopegate.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How it stands with asking one issuer about tokens. Immutable.
 *
 * @param issuerName the configured name
 * @param endpoint whether the introspection endpoint is asked now
 * @param clientRefused whether it refused our own credentials when it last said anything about them: until somebody corrects them,
 *     no token can be judged there
 * @param underWay how many calls are under way
 * @param restsFor how much longer the endpoint is left alone; empty unless it is {@link Endpoint#RESTING}
 */
public record IntrospectionState(
        String issuerName, Endpoint endpoint, boolean clientRefused, int underWay, Optional<Duration> restsFor) {

    /** Whether the introspection endpoint is asked. */
    public enum Endpoint {
        /** It is asked. */
        ASKED,
        /** It has rested, and is asked once, to see how it fares. */
        PROBED,
        /** It failed too often of late, or asked to be left alone, and is not asked. */
        RESTING
    }
}
