package dev.scopegate.observe;

import dev.scopegate.model.CacheStatus;
import dev.scopegate.model.IntrospectionCall;
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
 * outcome}), the age of each set in seconds as {@code scopegate.jwks.age} (tag {@code issuer}), questions about tokens as {@code
 * scopegate.introspection} (tags {@code issuer}, {@code outcome}), how often an issuer gave no answer and what it said last served
 * as {@code scopegate.introspection.last-known} (tag {@code issuer}), and of what is remembered {@code scopegate.cache.gets} (tag
 * {@code result}: {@code hit}, {@code miss}), {@code scopegate.cache.evictions} and {@code scopegate.cache.entries} (all with the tag
 * {@code cache}: {@code tokens} for verified ones, {@code introspection} for answers of issuers).
 *
 * <p>Safe for concurrent use.
 */
public final class UpkeepObserver implements Upkeep, AutoCloseable {

    private static final String AGE = "scopegate.jwks.age";
    private static final String ENTRIES = "scopegate.cache.entries";
    private static final String ISSUER = "issuer";
    private static final String OUTCOME = "outcome";
    private static final String TOKENS = "tokens";
    private static final String INTROSPECTION = "introspection";

    private final MeterRegistry meters;
    private final CacheMeters tokens;
    private final CacheMeters answers;
    private final Map<String, Optional<Meter>> gauges = new ConcurrentHashMap<>();
    private volatile Supplier<List<KeySetStatus>> keySets = List::of;
    private volatile LongSupplier rememberedTokens = () -> 0;
    private volatile LongSupplier keptAnswers = () -> 0;

    /** An observer that counts in {@code meters}. */
    public UpkeepObserver(MeterRegistry meters) {
        this.meters = meters;
        this.tokens = new CacheMeters(TOKENS, meters);
        this.answers = new CacheMeters(INTROSPECTION, meters);
    }

    /**
     * Shows from now on how old keys are, and how many tokens and answers are remembered. Of several servers that share a
     * registry, the first one is shown.
     */
    public void show(Supplier<List<KeySetStatus>> states, LongSupplier remembered, LongSupplier kept) {
        keySets = states;
        rememberedTokens = remembered;
        keptAnswers = kept;
        entries(TOKENS, remembered);
        entries(INTROSPECTION, kept);
    }

    /** How it stands with what is remembered, in this server alone. */
    public List<CacheStatus> caches() {
        return List.of(tokens.status(rememberedTokens.getAsLong()), answers.status(keptAnswers.getAsLong()));
    }

    private void entries(String cache, LongSupplier count) {
        gauge(ENTRIES, CacheMeters.CACHE, cache, count::getAsLong, "Tokens of which something is remembered");
    }

    /**
     * Registers all that will be counted of these issuers, so that an alarm finds a zero and not nothing. Registers nothing twice.
     *
     * @param fetched the names of those whose keys are fetched
     * @param introspecting the names of those that are asked about tokens
     */
    public void expect(List<String> fetched, List<String> introspecting) {
        for (String issuerName : fetched) {
            for (KeyFetch outcome : KeyFetch.values()) {
                fetches(issuerName, outcome);
            }
            showAge(issuerName);
        }
        for (String issuerName : introspecting) {
            for (IntrospectionCall outcome : IntrospectionCall.values()) {
                introspections(issuerName, outcome);
            }
            lastKnown(issuerName);
        }
    }

    @Override
    public void keysFetched(String issuerName, KeyFetch outcome, Duration took) {
        fetches(issuerName, outcome).record(took);
        showAge(issuerName);
    }

    private Timer fetches(String issuerName, KeyFetch outcome) {
        return Timer.builder("scopegate.jwks.fetch")
                .description("Fetches of JWK Sets")
                .tag(ISSUER, issuerName)
                .tag(OUTCOME, outcome.code())
                .register(meters);
    }

    private void showAge(String issuerName) {
        gauge(AGE, ISSUER, issuerName, () -> age(issuerName), "How long ago the JWK Set was fetched, in seconds");
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
        tokens.sought(rememberedToken);
    }

    @Override
    public void tokenEvicted() {
        tokens.evicted();
    }

    @Override
    public void introspected(String issuerName, IntrospectionCall outcome, Duration took) {
        introspections(issuerName, outcome).record(took);
    }

    private Timer introspections(String issuerName, IntrospectionCall outcome) {
        return Timer.builder("scopegate.introspection")
                .description("Questions to issuers about tokens")
                .tag(ISSUER, issuerName)
                .tag(OUTCOME, outcome.code())
                .register(meters);
    }

    @Override
    public void answerSought(boolean kept) {
        answers.sought(kept);
    }

    @Override
    public void answerEvicted() {
        answers.evicted();
    }

    @Override
    public void lastKnownServed(String issuerName) {
        lastKnown(issuerName).increment();
    }

    private Counter lastKnown(String issuerName) {
        return Counter.builder("scopegate.introspection.last-known")
                .description("Requests for which an issuer gave no answer and what it said last served")
                .tag(ISSUER, issuerName)
                .register(meters);
    }

    /** The server is closed, and no longer shown. */
    @Override
    public void close() {
        gauges.values().forEach(gauge -> gauge.ifPresent(meters::remove));
    }
}
