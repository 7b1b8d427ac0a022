package dev.scopegate.introspection;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The answers that are kept, and those that are on their way. How long an answer is kept is measured by the ticker, which
 * nobody can turn; whether the token has expired is judged by the wall clock, each time anew. Safe for concurrent use.
 */
final class AnswerCache {

    private final CacheSettings settings;
    private final InstantSource clock;
    private final AsyncCache<TokenKey, Outcome> cache;

    AnswerCache(CacheSettings settings, InstantSource clock, Ticker ticker) {
        this.settings = settings;
        this.clock = clock;
        this.cache = Caffeine.newBuilder()
                .maximumSize(settings.maxEntries())
                .expireAfter(Expiry.<TokenKey, Outcome>creating((key, outcome) -> lifetime(outcome)))
                .ticker(ticker)
                .executor(Runnable::run)
                .recordStats()
                .buildAsync();
    }

    /**
     * The call for {@code key}, over or under way; if there is none, {@code mine} takes its place, and whoever called has to
     * begin and finish it. A failure is not kept.
     */
    @SuppressWarnings("ReferenceEquality") // Each call is itself and no other.
    SharedCall getOrPut(TokenKey key, SharedCall mine) {
        SharedCall held = held(key, mine);
        // RFC 7662 §4: not used beyond the token's exp, whatever the ticker says. So each answer is judged again at
        // each use.
        if (held != mine && held.isDone() && lifetime(held.join()).isZero()) {
            cache.asMap().remove(key, held);
            return held(key, mine);
        }
        return held;
    }

    private SharedCall held(TokenKey key, SharedCall mine) {
        // Nothing else is ever put into this cache.
        return (SharedCall) cache.get(key, (absent, executor) -> mine);
    }

    CacheStats stats() {
        return cache.synchronous().stats();
    }

    /** How long an outcome is kept if it came now; zero if not at all. */
    private Duration lifetime(Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered answered)) {
            return Duration.ZERO;
        }
        return answered.result() instanceof Active active ? lifetime(active) : settings.negativeTtl();
    }

    private Duration lifetime(Active active) {
        Optional<Instant> expiry = active.expiresAt();
        if (expiry.isEmpty()) {
            // An exp that cannot be read may be long past.
            return active.claims().containsKey("exp") ? Duration.ZERO : settings.ttl();
        }
        Duration left = Duration.between(clock.instant(), expiry.get());
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(settings.ttl()) < 0 ? left : settings.ttl();
    }
}
