package dev.scopegate.model;

import java.time.Duration;
import java.util.Optional;

/** What becomes of one request. */
public sealed interface Decision {

    /** What the route asked for. */
    RouteRequirement requirement();

    /** The caller's token, if one came with the request and was valid. */
    Optional<ValidatedToken> token();

    /**
     * The request goes on.
     *
     * @param token the caller's token; empty where the route needs none and none was looked at
     */
    record Permitted(RouteRequirement requirement, Optional<ValidatedToken> token) implements Decision {}

    /**
     * The request is answered with a refusal.
     *
     * @param token the caller's token where it was valid and only too weak for the route
     */
    record Refused(RouteRequirement requirement, RefusalReason reason, Optional<ValidatedToken> token)
            implements Decision {}

    /** The request is answered with 503, since the token could not be judged. */
    record Undecided(RouteRequirement requirement, RefusalReason reason, Duration retryAfter) implements Decision {

        @Override
        public Optional<ValidatedToken> token() {
            return Optional.empty();
        }
    }
}
