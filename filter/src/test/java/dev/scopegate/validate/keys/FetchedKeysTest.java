package dev.scopegate.validate.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import dev.scopegate.test.Requirement;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a key set is fetched, when it is not, and what serves meanwhile; by a clock that only the tests move. */
@Timeout(60)
class FetchedKeysTest {

    private static final Map<String, ECKey> KEYS = new ConcurrentHashMap<>();
    private static final JwksConfig CONFIG = JwksConfigBuilder.builder().build();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T12:00:00Z"));
    private final ManualSchedule schedule = new ManualSchedule(clock);
    private final AtomicInteger fetches = new AtomicInteger();
    private final List<KeyFetch> outcomes = Collections.synchronizedList(new ArrayList<>());
    private volatile Publication publication = () -> published("a");
    private FetchedKeys keys;

    @AfterEach
    void close() {
        keys.close();
    }

    @Test
    void find_firstSet_waitedForAndFetchedOnce() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        publication = () -> {
            awaitQuietly(answer);
            return published("a");
        };
        start(CONFIG);
        List<Thread> requests = new ArrayList<>();
        AtomicInteger found = new AtomicInteger();
        for (int i = 0; i < 500; i++) {
            requests.add(new Thread(() -> found.addAndGet(knows("a") ? 1 : 0)));
        }
        requests.forEach(Thread::start);
        answer.countDown();
        for (Thread request : requests) {
            request.join();
        }

        assertThat(found).hasValue(500);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void find_issuerDownAtStart_unavailableUntilItIsBackAndAskedInGrowingSteps() {
        publication = FetchedKeysTest::down;
        start(CONFIG);
        schedule.settle();

        assertThat(find("a")).isEqualTo(new KeyLookup.Unavailable(Duration.ofSeconds(1)));
        schedule.advance(Duration.ofMinutes(3));
        // After 1, 2, 4 and then every 8 seconds.
        assertThat(fetches).hasValueBetween(20, 26);

        publication = () -> published("a");
        schedule.advance(Duration.ofSeconds(10));

        assertThat(knows("a")).isTrue();
    }

    @Test
    void find_issuerDownForHours_lastSetServesUntilItIsTooOld() {
        started(CONFIG);
        publication = FetchedKeysTest::down;

        schedule.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(knows("a")).isTrue();
        assertThat(status().failing()).isTrue();
        assertThat(status().usable()).isTrue();

        schedule.advance(Duration.ofSeconds(1));
        assertThat(find("a")).isInstanceOf(KeyLookup.Unavailable.class);
        assertThat(status().usable()).isFalse();

        publication = () -> published("a");
        schedule.advance(Duration.ofSeconds(10));
        assertThat(knows("a")).isTrue();
        assertThat(status().failing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"11, false", "12, true", "23, true"})
    void status_failing_alarmingFromHalfOfTheTimeOn(int hours, boolean expected) {
        started(CONFIG);
        assertThat(status().alarming()).isFalse();
        publication = FetchedKeysTest::down;

        schedule.advance(Duration.ofHours(hours));

        assertThat(status().alarming()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "{\"keys\":null}",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "[]",
                "{\"keys\":[1]}",
                "{\"keys\":[],\"keys\":[]}",
                "{\"keys\":["
            })
    @Requirement("RFC7517 §5")
    void find_brokenOrEmptySet_replacesNothingAndIsNoFirstSet(String text) {
        started(CONFIG);
        publication = () -> new Publication.Published(text, Optional.empty());

        schedule.advance(Duration.ofHours(1));

        assertThat(knows("a")).isTrue();
        assertThat(outcomes).contains(KeyFetch.UNUSABLE);

        keys.close();
        FetchedKeys others = fetching(CONFIG, new ManualSchedule(clock));
        assertThat(others.find(JWSAlgorithm.ES256, Optional.of("a"))).isInstanceOf(KeyLookup.Unavailable.class);
        others.close();
    }

    @Test
    void find_flappingIssuer_lastGoodSetServesThroughout() {
        started(CONFIG);
        AtomicInteger turn = new AtomicInteger();
        publication = () -> switch (turn.getAndIncrement() % 4) {
            case 0 -> published("a");
            case 1 -> new Publication.Published("{\"keys\":[]}", Optional.empty());
            case 2 -> new Publication.Published("<html>", Optional.empty());
            default -> down();
        };

        for (int minute = 0; minute < 120; minute++) {
            schedule.advance(Duration.ofMinutes(1));
            assertThat(knows("a")).isTrue();
        }
        assertThat(status().age().orElseThrow()).isLessThan(Duration.ofMinutes(10));
    }

    @Test
    void find_keyThatJoins_foundByTheFirstTokenThatNamesIt() {
        started(CONFIG);
        schedule.advance(Duration.ofSeconds(1));
        publication = () -> published("a", "b");

        assertThat(knows("b")).isTrue();

        assertThat(fetches).hasValue(2);
        assertThat(knows("a")).isTrue();
    }

    @Test
    void find_keyThatLeaves_goneWithTheNextRefresh() {
        started(CONFIG);
        KeyLookup.Found before = (KeyLookup.Found) find("a");
        publication = () -> published("b");

        schedule.advance(Duration.ofMinutes(5));

        assertThat(keys.publishes(before.keys().get(0))).isFalse();
        assertThat(find("a")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(knows("b")).isTrue();
    }

    @Test
    void find_tenThousandUnknownNames_oneFetchInEachCooldown() {
        started(CONFIG);

        for (int second = 0; second < 100; second++) {
            for (int i = 0; i < 100; i++) {
                assertThat(find("x" + second + "-" + i)).isInstanceOf(KeyLookup.Unknown.class);
            }
            assertThat(knows("a")).isTrue();
            schedule.advance(Duration.ofSeconds(1));
        }

        // The first one, and those after 0, 30, 60 and 90 seconds; nothing else was due.
        assertThat(fetches).hasValue(5);
    }

    @Test
    void find_newKeyDuringAStorm_foundAfterOneCooldownAtMost() {
        started(CONFIG);
        find("storm");
        publication = () -> published("a", "b");
        assertThat(find("b")).isInstanceOf(KeyLookup.Unknown.class);

        schedule.advance(Duration.ofSeconds(30));
        find("storm again");

        assertThat(knows("b")).isTrue();
    }

    @Test
    void find_newKeyDuringAStorm_foundAtOnceIfTheRegularRefreshHasSeenIt() {
        started(CONFIG);
        schedule.advance(Duration.ofMinutes(4).plusSeconds(50));
        find("storm");
        publication = () -> published("a", "b");

        // The forced fetch has put the regular one off; a storm that goes on cannot put it off for ever.
        schedule.advance(Duration.ofMinutes(5));
        int before = fetches.get();

        assertThat(knows("b")).isTrue();
        assertThat(fetches).hasValue(before);
    }

    @Test
    void find_nameThatWasLookedForInVain_costsNobodyElsesAllowance() {
        started(CONFIG);
        find("stale");
        schedule.advance(Duration.ofSeconds(29));

        find("stale");

        assertThat(fetches).hasValue(2);
    }

    @Test
    void find_unknownNameWhileTheIssuerIsDown_unknownAndOneAttempt() {
        started(CONFIG);
        publication = FetchedKeysTest::down;

        for (int i = 0; i < 1_000; i++) {
            assertThat(find("x" + i)).isInstanceOf(KeyLookup.Unknown.class);
        }

        assertThat(fetches).hasValue(2);
        assertThat(knows("a")).isTrue();
    }

    @Test
    void find_hugeOrAbsentName_noFetch() {
        started(CONFIG);

        assertThat(find("k".repeat(513))).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(keys.find(JWSAlgorithm.RS256, Optional.empty())).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(keys.find(JWSAlgorithm.RS256, Optional.of("a"))).isInstanceOf(KeyLookup.Unknown.class);

        assertThat(fetches).hasValue(1);
    }

    @Test
    void find_slowFetchUnderWay_knownKeyWaitsForNothing() throws Exception {
        started(CONFIG);
        CountDownLatch never = new CountDownLatch(1);
        publication = () -> {
            awaitQuietly(never);
            return published("a", "b");
        };
        Thread forced = new Thread(() -> find("b"));
        forced.start();
        await().until(() -> fetches.get() == 2);

        for (int i = 0; i < 1_000; i++) {
            assertThat(knows("a")).isTrue();
        }

        assertThat(never.getCount()).isEqualTo(1);
        never.countDown();
        forced.join();
        assertThat(knows("b")).isTrue();
    }

    @Test
    void find_interruptedWhileItWaits_othersAreServedAndTheFlagStays() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        publication = () -> {
            awaitQuietly(answer);
            return published("a");
        };
        start(CONFIG);
        List<Boolean> flags = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger served = new AtomicInteger();
        Thread victim = new Thread(() -> {
            assertThat(find("a")).isInstanceOf(KeyLookup.Unavailable.class);
            flags.add(Thread.currentThread().isInterrupted());
        });
        Thread other = new Thread(() -> served.addAndGet(knows("a") ? 1 : 0));
        victim.start();
        other.start();
        await().until(() ->
                victim.getState() == Thread.State.TIMED_WAITING && other.getState() == Thread.State.TIMED_WAITING);

        victim.interrupt();
        victim.join();
        answer.countDown();
        other.join();

        assertThat(flags).containsExactly(true);
        assertThat(served).hasValue(1);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void find_wallClockTurned_nothingIsFetchedAndNothingForgotten() {
        started(CONFIG);

        clock.set(clock.instant().plus(Duration.ofDays(2)));
        assertThat(knows("a")).isTrue();
        clock.set(clock.instant().minus(Duration.ofDays(4)));
        schedule.advance(Duration.ofSeconds(10));

        assertThat(knows("a")).isTrue();
        assertThat(fetches).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        // max-age, seconds until the next fetch
        "-1, 300",
        "120, 120",
        "10, 30",
        "86400, 300"
    })
    @Requirement("RFC9111 §5.2.2")
    void fetch_maxAgeOfTheAnswer_earlierButWithinBounds(int maxAge, int expected) {
        publication = () -> new Publication.Published(
                published("a").text(), Optional.of(Duration.ofSeconds(maxAge)).filter(age -> !age.isNegative()));

        started(CONFIG);

        assertThat(schedule.untilDue()).contains(Duration.ofSeconds(expected));
    }

    @Test
    void fetch_manyServersAtOnce_refreshesAreSpread() {
        List<Duration> due = new ArrayList<>();
        start(CONFIG);
        for (int i = 0; i <= 10; i++) {
            double chance = i / 10.0;
            ManualSchedule own = new ManualSchedule(clock);
            FetchedKeys others = new FetchedKeys("main", CONFIG, counted(), own, Upkeep.UNOBSERVED, () -> chance);
            own.settle();
            due.add(own.untilDue().orElseThrow());
            others.close();
        }

        assertThat(Collections.max(due).minus(Collections.min(due))).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void fetch_defectOfOurs_notTheEndOfFetching(Publication defect) {
        publication = defect;
        start(CONFIG);
        schedule.settle();
        publication = () -> published("a");

        schedule.advance(Duration.ofSeconds(2));

        assertThat(knows("a")).isTrue();
    }

    private static Stream<Publication> defects() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("a defect");
                },
                () -> {
                    throw new OutOfMemoryError("not enough for this answer");
                });
    }

    @Test
    void fetch_closed_endedWithoutASet() {
        started(CONFIG);
        CachedKeySet closed =
                new CachedKeySet("main", counted(), CONFIG, new ManualSchedule(clock), Upkeep.UNOBSERVED, () -> 0);

        closed.close();

        assertThat(closed.fetch()).isCompletedWithValue(false);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void find_twoIssuersOfWhichOneIsSlow_theOtherIsNotDelayed() {
        CountDownLatch never = new CountDownLatch(1);
        FetchedKeys slow = new FetchedKeys(
                "slow",
                CONFIG,
                () -> {
                    awaitQuietly(never);
                    return down();
                },
                new ManualSchedule(clock),
                Upkeep.UNOBSERVED,
                () -> 0);
        started(CONFIG);

        assertThat(knows("a")).isTrue();

        never.countDown();
        slow.close();
    }

    private void started(JwksConfig config) {
        start(config);
        schedule.settle();
    }

    private void start(JwksConfig config) {
        keys = fetching(config, schedule);
    }

    private FetchedKeys fetching(JwksConfig config, KeySchedule by) {
        Upkeep noting = new Upkeep() {
            @Override
            public void keysFetched(String issuerName, KeyFetch outcome, Duration took) {
                outcomes.add(outcome);
            }
        };
        return new FetchedKeys("main", config, counted(), by, noting, () -> 0);
    }

    private Publication counted() {
        return () -> {
            fetches.incrementAndGet();
            return publication.read();
        };
    }

    private boolean knows(String keyId) {
        return find(keyId) instanceof KeyLookup.Found;
    }

    private KeyLookup find(String keyId) {
        return keys.find(JWSAlgorithm.ES256, Optional.of(keyId));
    }

    private KeySetStatus status() {
        return keys.status().orElseThrow();
    }

    private static Publication.Published down() throws IOException {
        throw new IOException("connection refused");
    }

    private static Publication.Published published(String... keyIds) {
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

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
