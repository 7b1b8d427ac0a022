package dev.scopegate.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.scopegate.CapturedLog;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.model.KeyFetch;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An issuer that is down, late, or answers something else than its keys: what that does to tokens. */
@Timeout(120)
class KeyOutagesTest {

    private static final Duration LONG = Duration.ofDays(2);

    private final FaultyIssuer issuer = FaultyIssuer.publishing("main", "a");
    private final FaultyIssuer elsewhere = FaultyIssuer.publishing("elsewhere", "a");

    @AfterEach
    void close() {
        issuer.close();
        elsewhere.close();
    }

    /** What an issuer, or whatever stands in its place, answers at times. */
    private enum Fault {
        STATUS_500,
        STATUS_502_WITH_A_PAGE,
        STATUS_204,
        STATUS_503_WITH_THE_SET,
        PAGE,
        NO_KEYS,
        EMPTY_KEYS,
        TRUNCATED_SET,
        BODY_SHORTER_THAN_SAID,
        WRONG_TYPE,
        GZIP,
        REDIRECT_TO_HTTP,
        REDIRECT_TO_ANOTHER_HOST,
        HUGE,
        ENDLESS,
        RESET,
        SILENCE,
        ONE_BYTE_AT_A_TIME;

        private FaultyIssuer.Answer answer(FaultyIssuer asked, FaultyIssuer elsewhere) {
            String set = FaultyIssuer.set(asked.name(), "a");
            String json = "application/json";
            return switch (this) {
                case STATUS_500 -> out -> FaultyIssuer.write(out, "500 Internal Server Error", "text/plain", "");
                case STATUS_502_WITH_A_PAGE ->
                    out -> FaultyIssuer.write(out, "502 Bad Gateway", "text/html", "<html>Bad gateway</html>");
                case STATUS_204 ->
                    out -> out.write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
                case STATUS_503_WITH_THE_SET -> out -> FaultyIssuer.write(out, "503 Unavailable", json, set);
                case PAGE -> out -> FaultyIssuer.write(out, "200 OK", "text/html", "<html>Maintenance</html>");
                case NO_KEYS -> out -> FaultyIssuer.write(out, "200 OK", json, "{}");
                case EMPTY_KEYS -> out -> FaultyIssuer.write(out, "200 OK", json, "{\"keys\":[]}");
                case TRUNCATED_SET ->
                    out -> FaultyIssuer.write(out, "200 OK", json, set.substring(0, set.length() - 2));
                case BODY_SHORTER_THAN_SAID -> out -> head(out, "Content-Length: 10000", set);
                case WRONG_TYPE -> out -> FaultyIssuer.write(out, "200 OK", "text/plain", set);
                case GZIP -> out -> head(out, "Content-Encoding: gzip\r\nContent-Length: " + set.length(), set);
                case REDIRECT_TO_HTTP ->
                    out -> redirect(out, elsewhere.keysUri().toString());
                case REDIRECT_TO_ANOTHER_HOST ->
                    out -> redirect(out, elsewhere.keysUri().toString().replace("127.0.0.1", "localhost"));
                case HUGE ->
                    out -> {
                        head(out, "Content-Length: 20000000", "");
                        fill(out);
                    };
                case ENDLESS ->
                    out -> {
                        head(out, "Transfer-Encoding: chunked", "");
                        fill(out);
                    };
                case RESET -> out -> {};
                case SILENCE -> out -> asked.pause(LONG);
                case ONE_BYTE_AT_A_TIME ->
                    out -> {
                        head(out, "Content-Length: " + set.length(), "");
                        for (byte octet : set.getBytes(UTF_8)) {
                            out.write(octet);
                            asked.pause(Duration.ofMillis(100));
                        }
                    };
            };
        }

        private static void head(OutputStream out, String field, String body) throws IOException {
            String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n" + field
                    + "\r\n\r\n" + body;
            out.write(answer.getBytes(UTF_8));
            out.flush();
        }

        private static void redirect(OutputStream out, String address) throws IOException {
            String answer =
                    "HTTP/1.1 302 Found\r\nLocation: " + address + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            out.write(answer.getBytes(UTF_8));
        }

        /** Chunks of blanks, until the other side has enough; a blank is allowed anywhere in JSON. */
        private static void fill(OutputStream out) throws IOException {
            byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(UTF_8);
            for (int i = 0; i < 10_000; i++) {
                out.write(chunk);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void validate_faultAfterAGoodSet_replacesNothingAndEndsWithTheFault(Fault fault) {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            String remembered = issuer.token("a", scene.clock(), Duration.ofHours(1));
            assertThat(scene.verdict(remembered)).isEqualTo("VALID");
            issuer.answer(fault.answer(issuer, elsewhere));

            scene.nextFetch(issuer);

            assertThat(scene.outcomes(issuer)).hasSize(2);
            assertThat(scene.lastOutcome(issuer)).isNotEqualTo(KeyFetch.FETCHED);
            // A connection that ends without an octet is tried again at once: by the JDK's client, and then by ours.
            assertThat(issuer.asked()).isBetween(2, fault == Fault.RESET ? 5 : 2);
            assertThat(elsewhere.connections()).isZero();
            assertThat(scene.verdict(remembered)).isEqualTo("VALID");
            assertThat(scene.verdict(issuer.token("a", scene.clock()))).isEqualTo("VALID");
            assertThat(scene.verdict(issuer.token("b", scene.clock()))).isEqualTo("KEY_UNKNOWN");

            issuer.publish("a", "b");
            scene.settle();
            scene.advance(issuer, Duration.ofSeconds(8));

            assertThat(scene.lastOutcome(issuer)).isEqualTo(KeyFetch.FETCHED);
            assertThat(scene.verdict(issuer.token("b", scene.clock()))).isEqualTo("VALID");
        }
    }

    @ParameterizedTest
    @EnumSource
    void validate_faultBeforeAnySet_undecidedUntilItEnds(Fault fault) {
        issuer.answer(fault.answer(issuer, elsewhere));
        try (FaultScene scene = FaultScene.settled(issuer)) {
            String token = issuer.token("a", scene.clock());

            assertThat(scene.retryAfter(token))
                    .hasValueSatisfying(
                            wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8)));
            assertThat(elsewhere.connections()).isZero();

            issuer.publish("a");
            scene.nextFetch(issuer);

            assertThat(scene.verdict(token)).isEqualTo("VALID");
            assertThat(scene.outcomes(issuer)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HUGE", "ENDLESS"})
    void fetch_answerThatIsTooLarge_brokenOffAndNotReadToTheEnd(Fault fault) {
        issuer.answer(fault.answer(issuer, elsewhere));
        try (FaultScene scene = FaultScene.settled(issuer)) {
            await().until(() -> issuer.answered() == 1);

            // What the buffers of the two sockets take, and not the rest.
            assertThat(issuer.written()).isLessThan(16_000_000);
            assertThat(scene.outcomes(issuer)).containsExactly(KeyFetch.UNAVAILABLE);
        }
    }

    @Test
    void validate_issuerDownForHalfAnHour_everyTokenServed() {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            String remembered = issuer.token("a", scene.clock(), Duration.ofHours(1));
            List<String> verdicts = new ArrayList<>();
            issuer.goDown();

            for (int minute = 0; minute < 30; minute++) {
                scene.advance(issuer, Duration.ofMinutes(1));
                for (int i = 0; i < 10; i++) {
                    verdicts.add(scene.verdict(issuer.token("a", scene.clock())));
                    verdicts.add(scene.verdict(remembered));
                }
            }

            assertThat(verdicts).hasSize(600).containsOnly("VALID");
            // Nothing until the refresh is due, then after 1, 2, 4 … 32 seconds and each minute; a fifth is left to
            // chance.
            assertThat(scene.outcomes(issuer)).hasSizeBetween(28, 42);
            assertThat(scene.status(issuer).age()).hasValue(Duration.ofMinutes(30));

            issuer.comeBack();
            scene.advance(issuer, Duration.ofMinutes(1));

            assertThat(scene.lastOutcome(issuer)).isEqualTo(KeyFetch.FETCHED);
        }
    }

    @Test
    void validate_issuerDownForLongerThanTheSetServes_alarmAtHalfThenUndecidedThenServedAgain() {
        JwksConfigBuilder twoHours = JwksConfigBuilder.builder().maxStaleness(Duration.ofHours(2));
        try (CapturedLog log = new CapturedLog();
                FaultScene scene = FaultScene.of(issuer.config(twoHours))) {
            scene.settle();
            String remembered = issuer.token("a", scene.clock(), Duration.ofHours(9));
            assertThat(scene.verdict(remembered)).isEqualTo("VALID");
            issuer.goDown();

            scene.advance(issuer, Duration.ofMinutes(59));
            assertThat(log.errors()).isEmpty();
            scene.advance(issuer, Duration.ofMinutes(2));
            assertThat(log.errors()).singleElement().asString().contains("issuer main", "503");
            assertThat(scene.status(issuer).alarming()).isTrue();

            scene.advance(issuer, Duration.ofMinutes(59).minusSeconds(1));
            assertThat(scene.verdict(remembered)).isEqualTo("VALID");
            scene.advance(issuer, Duration.ofSeconds(1));
            assertThat(scene.verdict(remembered)).isEqualTo("UNDECIDED");
            assertThat(scene.verdict(issuer.token("a", scene.clock()))).isEqualTo("UNDECIDED");
            assertThat(scene.verdict(issuer.token("b", scene.clock()))).isEqualTo("UNDECIDED");
            assertThat(log.errors()).hasSize(1);

            issuer.comeBack();
            scene.advance(issuer, Duration.ofSeconds(10));
            assertThat(scene.verdict(remembered)).isEqualTo("VALID");
        }
    }

    @Test
    void validate_issuerDownAtStart_undecidedUntilTenSecondsAfterItsReturn() {
        issuer.goDown();
        try (FaultScene scene = FaultScene.settled(issuer)) {
            for (int second = 0; second < 180; second += 10) {
                assertThat(scene.retryAfter(issuer.token("a", scene.clock())))
                        .hasValueSatisfying(
                                wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8)));
                scene.advance(issuer, Duration.ofSeconds(10));
            }
            // After 1, 2, 4 and then every 8 seconds, of which a fifth is left to chance.
            assertThat(scene.outcomes(issuer)).hasSizeBetween(24, 34).containsOnly(KeyFetch.UNAVAILABLE);

            issuer.comeBack();
            scene.advance(issuer, Duration.ofSeconds(10));

            assertThat(scene.verdict(issuer.token("a", scene.clock()))).isEqualTo("VALID");
            assertThat(issuer.asked()).isEqualTo(1);
        }
    }

    @Test
    void validate_firstAnswerIsLate_firstRequestWaitsForIt() {
        issuer.answer(out -> {
            issuer.pause(Duration.ofMillis(800));
            FaultyIssuer.write(out, "200 OK", "application/json", FaultyIssuer.set("main", "a"));
        });
        try (FaultScene scene = FaultScene.of(issuer.config())) {
            assertThat(scene.verdict(issuer.token("a", scene.clock()))).isEqualTo("VALID");
            assertThat(issuer.asked()).isEqualTo(1);
        }
    }

    @Test
    void validate_answerIsLaterThanARequestWaits_refusedNowAndPassesThen() {
        CountDownLatch open = new CountDownLatch(1);
        try (FaultScene scene = FaultScene.settled(issuer)) {
            issuer.publishWhen(open, "a", "b");
            String token = issuer.token("b", scene.clock());

            assertThat(scene.verdict(token)).isEqualTo("KEY_UNKNOWN");
            open.countDown();
            scene.settle();

            assertThat(scene.verdict(token)).isEqualTo("VALID");
            assertThat(issuer.asked()).isEqualTo(2);
        }
    }

    @Test
    void validate_issuerThatFlaps_lastGoodSetServesThroughout() {
        Fault[] faults = {Fault.STATUS_500, Fault.STATUS_502_WITH_A_PAGE, Fault.PAGE, Fault.EMPTY_KEYS, Fault.RESET};
        AtomicInteger turn = new AtomicInteger();
        try (FaultScene scene = FaultScene.settled(issuer)) {
            issuer.answer(out -> {
                int now = turn.getAndIncrement() % (faults.length + 1);
                if (now == faults.length) {
                    FaultyIssuer.write(out, "200 OK", "application/json", FaultyIssuer.set("main", "a"));
                } else {
                    Objects.requireNonNull(faults[now])
                            .answer(issuer, elsewhere)
                            .write(out);
                }
            });
            List<String> verdicts = new ArrayList<>();
            for (int minute = 0; minute < 120; minute++) {
                scene.advance(issuer, Duration.ofMinutes(1));
                verdicts.add(scene.verdict(issuer.token("a", scene.clock())));
            }

            assertThat(verdicts).containsOnly("VALID");
            assertThat(scene.outcomes(issuer)).contains(KeyFetch.FETCHED, KeyFetch.UNAVAILABLE, KeyFetch.UNUSABLE);
            assertThat(scene.status(issuer).age().orElseThrow()).isLessThan(Duration.ofMinutes(10));
        }
    }
}
