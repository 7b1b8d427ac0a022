package dev.scopegate.validate;

import dev.scopegate.introspection.json.NumericDate;
import java.time.Duration;
import java.util.Map;

/**
 * When a token is good for sure, as far as its times go, the clock skew included: so that a token of which everything else is
 * known is judged by two comparisons. Whole milliseconds of it: what is left out at both ends is for the checks to judge.
 *
 * <p>Immutable.
 *
 * @param since from when on, this millisecond of the epoch included
 * @param end until when, this millisecond excluded; {@link Long#MAX_VALUE} for a token without an {@code exp}
 */
record Lifespan(long since, long end) {

    private static final Duration ALMOST_A_MILLISECOND = Duration.ofNanos(999_999);

    /** The lifespan that claims of a good token say: those that there are can be read. */
    static Lifespan of(Map<String, Object> claims, Duration skew) {
        return new Lifespan(
                Math.max(since(claims, "nbf", skew), since(claims, "iat", skew)),
                NumericDate.of(claims, "exp")
                        .map(expiry -> expiry.plus(skew).toEpochMilli())
                        .orElse(Long.MAX_VALUE));
    }

    private static long since(Map<String, Object> claims, String name, Duration skew) {
        return NumericDate.of(claims, name)
                // The first whole one.
                .map(start -> start.minus(skew).plus(ALMOST_A_MILLISECOND).toEpochMilli())
                .orElse(Long.MIN_VALUE);
    }

    /** Whether {@code now}, in milliseconds of the epoch, lies within. */
    boolean holds(long now) {
        return since <= now && now < end;
    }
}
