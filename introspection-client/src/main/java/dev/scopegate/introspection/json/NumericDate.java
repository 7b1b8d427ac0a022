package dev.scopegate.introspection.json;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A point in time as tokens and answers about them write it: seconds since 1970, perhaps with a fraction.
 *
 * <p>Does not compare it with any clock.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-2">RFC 7519 §2</a>
 */
public final class NumericDate {

    /** The year 10000: a number from there on is a mistake of units, or meant to overflow whoever computes with it. */
    private static final double END = 253_402_300_800d;

    private static final int NANOS = 1_000_000_000;

    private NumericDate() {}

    /**
     * The time that a claim says: from 1970, which servers write that mean "always", to the end of the year 9999.
     *
     * @param claims JSON values
     * @param name such as {@code exp}
     * @return empty if there is no such claim, or it is no number of such a time
     */
    public static Optional<Instant> of(Map<String, Object> claims, String name) {
        if (!(claims.get(name) instanceof Number number)) {
            return Optional.empty();
        }
        double seconds = number.doubleValue();
        // Written so that what is no number at all fails as well.
        if (!(seconds >= 0 && seconds < END)) {
            return Optional.empty();
        }
        long whole = (long) seconds;
        return Optional.of(Instant.ofEpochSecond(whole, (long) ((seconds - whole) * NANOS)));
    }
}
