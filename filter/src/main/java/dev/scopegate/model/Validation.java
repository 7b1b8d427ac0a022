package dev.scopegate.model;

import java.time.Duration;

/**
 * What became of one token: three verdicts, not two. A token is {@link Undecided} when nobody can know now, as in an
 * outage of the issuer; that is neither the token's fault nor a reason to let it pass.
 */
public sealed interface Validation {

    /**
     * Every check on the token held. Says nothing of scopes or routes. Immutable.
     *
     * @param token the token that is valid
     * @param bound whether it has a confirmation claim, {@code cnf}: it is meant for the holder of a key alone (RFC 7800 §3.1)
     */
    record Valid(ValidatedToken token, boolean bound) implements Validation {

        /** The verdict on {@code token}, by its claims; searched once, since a verdict is remembered. */
        public static Valid of(ValidatedToken token) {
            return new Valid(token, token.claims().containsKey("cnf"));
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
