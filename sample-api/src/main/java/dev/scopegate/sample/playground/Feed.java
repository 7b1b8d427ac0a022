package dev.scopegate.sample.playground;

import dev.scopegate.model.DecisionEvent;
import dev.scopegate.model.DecisionListener;
import dev.scopegate.model.ValidatedToken;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/**
 * Hears of each decision of the API, counts and times it, and passes it on to those who watch. What the playground asks of its own
 * server is left out: it is not what people came to see. Safe for concurrent use, and never waits.
 */
@Component
class Feed implements DecisionListener {

    private final Subscribers subscribers;
    private final Map<DecisionEvent.Outcome, LongAdder> counts = new EnumMap<>(DecisionEvent.Outcome.class);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Timer latency = Timer.builder("playground.decisions")
            .publishPercentiles(0.5, 0.95, 0.99)
            .distributionStatisticExpiry(Duration.ofMinutes(1))
            .register(meters);

    Feed(Subscribers subscribers) {
        this.subscribers = subscribers;
        for (DecisionEvent.Outcome outcome : DecisionEvent.Outcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    /**
     * A decision, as the page shows it.
     *
     * @param at RFC 3339
     * @param issuer the configured name; absent without a valid token, as are client and subject
     */
    record Shown(
            String at,
            String outcome,
            Optional<String> reason,
            Optional<Integer> status,
            String method,
            String path,
            String route,
            Optional<String> issuer,
            Optional<String> client,
            Optional<String> subject,
            long tookMicros,
            String correlationId) {}

    /** Whether a rule is one of the playground, and not of the API that it shows. */
    static boolean isPlayground(String route) {
        String path = route.substring(route.indexOf(' ') + 1);
        return path.equals("/") || path.startsWith("/playground/") || path.startsWith("/actuator/");
    }

    @Override
    public void decided(DecisionEvent event) {
        if (isPlayground(event.route())) {
            return;
        }
        LongAdder count = counts.get(event.outcome());
        if (count != null) {
            count.increment();
        }
        latency.record(event.took());
        subscribers.tell("decision", shown(event));
    }

    /** How many decisions there were since the start. */
    long count(DecisionEvent.Outcome outcome) {
        LongAdder count = counts.get(outcome);
        return count == null ? 0 : count.sum();
    }

    /** How long decisions took within the last minute, in microseconds by percentile (0.5, 0.95, 0.99). */
    Map<Double, Long> percentiles() {
        HistogramSnapshot snapshot = latency.takeSnapshot();
        Map<Double, Long> micros = new HashMap<>();
        for (ValueAtPercentile value : snapshot.percentileValues()) {
            micros.put(value.percentile(), Math.round(value.value(TimeUnit.MICROSECONDS)));
        }
        return micros;
    }

    private static Shown shown(DecisionEvent event) {
        Optional<ValidatedToken> caller = event.caller();
        return new Shown(
                event.at().toString(),
                event.outcome().code(),
                event.reason().map(reason -> reason.code()),
                event.status().isPresent() ? Optional.of(event.status().getAsInt()) : Optional.empty(),
                event.method(),
                // A token in a path is nobody's intention, but a click away.
                Redaction.shortened(event.path()),
                event.route(),
                caller.map(ValidatedToken::issuerName),
                caller.flatMap(ValidatedToken::clientId),
                caller.flatMap(ValidatedToken::subject),
                TimeUnit.NANOSECONDS.toMicros(event.took().toNanos()),
                event.correlationId());
    }
}
