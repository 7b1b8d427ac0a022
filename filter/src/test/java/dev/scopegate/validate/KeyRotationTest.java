package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An issuer that changes its keys, with and without telling in time: which tokens that costs, and for how long. */
@Timeout(120)
class KeyRotationTest {

    private final FaultyIssuer issuer = FaultyIssuer.publishing("main", "a");

    @AfterEach
    void close() {
        issuer.close();
    }

    @Test
    @Requirement("RFC7517 §4.5")
    void validate_newKeyBesideTheOldOne_noTokenRefused() {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            List<String> verdicts = new ArrayList<>();
            issuer.publish("a", "b");
            for (int minute = 0; minute < 10; minute++) {
                verdicts.add(scene.verdict(issuer.token("a", scene.clock())));
                verdicts.add(scene.verdict(issuer.token("b", scene.clock())));
                scene.advance(issuer, Duration.ofMinutes(1));
            }
            issuer.publish("b");
            for (int minute = 0; minute < 10; minute++) {
                verdicts.add(scene.verdict(issuer.token("b", scene.clock())));
                scene.advance(issuer, Duration.ofMinutes(1));
            }

            assertThat(verdicts).hasSize(30).containsOnly("VALID");
            // At the start, for the first token of the new key, and every 4 to 5 minutes.
            assertThat(issuer.asked()).isBetween(5, 7);
        }
    }

    @Test
    void validate_newKeyInsteadOfTheOldOne_firstTokenOfItPassesAndTheOldOnesAreRefused() {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            String remembered = issuer.token("a", scene.clock(), Duration.ofHours(1));
            assertThat(scene.verdict(remembered)).isEqualTo("VALID");
            issuer.publish("b");
            // Nobody can know it yet.
            assertThat(scene.verdict(remembered)).isEqualTo("VALID");

            assertThat(scene.verdict(issuer.token("b", scene.clock()))).isEqualTo("VALID");

            assertThat(issuer.asked()).isEqualTo(2);
            assertThat(scene.verdict(remembered)).isEqualTo("KEY_UNKNOWN");
            assertThat(scene.verdict(issuer.token("a", scene.clock()))).isEqualTo("KEY_UNKNOWN");
            assertThat(issuer.asked()).isEqualTo(2);
        }
    }

    @Test
    void validate_keyWithdrawn_itsTokensRefusedWithTheNextRefresh() {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            String remembered = issuer.token("a", scene.clock(), Duration.ofHours(1));
            assertThat(scene.verdict(remembered)).isEqualTo("VALID");
            issuer.publish("b");

            scene.nextFetch(issuer);

            assertThat(scene.verdict(remembered)).isEqualTo("KEY_UNKNOWN");
            assertThat(scene.verdict(issuer.token("b", scene.clock()))).isEqualTo("VALID");
        }
    }

    @Test
    void validate_secondNewKeyWithinTheCooldown_refusedUntilItIsOver() {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            issuer.publish("b");
            assertThat(scene.verdict(issuer.token("b", scene.clock()))).isEqualTo("VALID");
            issuer.publish("c");

            scene.advance(issuer, Duration.ofSeconds(29));
            assertThat(scene.verdict(issuer.token("c", scene.clock()))).isEqualTo("KEY_UNKNOWN");
            scene.advance(issuer, Duration.ofSeconds(1));
            assertThat(scene.verdict(issuer.token("c", scene.clock()))).isEqualTo("VALID");

            assertThat(issuer.asked()).isEqualTo(3);
        }
    }

    @Test
    void validate_newKeyUnderAnOldName_refusedUntilTheRefreshAndCausesNoFetch() {
        FaultyIssuer before = FaultyIssuer.publishing("before", "a");
        issuer.answer(out -> FaultyIssuer.write(out, "200 OK", "application/json", FaultyIssuer.set("before", "a")));
        try (before;
                FaultScene scene = FaultScene.settled(issuer)) {
            issuer.publish("a");
            for (int i = 0; i < 100; i++) {
                assertThat(scene.verdict(issuer.token("a", scene.clock()))).isEqualTo("SIGNATURE");
            }
            assertThat(issuer.asked()).isEqualTo(1);

            scene.nextFetch(issuer);

            assertThat(scene.verdict(issuer.token("a", scene.clock()))).isEqualTo("VALID");
        }
    }

    @Test
    void validate_newKeyDuringAStormOfUnknownNames_refusedForOneCooldownAtMost() {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            String garbage = Garbage.token(issuer, scene.clock());
            List<String> ofOldKey = new ArrayList<>();
            List<String> ofNewKey = new ArrayList<>();
            for (int second = 0; second < 100; second++) {
                if (second == 10) {
                    issuer.publish("a", "b");
                }
                for (int i = 0; i < 100; i++) {
                    assertThat(scene.verdict(Garbage.naming(garbage, "x" + second + '-' + i)))
                            .isEqualTo("KEY_UNKNOWN");
                }
                ofOldKey.add(scene.verdict(issuer.token("a", scene.clock())));
                if (second >= 10) {
                    ofNewKey.add(scene.verdict(issuer.token("b", scene.clock())));
                }
                scene.advance(issuer, Duration.ofSeconds(1));
            }

            assertThat(ofOldKey).containsOnly("VALID");
            // The storm had a fetch at 0 seconds; the one at 30 brings the key.
            assertThat(ofNewKey.subList(0, 20)).containsOnly("KEY_UNKNOWN");
            assertThat(ofNewKey.subList(20, 90)).containsOnly("VALID");
            // At the start, and after 0, 30, 60 and 90 seconds.
            assertThat(issuer.asked()).isEqualTo(5);
        }
    }

    @Test
    void validate_newKeyDuringAStormThatTheRefreshSawFirst_noTokenRefused() {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            String garbage = Garbage.token(issuer, scene.clock());
            assertThat(scene.verdict(Garbage.naming(garbage, "x"))).isEqualTo("KEY_UNKNOWN");
            issuer.publish("a", "b");
            scene.nextFetch(issuer);
            assertThat(scene.verdict(Garbage.naming(garbage, "y"))).isEqualTo("KEY_UNKNOWN");

            assertThat(scene.verdict(issuer.token("b", scene.clock()))).isEqualTo("VALID");
        }
    }

    @Test
    void validate_threeIssuersThatRotateEachMinute_noTokenRefused() {
        FaultyIssuer second = FaultyIssuer.publishing("second", "k0");
        FaultyIssuer third = FaultyIssuer.publishing("third", "k0");
        List<FaultyIssuer> all = List.of(issuer, second, third);
        issuer.publish("k0");
        try (second;
                third;
                FaultScene scene = FaultScene.settled(issuer, second, third)) {
            List<String> verdicts = new ArrayList<>();
            for (int minute = 1; minute <= 30; minute++) {
                String older = "k" + (minute - 1);
                String newer = "k" + minute;
                all.forEach(one -> one.publish(older, newer));
                scene.advance(Duration.ofMinutes(1));
                for (FaultyIssuer one : all) {
                    verdicts.add(scene.verdict(one.token(newer, scene.clock())));
                }
            }

            assertThat(verdicts).hasSize(90).containsOnly("VALID");
            assertThat(all).allSatisfy(one -> assertThat(one.asked()).isBetween(31, 40));
        }
    }
}
