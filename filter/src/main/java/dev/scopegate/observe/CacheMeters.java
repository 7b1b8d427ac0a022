package dev.scopegate.observe;

import dev.scopegate.model.CacheStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what remembering something is good for: {@code scopegate.cache.gets} (tag {@code result}: {@code hit}, {@code miss}) and
 * {@code scopegate.cache.evictions}, both with the tag {@code cache}. Safe for concurrent use.
 */
final class CacheMeters {

    static final String CACHE = "cache";

    private final Counter hits;
    private final Counter misses;
    private final Counter evictions;
    private final String name;

    /** What this server alone saw, which may share its meters with others. */
    private final LongAdder hitsHere = new LongAdder();

    private final LongAdder missesHere = new LongAdder();
    private final LongAdder evictionsHere = new LongAdder();

    /** Counts for the cache of this name, in {@code meters}. */
    CacheMeters(String cache, MeterRegistry meters) {
        this.name = cache;
        this.hits = gets(cache, "hit", meters);
        this.misses = gets(cache, "miss", meters);
        this.evictions = Counter.builder("scopegate.cache.evictions")
                .description("What is remembered of tokens and had to make room for others")
                .tag(CACHE, cache)
                .register(meters);
    }

    private static Counter gets(String cache, String result, MeterRegistry meters) {
        return Counter.builder("scopegate.cache.gets")
                .description("Tokens that were looked for among those of which something is remembered")
                .tag(CACHE, cache)
                .tag("result", result)
                .register(meters);
    }

    void sought(boolean hit) {
        (hit ? hits : misses).increment();
        (hit ? hitsHere : missesHere).increment();
    }

    void evicted() {
        evictions.increment();
        evictionsHere.increment();
    }

    CacheStatus status(long entries) {
        return new CacheStatus(name, entries, hitsHere.sum(), missesHere.sum(), evictionsHere.sum());
    }
}
