package dev.scopegate.validate;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A point in time as JWTs write it: seconds since 1970, perhaps with a fraction.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-2">RFC 7519 §2</a>
 */
final class NumericDate {

    /** The year 10000: a number beyond it is a mistake or an attempt to overflow whoever computes with it. */
    private static final double END = 253_402_300_800d;

    private NumericDate() {}

    /** The time that the claim {@code name} says; empty if there is none, or it is no number of a possible time. */
    static Optional<Instant> of(Map<String, Object> claims, String name) {
        if (!(claims.get(name) instanceof Number number)) {
            return Optional.empty();
        }
        double seconds = number.doubleValue();
        // Written so that NaN fails as well.
        if (!(seconds > 0 && seconds < END)) {
            return Optional.empty();
        }
        long whole = (long) seconds;
        return Optional.of(Instant.ofEpochSecond(whole, (long) ((seconds - whole) * 1_000_000_000)));
    }
}
