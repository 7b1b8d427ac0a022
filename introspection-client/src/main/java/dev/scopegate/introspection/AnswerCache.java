package dev.scopegate.introspection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The answers that are kept: fresh ones, and for a while longer the active ones that are not, since an outage may make use of
 * them. How old an answer is tells the ticker, which nobody can turn; whether the token has expired is judged by the wall
 * clock, at each use anew. Safe for concurrent use.
 */
final class AnswerCache {

    private static final Duration UNLIMITED = Duration.ofDays(365);

    /**
     * An answer.
     *
     * @param answeredAt what the ticker said when it came
     * @param end from which millisecond of the epoch on the token has expired; what an answer says is read once, not at each use
     */
    private record Kept(IntrospectionResult result, long answeredAt, long end) {

        static Kept of(IntrospectionResult result, long answeredAt) {
            return new Kept(result, answeredAt, result instanceof Active active ? end(active) : Long.MAX_VALUE);
        }

        private static long end(Active active) {
            // An exp that cannot be read may be long past.
            long unsaid = active.claims().containsKey("exp") ? Long.MIN_VALUE : Long.MAX_VALUE;
            return active.expiresAt().map(Instant::toEpochMilli).orElse(unsaid);
        }
    }

    private final CacheSettings settings;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Cache<TokenDigest, Kept> cache;

    AnswerCache(CacheSettings settings, InstantSource clock, Ticker ticker, Runnable evicted) {
        this.settings = settings;
        this.clock = clock;
        this.ticker = ticker;
        this.cache = Caffeine.newBuilder()
                .maximumSize(settings.maxEntries())
                .expireAfter(Expiry.<TokenDigest, Kept>writing((key, kept) -> retention(kept)))
                .evictionListener((key, kept, cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evicted.run();
                    }
                })
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /**
     * The answer for {@code key}, if it may still be used without asking.
     *
     * @param maxStaleness how old it may be for whoever asks, if he asks for something fresher than others
     */
    Optional<IntrospectionResult> fresh(TokenDigest key, Optional<Duration> maxStaleness) {
        Kept kept = cache.getIfPresent(key);
        return kept != null && isFresh(kept, maxStaleness) ? Optional.of(kept.result) : Optional.empty();
    }

    private boolean isFresh(Kept kept, Optional<Duration> maxStaleness) {
        Duration ttl = kept.result instanceof Active ? settings.ttl() : settings.negativeTtl();
        Duration limit =
                maxStaleness.filter(wanted -> wanted.compareTo(ttl) < 0).orElse(ttl);
        return isYounger(kept, limit) && hasTimeLeft(kept);
    }

    /** The active answer for {@code key} that serves where none is to be had; empty where nothing may. */
    Optional<Active> lastKnown(TokenDigest key) {
        Kept kept = cache.getIfPresent(key);
        return !settings.lastKnownFor().isZero()
                        && kept != null
                        && kept.result instanceof Active active
                        && isYounger(kept, settings.ttl().plus(settings.lastKnownFor()))
                        && hasTimeLeft(kept)
                ? Optional.of(active.asLastKnown())
                : Optional.empty();
    }

    /** Whether the token was active when it was last asked about, not long ago. */
    boolean wasActive(TokenDigest key) {
        Kept kept = cache.getIfPresent(key);
        return kept != null && kept.result instanceof Active;
    }

    private boolean isYounger(Kept kept, Duration limit) {
        return ticker.read() - kept.answeredAt < limit.toNanos();
    }

    /** RFC 7662 §4: not used beyond the token's exp, whatever the ticker says. */
    private boolean hasTimeLeft(Kept kept) {
        return clock.millis() < kept.end;
    }

    /** Keeps what the server says now instead of what it said before. */
    void put(TokenDigest key, IntrospectionResult result) {
        Kept kept = Kept.of(result, ticker.read());
        if (retention(kept).compareTo(Duration.ZERO) <= 0) {
            // Not kept itself, but what it contradicts must go nevertheless.
            cache.invalidate(key);
        } else {
            cache.put(key, kept);
        }
    }

    /** How many answers are kept now. */
    long size() {
        return cache.estimatedSize();
    }

    /** For how long an answer can be of use in any way. */
    private Duration retention(Kept kept) {
        if (!(kept.result instanceof Active)) {
            return settings.negativeTtl();
        }
        // As long again as the ttl at least: whether a token was active before tells hot tokens from garbage.
        Duration longest = settings.ttl().plus(max(settings.ttl(), settings.lastKnownFor()));
        return hasTimeLeft(kept) ? min(longest, timeLeft(kept)) : Duration.ZERO;
    }

    private Duration timeLeft(Kept kept) {
        return kept.end == Long.MAX_VALUE ? UNLIMITED : Duration.ofMillis(kept.end - clock.millis());
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
