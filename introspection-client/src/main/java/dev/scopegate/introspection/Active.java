package dev.scopegate.introspection;

import dev.scopegate.introspection.json.NumericDate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization server calls the token active, and says this about it.
 *
 * <p>Does not check the claims: servers call refresh tokens, ID tokens and tokens for others active too, so {@code aud}, {@code
 * exp}, {@code nbf}, {@code iss}, {@code token_type} and {@code cnf} are still to be judged. Immutable, to the innermost list. Its
 * text form hides the claims.
 *
 * @param claims the members of the answer: strings, {@link Number}s, {@link Boolean}s, lists and maps of such; a member that was
 *     null in the answer is absent
 * @param answeredAt when the server said so
 * @param lastKnown whether the server was asked again, gave no answer, and this is what was known last: see {@link
 *     CacheSettings#lastKnownFor}
 */
public record Active(Map<String, Object> claims, Instant answeredAt, boolean lastKnown) implements IntrospectionResult {

    /**
     * Keeps an immutable copy, to the innermost list.
     *
     * @throws IllegalArgumentException if a value is none of the above, or nested deeper than 32 levels
     */
    public Active {
        claims = FrozenClaims.of(claims);
    }

    /** What the server said, and says now. */
    static Active now(Map<String, Object> claims, Instant answeredAt) {
        return new Active(claims, answeredAt, false);
    }

    /** The same, for want of an answer. */
    Active asLastKnown() {
        return new Active(claims, answeredAt, true);
    }

    /** When the token expires by its {@code exp}; empty if there is none that can be read. */
    Optional<Instant> expiresAt() {
        return NumericDate.of(claims, "exp");
    }

    @Override
    public String toString() {
        return "Active[" + claims.size() + " claims]";
    }
}
