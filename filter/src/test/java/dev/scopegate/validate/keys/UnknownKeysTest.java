package dev.scopegate.validate.keys;

import static dev.scopegate.validate.keys.FetchedKeysScene.DOWN;
import static dev.scopegate.validate.keys.FetchedKeysScene.awaitQuietly;
import static dev.scopegate.validate.keys.FetchedKeysScene.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a token causes that names a key which is not in the set: one that was published lately, or one that nobody has. */
@Timeout(60)
class UnknownKeysTest {

    private final FetchedKeysScene scene = new FetchedKeysScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void find_keyThatJoins_foundByTheFirstTokenThatNamesIt() {
        scene.started();
        scene.schedule().advance(Duration.ofSeconds(1));
        scene.publishes(() -> published("a", "b"));

        assertThat(scene.knows("b")).isTrue();

        assertThat(scene.fetches()).hasValue(2);
        assertThat(scene.knows("a")).isTrue();
    }

    @Test
    void find_tenThousandUnknownNames_oneFetchInEachCooldown() {
        scene.started();

        for (int second = 0; second < 100; second++) {
            for (int i = 0; i < 100; i++) {
                assertThat(scene.find("x" + second + "-" + i)).isInstanceOf(KeyLookup.Unknown.class);
            }
            assertThat(scene.knows("a")).isTrue();
            scene.schedule().advance(Duration.ofSeconds(1));
        }

        // The first one, and those after 0, 30, 60 and 90 seconds; nothing else was due.
        assertThat(scene.fetches()).hasValue(5);
    }

    @Test
    void find_newKeyDuringAStorm_foundAfterOneCooldownAtMost() {
        scene.started();
        scene.find("storm");
        scene.publishes(() -> published("a", "b"));
        assertThat(scene.find("b")).isInstanceOf(KeyLookup.Unknown.class);

        scene.schedule().advance(Duration.ofSeconds(30));
        scene.find("storm again");

        assertThat(scene.knows("b")).isTrue();
    }

    @Test
    void find_newKeyDuringAStorm_foundAtOnceIfTheRegularRefreshHasSeenIt() {
        scene.started();
        scene.schedule().advance(Duration.ofMinutes(4).plusSeconds(50));
        scene.find("storm");
        scene.publishes(() -> published("a", "b"));

        // The forced fetch has put the regular one off; a storm that goes on cannot put it off for ever.
        scene.schedule().advance(Duration.ofMinutes(5));
        int before = scene.fetches().get();

        assertThat(scene.knows("b")).isTrue();
        assertThat(scene.fetches()).hasValue(before);
    }

    @Test
    void find_nameThatWasLookedForInVain_costsNobodyElsesAllowance() {
        scene.started();
        scene.find("stale");
        scene.schedule().advance(Duration.ofSeconds(29));

        scene.find("stale");

        assertThat(scene.fetches()).hasValue(2);
    }

    @Test
    void find_unknownNameWhileTheIssuerIsDown_unknownAndOneAttempt() {
        scene.started();
        scene.publishes(DOWN);

        for (int i = 0; i < 1_000; i++) {
            assertThat(scene.find("x" + i)).isInstanceOf(KeyLookup.Unknown.class);
        }

        assertThat(scene.fetches()).hasValue(2);
        assertThat(scene.knows("a")).isTrue();
    }

    @Test
    void find_hugeOrAbsentName_noFetch() {
        scene.started();

        assertThat(scene.find("k".repeat(513))).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(scene.keys().find(JWSAlgorithm.RS256, Optional.empty())).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(scene.keys().find(JWSAlgorithm.RS256, Optional.of("a"))).isInstanceOf(KeyLookup.Unknown.class);

        assertThat(scene.fetches()).hasValue(1);
    }

    @Test
    void find_slowFetchUnderWay_knownKeyWaitsForNothing() throws Exception {
        scene.started();
        CountDownLatch never = new CountDownLatch(1);
        scene.publishes(() -> {
            awaitQuietly(never);
            return published("a", "b");
        });
        Thread forced = new Thread(() -> scene.find("b"));
        forced.start();
        await().until(() -> scene.fetches().get() == 2);

        for (int i = 0; i < 1_000; i++) {
            assertThat(scene.knows("a")).isTrue();
        }

        assertThat(never.getCount()).isEqualTo(1);
        never.countDown();
        forced.join();
        assertThat(scene.knows("b")).isTrue();
    }
}
