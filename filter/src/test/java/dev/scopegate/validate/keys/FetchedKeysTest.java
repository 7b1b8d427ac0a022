package dev.scopegate.validate.keys;

import static dev.scopegate.validate.keys.FetchedKeysScene.DOWN;
import static dev.scopegate.validate.keys.FetchedKeysScene.awaitQuietly;
import static dev.scopegate.validate.keys.FetchedKeysScene.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.model.KeyFetch;
import dev.scopegate.model.Upkeep;
import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final FetchedKeysScene scene = new FetchedKeysScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void find_firstSet_waitedForAndFetchedOnce() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        scene.publishes(() -> {
            awaitQuietly(answer);
            return published("a");
        });
        scene.start();
        List<Thread> requests = new ArrayList<>();
        AtomicInteger found = new AtomicInteger();
        for (int i = 0; i < 500; i++) {
            requests.add(new Thread(() -> found.addAndGet(scene.knows("a") ? 1 : 0)));
        }
        requests.forEach(Thread::start);
        answer.countDown();
        for (Thread request : requests) {
            request.join();
        }

        assertThat(found).hasValue(500);
        assertThat(scene.fetches()).hasValue(1);
    }

    @Test
    void find_issuerDownAtStart_unavailableUntilItIsBackAndAskedInGrowingSteps() {
        scene.publishes(DOWN);
        scene.start();
        scene.schedule().settle();

        assertThat(scene.find("a")).isEqualTo(new KeyLookup.Unavailable(Duration.ofSeconds(1)));
        scene.schedule().advance(Duration.ofMinutes(3));
        // After 1, 2, 4 and then every 8 seconds.
        assertThat(scene.fetches()).hasValueBetween(20, 26);

        scene.publishes(() -> published("a"));
        scene.schedule().advance(Duration.ofSeconds(10));

        assertThat(scene.knows("a")).isTrue();
    }

    @Test
    void find_issuerDownForHours_lastSetServesUntilItIsTooOld() {
        scene.started();
        scene.publishes(DOWN);

        scene.schedule().advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(scene.knows("a")).isTrue();
        assertThat(scene.status().failing()).isTrue();
        assertThat(scene.status().usable()).isTrue();

        scene.schedule().advance(Duration.ofSeconds(1));
        assertThat(scene.find("a")).isInstanceOf(KeyLookup.Unavailable.class);
        assertThat(scene.status().usable()).isFalse();

        scene.publishes(() -> published("a"));
        scene.schedule().advance(Duration.ofSeconds(10));
        assertThat(scene.knows("a")).isTrue();
        assertThat(scene.status().failing()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"11, false", "12, true", "23, true"})
    void status_failing_alarmingFromHalfOfTheTimeOn(int hours, boolean expected) {
        scene.started();
        assertThat(scene.status().alarming()).isFalse();
        scene.publishes(DOWN);

        scene.schedule().advance(Duration.ofHours(hours));

        assertThat(scene.status().alarming()).isEqualTo(expected);
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
        scene.started();
        scene.publishes(() -> new Publication.Published(text, Optional.empty()));

        scene.schedule().advance(Duration.ofHours(1));

        assertThat(scene.knows("a")).isTrue();
        assertThat(scene.outcomes()).contains(KeyFetch.UNUSABLE);

        scene.keys().close();
        FetchedKeys others = scene.fetching(new ManualSchedule(scene.clock()));
        assertThat(others.find(JWSAlgorithm.ES256, Optional.of("a"))).isInstanceOf(KeyLookup.Unavailable.class);
        others.close();
    }

    @Test
    void find_flappingIssuer_lastGoodSetServesThroughout() {
        scene.started();
        AtomicInteger turn = new AtomicInteger();
        scene.publishes(() -> switch (turn.getAndIncrement() % 4) {
            case 0 -> published("a");
            case 1 -> new Publication.Published("{\"keys\":[]}", Optional.empty());
            case 2 -> new Publication.Published("<html>", Optional.empty());
            default -> DOWN.read();
        });

        for (int minute = 0; minute < 120; minute++) {
            scene.schedule().advance(Duration.ofMinutes(1));
            assertThat(scene.knows("a")).isTrue();
        }
        assertThat(scene.status().age().orElseThrow()).isLessThan(Duration.ofMinutes(10));
    }

    @Test
    void find_keyThatLeaves_goneWithTheNextRefresh() {
        scene.started();
        KeyLookup.Found before = (KeyLookup.Found) scene.find("a");
        scene.publishes(() -> published("b"));

        scene.schedule().advance(Duration.ofMinutes(5));

        assertThat(scene.keys().publishes(before.keys().get(0))).isFalse();
        assertThat(scene.find("a")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(scene.knows("b")).isTrue();
    }

    @Test
    void find_interruptedWhileItWaits_othersAreServedAndTheFlagStays() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        scene.publishes(() -> {
            awaitQuietly(answer);
            return published("a");
        });
        scene.start();
        List<Boolean> flags = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger served = new AtomicInteger();
        Thread victim = new Thread(() -> {
            assertThat(scene.find("a")).isInstanceOf(KeyLookup.Unavailable.class);
            flags.add(Thread.currentThread().isInterrupted());
        });
        Thread other = new Thread(() -> served.addAndGet(scene.knows("a") ? 1 : 0));
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
        assertThat(scene.fetches()).hasValue(1);
    }

    @Test
    void find_wallClockTurned_nothingIsFetchedAndNothingForgotten() {
        scene.started();

        scene.clock().set(scene.clock().instant().plus(Duration.ofDays(2)));
        assertThat(scene.knows("a")).isTrue();
        scene.clock().set(scene.clock().instant().minus(Duration.ofDays(4)));
        scene.schedule().advance(Duration.ofSeconds(10));

        assertThat(scene.knows("a")).isTrue();
        assertThat(scene.fetches()).hasValue(1);
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
        scene.publishes(() -> new Publication.Published(
                published("a").text(), Optional.of(Duration.ofSeconds(maxAge)).filter(age -> !age.isNegative())));

        scene.started();

        assertThat(scene.schedule().untilDue()).contains(Duration.ofSeconds(expected));
    }

    @Test
    void fetch_manyServersAtOnce_refreshesAreSpread() {
        List<Duration> due = new ArrayList<>();
        scene.start();
        for (int i = 0; i <= 10; i++) {
            double chance = i / 10.0;
            ManualSchedule own = new ManualSchedule(scene.clock());
            FetchedKeys others = new FetchedKeys(
                    "main", FetchedKeysScene.CONFIG, scene.counted(), own, Upkeep.UNOBSERVED, () -> chance);
            own.settle();
            due.add(own.untilDue().orElseThrow());
            others.close();
        }

        assertThat(Collections.max(due).minus(Collections.min(due))).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void fetch_defectOfOurs_notTheEndOfFetching(Publication defect) {
        scene.publishes(defect);
        scene.start();
        scene.schedule().settle();
        scene.publishes(() -> published("a"));

        scene.schedule().advance(Duration.ofSeconds(2));

        assertThat(scene.knows("a")).isTrue();
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
        scene.started();
        CachedKeySet closed = new CachedKeySet(
                "main",
                scene.counted(),
                FetchedKeysScene.CONFIG,
                new ManualSchedule(scene.clock()),
                Upkeep.UNOBSERVED,
                () -> 0);

        closed.close();

        assertThat(closed.fetch()).isCompletedWithValue(false);
        assertThat(scene.fetches()).hasValue(1);
    }

    @Test
    void find_twoIssuersOfWhichOneIsSlow_theOtherIsNotDelayed() {
        CountDownLatch never = new CountDownLatch(1);
        FetchedKeys slow = new FetchedKeys(
                "slow",
                FetchedKeysScene.CONFIG,
                () -> {
                    awaitQuietly(never);
                    return DOWN.read();
                },
                new ManualSchedule(scene.clock()),
                Upkeep.UNOBSERVED,
                () -> 0);
        scene.started();

        assertThat(scene.knows("a")).isTrue();

        never.countDown();
        slow.close();
    }
}
