package dev.scopegate.validate.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.model.KeyFetch;
import dev.scopegate.model.KeySetStatus;
import dev.scopegate.model.Upkeep;
import dev.scopegate.test.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of one issuer, what it publishes, and a clock that only the tests move. */
final class FetchedKeysScene implements AutoCloseable {

    static final JwksConfig CONFIG = JwksConfigBuilder.builder().build();

    /** What is published while the issuer is down. */
    static final Publication DOWN = () -> {
        throw new IOException("connection refused");
    };

    private static final Map<String, ECKey> KEYS = new ConcurrentHashMap<>();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
    private final ManualSchedule schedule = new ManualSchedule(clock);
    private final AtomicInteger fetches = new AtomicInteger();
    private final List<KeyFetch> outcomes = Collections.synchronizedList(new ArrayList<>());
    private volatile Publication publication = () -> published("a");
    private FetchedKeys keys;

    /** What is published from now on; the key {@code a} until this is called. */
    void publishes(Publication next) {
        publication = next;
    }

    /** Begins to fetch, and waits until nothing more is due. */
    void started() {
        start();
        schedule.settle();
    }

    /** Begins to fetch. */
    void start() {
        keys = fetching(schedule);
    }

    /** Others of the same issuer, which are the caller's to close. */
    FetchedKeys fetching(KeySchedule by) {
        Upkeep noting = new Upkeep() {
            @Override
            public void keysFetched(String issuerName, KeyFetch outcome, Duration took) {
                outcomes.add(outcome);
            }
        };
        return new FetchedKeys("main", CONFIG, counted(), by, noting, () -> 0);
    }

    /** What is published, counted each time that somebody looks. */
    Publication counted() {
        return () -> {
            fetches.incrementAndGet();
            return publication.read();
        };
    }

    boolean knows(String keyId) {
        return find(keyId) instanceof KeyLookup.Found;
    }

    KeyLookup find(String keyId) {
        return keys.find(JWSAlgorithm.ES256, Optional.of(keyId));
    }

    KeySetStatus status() {
        return keys.status().orElseThrow();
    }

    MutableClock clock() {
        return clock;
    }

    ManualSchedule schedule() {
        return schedule;
    }

    AtomicInteger fetches() {
        return fetches;
    }

    List<KeyFetch> outcomes() {
        return outcomes;
    }

    FetchedKeys keys() {
        return keys;
    }

    /** A set of keys of P-256, of these names. */
    static Publication.Published published(String... keyIds) {
        return new Publication.Published(
                Stream.of(keyIds)
                        .map(keyId -> key(keyId).toPublicJWK().toJSONString())
                        .collect(Collectors.joining(",", "{\"keys\":[", "]}")),
                Optional.empty());
    }

    private static ECKey key(String keyId) {
        return KEYS.computeIfAbsent(keyId, name -> {
            try {
                return new ECKeyGenerator(Curve.P_256).keyID(name).generate();
            } catch (JOSEException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        keys.close();
    }
}
