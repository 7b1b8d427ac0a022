package dev.scopegate.observe;

import dev.scopegate.model.KeyFetch;
import dev.scopegate.model.KeySetStatus;
import dev.scopegate.model.Upkeep;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts what goes on beside the decisions: fetches of keys as {@code scopegate.jwks.fetch} (tags {@code issuer}, {@code
 * outcome}), the age of each set in seconds as {@code scopegate.jwks.age} (tag {@code issuer}), and of the verified tokens that
 * are remembered {@code scopegate.cache.gets} (tag {@code result}: {@code hit}, {@code miss}), {@code scopegate.cache.evictions} and
 * {@code scopegate.cache.entries} (all with the tag {@code cache}: {@code tokens}).
 *
 * <p>Safe for concurrent use.
 */
public final class UpkeepObserver implements Upkeep, AutoCloseable {

    private static final String AGE = "scopegate.jwks.age";
    private static final String ENTRIES = "scopegate.cache.entries";
    private static final String CACHE = "cache";
    private static final String TOKENS = "tokens";

    private final MeterRegistry meters;
    private final Counter remembered;
    private final Counter unknown;
    private final Counter evicted;
    private final Map<String, Optional<Meter>> gauges = new ConcurrentHashMap<>();
    private volatile Supplier<List<KeySetStatus>> keySets = List::of;

    /** An observer that counts in {@code meters}. */
    public UpkeepObserver(MeterRegistry meters) {
        this.meters = meters;
        this.remembered = gets("hit");
        this.unknown = gets("miss");
        this.evicted = Counter.builder("scopegate.cache.evictions")
                .description("Verified tokens that had to make room for others")
                .tag(CACHE, TOKENS)
                .register(meters);
    }

    private Counter gets(String result) {
        return Counter.builder("scopegate.cache.gets")
                .description("Tokens that were looked for among the verified ones")
                .tag(CACHE, TOKENS)
                .tag("result", result)
                .register(meters);
    }

    /**
     * Shows from now on how old keys are, and how many tokens are remembered. Of several servers that share a registry, the first
     * one is shown.
     */
    public void show(Supplier<List<KeySetStatus>> states, LongSupplier rememberedTokens) {
        keySets = states;
        gauge(ENTRIES, CACHE, TOKENS, rememberedTokens::getAsLong, "Verified tokens that are remembered");
    }

    @Override
    public void keysFetched(String issuerName, KeyFetch outcome, Duration took) {
        Timer.builder("scopegate.jwks.fetch")
                .description("Fetches of JWK Sets")
                .tag("issuer", issuerName)
                .tag("outcome", outcome.code())
                .register(meters)
                .record(took);
        gauge(AGE, "issuer", issuerName, () -> age(issuerName), "How long ago the JWK Set was fetched, in seconds");
    }

    private double age(String issuerName) {
        return keySets.get().stream()
                .filter(status -> status.issuerName().equals(issuerName))
                .flatMap(status -> status.age().stream())
                .mapToDouble(age -> age.toMillis() / 1000.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    private void gauge(String name, String tag, String value, Supplier<Number> reading, String description) {
        gauges.computeIfAbsent(
                name + " " + value,
                fresh -> meters.find(name).tag(tag, value).gauge() == null
                        ? Optional.of(Gauge.builder(name, reading)
                                .description(description)
                                .tag(tag, value)
                                .strongReference(true)
                                .register(meters))
                        : Optional.empty());
    }

    @Override
    public void tokenSeen(boolean rememberedToken) {
        (rememberedToken ? remembered : unknown).increment();
    }

    @Override
    public void tokenEvicted() {
        evicted.increment();
    }

    /** The server is closed, and no longer shown. */
    @Override
    public void close() {
        gauges.values().forEach(gauge -> gauge.ifPresent(meters::remove));
    }
}
