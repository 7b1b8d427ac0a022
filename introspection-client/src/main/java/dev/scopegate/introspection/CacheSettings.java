package dev.scopegate.introspection;

import java.time.Duration;

/**
 * For how long answers are kept. The price of keeping them is that a revoked token goes on working for as long as
 * {@code ttl}, and during an outage for as long as {@code lastKnownFor} besides.
 *
 * <p>Immutable.
 *
 * @param ttl how long an active answer serves at most, zero or more; the token's {@code exp} ends it earlier
 * @param negativeTtl how long an inactive answer serves, zero or more
 * @param maxEntries how many answers are kept at most, at least 1
 * @param lastKnownFor how long after its {@code ttl} an active answer still serves those who would get none otherwise, because the
 *     endpoint is not to be reached; zero, the default, never. The token's {@code exp} ends this too
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-4">RFC 7662 §4</a>
 */
public record CacheSettings(Duration ttl, Duration negativeTtl, int maxEntries, Duration lastKnownFor) {

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int DEFAULT_MAX_ENTRIES = 10_000;

    /** Refuses negative durations, more than a year, and fewer than one entry. */
    public CacheSettings {
        if (ttl.isNegative() || negativeTtl.isNegative() || lastKnownFor.isNegative()) {
            throw new IllegalArgumentException("a cache cannot keep answers for less than no time");
        }
        if (isTooLong(ttl) || isTooLong(negativeTtl) || isTooLong(lastKnownFor)) {
            throw new IllegalArgumentException("a cache does not keep answers for more than a year");
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries is not positive: " + maxEntries);
        }
    }

    private static boolean isTooLong(Duration time) {
        return time.compareTo(LONGEST) > 0;
    }

    /** Settings by which an outage ends with the {@code ttl} of each answer. */
    public CacheSettings(Duration ttl, Duration negativeTtl, int maxEntries) {
        this(ttl, negativeTtl, maxEntries, Duration.ZERO);
    }

    /** Whether active answers are kept at all. */
    boolean remembersActive() {
        return !ttl.isZero() || !lastKnownFor.isZero();
    }

    /** 60 s, 10 s for inactive answers, 10,000 entries, nothing for outages. */
    public static CacheSettings defaults() {
        return new CacheSettings(Duration.ofSeconds(60), Duration.ofSeconds(10), DEFAULT_MAX_ENTRIES);
    }

    /** Keeps nothing. Those who ask about one token at the same moment still share one call. */
    public static CacheSettings off() {
        return new CacheSettings(Duration.ZERO, Duration.ZERO, DEFAULT_MAX_ENTRIES);
    }
}
