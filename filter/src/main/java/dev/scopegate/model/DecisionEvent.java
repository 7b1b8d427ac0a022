package dev.scopegate.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was decided on one request, for those who keep records of it. Holds no token and nothing that could be used as one; what
 * came from a client that is not validated ({@code method}, {@code path}) is made harmless: visible ASCII, and cut.
 *
 * @param at when
 * @param took how long deciding took, the question to an issuer included
 * @param outcome what became of the request
 * @param reason why it was not let through, or would not have been; empty where it was accepted
 * @param status the status of the answer, or the one that it would have had in shadow mode; empty where it was accepted
 * @param correlationId by which the answer and the log name this decision
 * @param route the rule that decided, as it is written in the configuration; from a closed set
 * @param method the request method, such as {@code GET}; at most 32 characters
 * @param path the path as it was sent, undecoded and without its query; at most 256 characters
 * @param caller the token of the caller where it was valid, also where it had too little scope
 */
public record DecisionEvent(
        Instant at,
        Duration took,
        Outcome outcome,
        Optional<RefusalReason> reason,
        OptionalInt status,
        String correlationId,
        String route,
        String method,
        String path,
        Optional<ValidatedToken> caller) {

    /** What became of a request. A closed set. */
    public enum Outcome {
        /** It went on. */
        ACCEPTED("accepted"),
        /** It was answered with a refusal. */
        REFUSED("refused"),
        /** It was answered with 503, since nobody could know. */
        UNDECIDED("undecided"),
        /** It went on, but would have been answered if its route were enforced. */
        SHADOWED("shadowed");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** What meters, traces and logs call it. */
        public String code() {
            return code;
        }
    }
}
