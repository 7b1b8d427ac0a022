package dev.scopegate.validate;

import dev.scopegate.model.CheckList;
import dev.scopegate.model.RefusalReason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One check on claims, made once for each issuer: requests are judged by it, and explanations show it.
 *
 * @param expected what has to be there, in words
 * @param judgement what decides
 * @param actual what there is
 */
record ClaimCheck(String name, String expected, Judgement judgement, Function<Map<String, Object>, String> actual) {

    /** Decides on claims. */
    @FunctionalInterface
    interface Judgement {
        /**
         * Why the claims are refused, or nothing if they hold.
         *
         * @param scopes the scopes that the claims say; empty if they are not in a form for scopes
         */
        Optional<RefusalReason> refusal(Map<String, Object> claims, Optional<Set<String>> scopes);
    }

    void explain(Map<String, Object> claims, Optional<Set<String>> scopes, CheckList checks) {
        checks.add(name, expected, () -> actual.apply(claims), () -> judgement.refusal(claims, scopes));
    }
}
