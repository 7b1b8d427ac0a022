package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What must not touch a verdict: another issuer, a turned clock, an interrupted request; and what is left at the end. */
@Timeout(120)
class KeyIssuersTest {

    private final FaultyIssuer issuer = FaultyIssuer.publishing("main", "a");
    private final FaultyIssuer other = FaultyIssuer.publishing("other", "a", "b");

    @AfterEach
    void close() {
        issuer.close();
        other.close();
    }

    @Test
    void validate_otherIssuerNeverAnswers_notDelayedByIt() {
        CountDownLatch never = new CountDownLatch(1);
        other.publishWhen(never, "a", "b");
        try (FaultScene scene = FaultScene.of(issuer.config(), other.config())) {
            await().until(() -> other.asked() == 1);
            for (int i = 0; i < 20; i++) {
                assertThat(scene.verdict(issuer.token("a", scene.clock()))).isEqualTo("VALID");
            }
            assertThat(scene.outcomes(other)).isEmpty();

            assertThat(scene.verdict(other.token("a", scene.clock()))).isEqualTo("UNDECIDED");
        }
    }

    @Test
    void validate_bothIssuersHaveAKeyOfOneName_eachVouchesForItsOwnTokens() {
        try (FaultScene scene = FaultScene.settled(issuer, other)) {
            assertThat(scene.verdict(issuer.token("a", scene.clock()))).isEqualTo("VALID");
            assertThat(scene.verdict(other.token("a", scene.clock()))).isEqualTo("VALID");

            assertThat(scene.verdict(other.forgery("a", issuer, "a", scene.clock())))
                    .isEqualTo("SIGNATURE");
            assertThat(scene.verdict(issuer.forgery("a", other, "a", scene.clock())))
                    .isEqualTo("SIGNATURE");
        }
    }

    @Test
    void validate_keyOfTheOtherIssuer_unknown() {
        try (FaultScene scene = FaultScene.settled(issuer, other)) {
            assertThat(scene.verdict(other.token("b", scene.clock()))).isEqualTo("VALID");

            assertThat(scene.verdict(issuer.forgery("b", other, "b", scene.clock())))
                    .isEqualTo("KEY_UNKNOWN");
            // The fetch that it forced was one of its own issuer.
            assertThat(issuer.asked()).isEqualTo(2);
            assertThat(other.asked()).isEqualTo(1);
        }
    }

    @Test
    void validate_wallClockTurnedForthAndBack_expiredAtOnceAndNothingFetched() {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            String remembered = issuer.token("a", scene.clock());
            String fresh = issuer.token("a", scene.clock());
            String longLived = issuer.token("a", scene.clock(), Duration.ofHours(2));
            assertThat(scene.verdict(remembered)).isEqualTo("VALID");

            scene.clock().set(scene.clock().instant().plus(Duration.ofHours(1)));
            assertThat(List.of(scene.verdict(remembered), scene.verdict(fresh), scene.verdict(longLived)))
                    .containsExactly("EXPIRED", "EXPIRED", "VALID");
            String ofTheFuture = issuer.token("a", scene.clock());
            assertThat(scene.verdict(ofTheFuture)).isEqualTo("VALID");

            scene.clock().set(scene.clock().instant().minus(Duration.ofHours(1)));
            // By the true time, these two have not expired; the other one is not issued yet.
            assertThat(List.of(scene.verdict(remembered), scene.verdict(fresh), scene.verdict(ofTheFuture)))
                    .containsExactly("VALID", "VALID", "NOT_YET_VALID");
            scene.advance(issuer, Duration.ofMinutes(5).plusSeconds(31));
            assertThat(List.of(scene.verdict(remembered), scene.verdict(fresh), scene.verdict(longLived)))
                    .containsExactly("EXPIRED", "EXPIRED", "VALID");
            // At the start, and the regular refreshes of five and a half minutes.
            assertThat(issuer.asked()).isEqualTo(2);
        }
    }

    @Test
    void validate_halfOfTheWaitingRequestsInterrupted_theOthersAreServed() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        issuer.publishWhen(open, "a");
        try (FaultScene scene = FaultScene.of(issuer.config())) {
            String token = issuer.token("a", scene.clock());
            List<String> ofVictims = Collections.synchronizedList(new ArrayList<>());
            List<String> ofOthers = Collections.synchronizedList(new ArrayList<>());
            AtomicInteger flags = new AtomicInteger();
            List<Thread> victims = new ArrayList<>();
            List<Thread> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                victims.add(new Thread(() -> {
                    ofVictims.add(scene.verdict(token));
                    flags.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                }));
                others.add(new Thread(() -> ofOthers.add(scene.verdict(token))));
            }
            victims.forEach(Thread::start);
            others.forEach(Thread::start);
            victims.forEach(Thread::interrupt);
            for (Thread victim : victims) {
                victim.join();
            }
            open.countDown();
            for (Thread one : others) {
                one.join();
            }

            assertThat(ofVictims).hasSize(20).containsOnly("UNDECIDED");
            assertThat(flags).hasValue(20);
            assertThat(ofOthers).hasSize(20).containsOnly("VALID");
            assertThat(issuer.asked()).isEqualTo(1);
        }
    }

    @Test
    void validate_interruptedBefore_knownKeyServedAndTheFlagStays() {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            Thread.currentThread().interrupt();

            assertThat(scene.verdict(issuer.token("a", scene.clock()))).isEqualTo("VALID");
            // What has to wait gives up instead; the fetch goes on without it.
            assertThat(scene.verdict(issuer.token("b", scene.clock()))).isEqualTo("KEY_UNKNOWN");

            assertThat(Thread.interrupted()).isTrue();
            scene.settle();
            assertThat(issuer.asked()).isEqualTo(2);
        }
    }

    @Test
    void close_inTheBackground_noThreadLeftAndNothingFetched() {
        FaultyIssuer ending = FaultyIssuer.publishing("ending", "a");
        ScopegateConfig eachSecond = ScopegateConfigBuilder.builder()
                .resource(FaultyIssuer.RESOURCE)
                .issuers(List.of(ending.config(JwksConfigBuilder.builder().refreshInterval(Duration.ofSeconds(1)))))
                .http(HttpConfig.allowingInsecureLoopback())
                .build();
        try (ending) {
            TokenValidator validator = TokenValidator.of(eachSecond, Clock.systemUTC());
            await().until(() -> ending.asked() >= 3);
            assertThat(isAlive("scopegate-keys-ending")).isTrue();

            validator.close();

            await().until(() -> !isAlive("scopegate-keys-ending"));
            int asked = ending.asked();
            // Without keys that could be asked for, names are unknown, and nobody asks.
            assertThat(Anywhere.validate(validator, ending.token("b", Clock.systemUTC())))
                    .isEqualTo(new Validation.Refused(RefusalReason.KEY_UNKNOWN));
            await().during(Duration.ofMillis(1_500)).until(() -> ending.asked() == asked);
        }
    }

    @Test
    void close_duringAFetch_thoseWhoWaitAreAnswered() throws Exception {
        issuer.publishWhen(new CountDownLatch(1), "a");
        FaultScene scene = FaultScene.of(issuer.config());
        List<String> verdicts = Collections.synchronizedList(new ArrayList<>());
        String token = issuer.token("a", scene.clock());
        Thread request = new Thread(() -> verdicts.add(scene.verdict(token)));
        request.start();
        await().until(() -> issuer.asked() == 1);

        scene.close();
        request.join();

        assertThat(verdicts).containsExactly("UNDECIDED");
    }

    private static boolean isAlive(String threadName) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(threadName));
    }
}
