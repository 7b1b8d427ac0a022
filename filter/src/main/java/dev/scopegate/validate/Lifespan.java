package dev.scopegate.validate;

import dev.scopegate.introspection.json.NumericDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * When a token is good, as far as its times go, the clock skew included: so that a token of which everything else is known is
 * judged by two comparisons.
 *
 * <p>Immutable.
 *
 * @param since from when on, this moment included
 * @param end until when, this moment excluded; {@link Instant#MAX} for a token without an {@code exp}
 */
record Lifespan(Instant since, Instant end) {

    /** The lifespan that claims of a good token say: those that there are can be read. */
    static Lifespan of(Map<String, Object> claims, Duration skew) {
        Instant notBefore = NumericDate.of(claims, "nbf").orElse(Instant.MIN);
        Instant issuedAt = NumericDate.of(claims, "iat").orElse(Instant.MIN);
        Instant since = notBefore.isAfter(issuedAt) ? notBefore : issuedAt;
        Optional<Instant> expiry = NumericDate.of(claims, "exp");
        return new Lifespan(
                since.equals(Instant.MIN) ? since : since.minus(skew),
                expiry.map(end -> end.plus(skew)).orElse(Instant.MAX));
    }

    /** Whether {@code now} lies within. */
    boolean holds(Instant now) {
        return now.isBefore(end) && !now.isBefore(since);
    }
}
