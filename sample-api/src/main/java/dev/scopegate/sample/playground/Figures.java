package dev.scopegate.sample.playground;

import dev.scopegate.ResourceServer;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.KeySetStatus;
import dev.scopegate.sample.authorization.SwitchableServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Tells those who watch how it stands, once a second. Counts are totals since the start, so that a lost event loses nothing. */
@Component
class Figures implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

    private final Feed feed;
    private final Subscribers subscribers;
    private final MeterRegistry meters;
    private final ResourceServer resourceServer;
    private final SwitchableServer authorizationServer;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, work -> {
        Thread daemon = new Thread(work, "playground-figures");
        daemon.setDaemon(true);
        return daemon;
    });
    private volatile boolean running;

    Figures(
            Feed feed,
            Subscribers subscribers,
            MeterRegistry meters,
            ResourceServer resourceServer,
            SwitchableServer authorizationServer) {
        this.feed = feed;
        this.subscribers = subscribers;
        this.meters = meters;
        this.resourceServer = resourceServer;
        this.authorizationServer = authorizationServer;
    }

    /**
     * How it stands.
     *
     * @param p50 microseconds that half of the decisions of the last minute took at most; as {@code p95} and {@code p99}
     * @param cacheHits how often a verified token or an answer of the issuer was remembered
     * @param jwksAgeSeconds absent until keys were fetched
     * @param server {@code started} or {@code stopped}
     */
    record Now(
            long accepted,
            long refused,
            long undecided,
            long p50,
            long p95,
            long p99,
            long cacheHits,
            long cacheMisses,
            Optional<Double> jwksAgeSeconds,
            long introspectionCalls,
            String server) {}

    Now now() {
        Map<Double, Long> micros = feed.percentiles();
        return new Now(
                feed.count(Outcome.ACCEPTED),
                feed.count(Outcome.REFUSED),
                feed.count(Outcome.UNDECIDED),
                micros.getOrDefault(0.5, 0L),
                micros.getOrDefault(0.95, 0L),
                micros.getOrDefault(0.99, 0L),
                cacheGets("hit"),
                cacheGets("miss"),
                age(),
                introspections(),
                authorizationServer.isRunning() ? "started" : "stopped");
    }

    /** How often keys were fetched since the start, with success or without. */
    long keyFetches() {
        return meters.find("scopegate.jwks.fetch").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private long cacheGets(String result) {
        return Math.round(meters.find("scopegate.cache.gets").tag("result", result).counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }

    private long introspections() {
        return meters.find("scopegate.introspection").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private Optional<Double> age() {
        return resourceServer.keySets().stream()
                .map(KeySetStatus::age)
                .flatMap(Optional::stream)
                .max(Duration::compareTo)
                .map(age -> age.toMillis() / 1000.0);
    }

    private void tell() {
        try {
            if (subscribers.count() > 0) {
                subscribers.tell("figures", now());
            }
        } catch (RuntimeException defect) {
            // Whatever is thrown would end the schedule without a word.
            LOG.error("The figures cannot be told", defect);
        }
    }

    @Override
    public void start() {
        running = true;
        var unused = clock.scheduleAtFixedRate(this::tell, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        running = false;
        clock.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
