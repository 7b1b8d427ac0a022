package dev.scopegate.model;

import java.time.Duration;

/**
 * What became of one token: three verdicts, not two. A token is {@link Undecided} when nobody can know now, as in an
 * outage of the issuer; that is neither the token's fault nor a reason to let it pass.
 */
public sealed interface Validation {

    /** Every check on the token held. Says nothing of scopes or routes. Immutable. */
    final class Valid implements Validation {

        private final ValidatedToken token;
        private final boolean bound;

        /** The verdict on {@code token}. */
        public Valid(ValidatedToken token) {
            this.token = token;
            // Noted with the verdict, which is remembered: the claims need not be searched for each request.
            this.bound = token.claims().containsKey("cnf");
        }

        /** The token that is valid. */
        public ValidatedToken token() {
            return token;
        }

        /** Whether it has a confirmation claim, {@code cnf}: it is meant for the holder of a key alone (RFC 7800 §3.1). */
        public boolean isBound() {
            return bound;
        }
    }

    /** A check failed; asking again gives the same answer. */
    record Refused(RefusalReason reason) implements Validation {}

    /**
     * The token could not be judged.
     *
     * @param reason what was not to be had
     * @param retryAfter when asking again may help, at least one second
     */
    record Undecided(RefusalReason reason, Duration retryAfter) implements Validation {}
}
