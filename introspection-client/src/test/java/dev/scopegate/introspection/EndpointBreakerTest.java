package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.IntrospectionStatus.Endpoint;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the endpoint is left alone, for how long, and who may look how it fares; on a ticker that only the test moves. */
class EndpointBreakerTest {

    private static final Duration TOOK = Duration.ofMillis(5);
    private static final Duration NANO = Duration.ofNanos(1);

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T08:00:00Z"));
    private double jitter;
    private final EndpointBreaker breaker =
            new EndpointBreaker("main", clock::read, () -> jitter, new FailureLog("main", clock::read));

    private static IntrospectionException failure(Kind kind) {
        return new IntrospectionException(kind, "a failure");
    }

    private static IntrospectionException askingForRest(Duration time) {
        return new IntrospectionException(new HttpAnswer(429, "", Optional.of(time), Optional.empty(), new byte[0]));
    }

    private void answered() throws IntrospectionException {
        breaker.answered(breaker.ask(), TOOK);
    }

    private void failed() throws IntrospectionException {
        breaker.failed(breaker.ask(), failure(Kind.ENDPOINT_UNAVAILABLE), TOOK);
    }

    private void fail(int times) throws IntrospectionException {
        for (int i = 0; i < times; i++) {
            failed();
        }
    }

    private void failTenTimes() throws IntrospectionException {
        fail(10);
    }

    private IntrospectionException resting() {
        return catchThrowableOfType(IntrospectionException.class, breaker::ask);
    }

    private void assertRestsFor(Duration time) {
        assertThat(breaker.now()).isEqualTo(new EndpointBreaker.Now(Endpoint.RESTING, time));
        assertThat(resting().kind()).isEqualTo(Kind.RESTING);
        assertThat(resting().retryAfter()).contains(time);
    }

    @ParameterizedTest(name = "the outcomes {0} (+ answered, - failed): {1}")
    @CsvSource({
        "'', ASKED",
        "---------, ASKED",
        "----------, RESTING",
        "---------+, RESTING",
        "+++++-----, RESTING",
        "++++++----, ASKED",
        "++++++++++++++++++++, ASKED",
        "++++++++++++++++++++---------, ASKED",
        "++++++++++++++++++++----------, RESTING",
        // What is longer ago than 20 calls does not count any more.
        "----++++++++++++++++++++---------, ASKED",
        "+-+-+-+-+, ASKED",
        "+-+-+-+-+-, RESTING"
    })
    void ask_halfOfTheLastTwentyFailedAndTenThereAre_restsAndOtherwiseNot(String outcomes, Endpoint expected)
            throws IntrospectionException {
        for (int i = 0; i < outcomes.length(); i++) {
            if (outcomes.charAt(i) == '+') {
                answered();
            } else {
                failed();
            }
        }

        assertThat(breaker.now().endpoint()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"ENDPOINT_UNAVAILABLE", "TIMEOUT", "MALFORMED_ANSWER", "REFUSED_CLIENT"})
    void ask_tenFailuresOfAKind_restsAndSaysWhetherThatWasAnOutage(Kind kind) throws IntrospectionException {
        for (int i = 0; i < 10; i++) {
            breaker.failed(breaker.ask(), failure(kind), TOOK);
        }

        assertThat(resting().kind()).isEqualTo(Kind.RESTING);
        assertThat(resting().isOutage()).isEqualTo(failure(kind).isOutage());
    }

    @Test
    void ask_oneMistakeAmongOutages_theRestIsNoOutageUntilTheEndpointAnswers() throws IntrospectionException {
        breaker.failed(breaker.ask(), failure(Kind.REFUSED_CLIENT), TOOK);
        fail(9);
        assertThat(resting().isOutage()).isFalse();

        clock.advance(Duration.ofSeconds(5));
        answered();
        failTenTimes();
        assertThat(resting().isOutage()).isTrue();
    }

    @Test
    void ask_firstRest_fiveSecondsAndNotLonger() throws IntrospectionException {
        failTenTimes();
        assertRestsFor(Duration.ofSeconds(5));

        clock.advance(Duration.ofSeconds(2));
        assertRestsFor(Duration.ofSeconds(3));

        clock.advance(Duration.ofSeconds(3).minus(NANO));
        assertThat(resting().retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(breaker.now().endpoint()).isEqualTo(Endpoint.RESTING);

        clock.advance(NANO);
        assertThat(breaker.now()).isEqualTo(new EndpointBreaker.Now(Endpoint.PROBED, Duration.ZERO));
        breaker.ask();
    }

    @Test
    void ask_wallClockTurned_restsAllTheSame() throws IntrospectionException {
        failTenTimes();

        clock.set(clock.instant().plus(Duration.ofDays(1)));

        assertRestsFor(Duration.ofSeconds(5));
    }

    @Test
    void ask_eachProbeFails_restsDoubleToAMinute() throws IntrospectionException {
        failTenTimes();
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60, 60}) {
            assertRestsFor(Duration.ofSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds));
            failed();
        }
    }

    @ParameterizedTest
    @CsvSource({"0.0, 5000", "0.5, 4500", "1.0, 4000"})
    void ask_jitter_shortensARestByUpToAFifth(double drawn, long millis) throws IntrospectionException {
        jitter = drawn;

        failTenTimes();

        assertRestsFor(Duration.ofMillis(millis));
    }

    @Test
    void ask_probeUnderWay_nobodyElseAsks() throws IntrospectionException {
        failTenTimes();
        clock.advance(Duration.ofSeconds(5));
        long probe = breaker.ask();

        assertThat(resting().retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(breaker.now().endpoint()).isEqualTo(Endpoint.PROBED);

        breaker.answered(probe, TOOK);
        assertThat(breaker.now().endpoint()).isEqualTo(Endpoint.ASKED);
        breaker.ask();
    }

    @Test
    void ask_probeAnswered_countsAndRestsBeginAnew() throws IntrospectionException {
        failTenTimes();
        clock.advance(Duration.ofSeconds(5));
        failed();
        clock.advance(Duration.ofSeconds(10));
        answered();

        fail(9);
        assertThat(breaker.now().endpoint()).isEqualTo(Endpoint.ASKED);
        failed();
        assertRestsFor(Duration.ofSeconds(5));
    }

    @Test
    void withdrawn_probe_anotherOneMayProbe() throws IntrospectionException {
        failTenTimes();
        clock.advance(Duration.ofSeconds(5));

        breaker.withdrawn(breaker.ask());

        long probe = breaker.ask();
        assertThat(resting()).isNotNull();
        breaker.answered(probe, TOOK);
        assertThat(breaker.now().endpoint()).isEqualTo(Endpoint.ASKED);
    }

    @Test
    void outcome_callFromBeforeTheRest_saysNothingAboutTheProbe() throws IntrospectionException {
        long early = breaker.ask();
        long alsoEarly = breaker.ask();
        long andThis = breaker.ask();
        failTenTimes();
        clock.advance(Duration.ofSeconds(5));
        long probe = breaker.ask();

        breaker.answered(early, TOOK);
        breaker.failed(alsoEarly, failure(Kind.TIMEOUT), TOOK);
        breaker.withdrawn(andThis);

        assertThat(breaker.now().endpoint()).isEqualTo(Endpoint.PROBED);
        assertThat(resting()).isNotNull();
        breaker.answered(probe, TOOK);
        assertThat(breaker.now().endpoint()).isEqualTo(Endpoint.ASKED);
    }

    // F25
    @ParameterizedTest
    @ValueSource(ints = {1, 30, 3600})
    void failed_endpointAsksToBeLeftAlone_restsThatLongAfterOneFailure(int seconds) throws IntrospectionException {
        Duration asked = Duration.ofSeconds(seconds);
        breaker.failed(breaker.ask(), askingForRest(asked), TOOK);

        assertRestsFor(asked);
        clock.advance(asked.minus(NANO));
        assertThat(resting()).isNotNull();
        clock.advance(NANO);
        breaker.ask();
    }

    @Test
    void failed_endpointAsksForNoRest_countsLikeAnyFailure() throws IntrospectionException {
        for (int i = 0; i < 9; i++) {
            breaker.failed(breaker.ask(), askingForRest(Duration.ZERO), TOOK);
        }
        assertThat(breaker.now().endpoint()).isEqualTo(Endpoint.ASKED);

        breaker.failed(breaker.ask(), askingForRest(Duration.ZERO), TOOK);
        assertRestsFor(Duration.ofSeconds(5));
    }

    @Test
    void failed_probeAskedToWaitLessThanItsTurn_restsAsLongAsItsTurn() throws IntrospectionException {
        failTenTimes();
        clock.advance(Duration.ofSeconds(5));

        breaker.failed(breaker.ask(), askingForRest(Duration.ofSeconds(2)), TOOK);

        assertRestsFor(Duration.ofSeconds(10));
    }

    @Test
    void failed_severalAskForRest_theLongestCounts() throws IntrospectionException {
        long one = breaker.ask();
        long other = breaker.ask();
        long third = breaker.ask();

        breaker.failed(one, askingForRest(Duration.ofSeconds(10)), TOOK);
        breaker.failed(other, askingForRest(Duration.ofSeconds(30)), TOOK);
        breaker.failed(third, askingForRest(Duration.ofSeconds(20)), TOOK);

        assertRestsFor(Duration.ofSeconds(30));
    }

    @Test
    void failed_earlierCallAsksForRestDuringAProbe_restsAndTheProbeCountsNoMore() throws IntrospectionException {
        long early = breaker.ask();
        failTenTimes();
        clock.advance(Duration.ofSeconds(5));
        long probe = breaker.ask();

        breaker.failed(early, askingForRest(Duration.ofSeconds(30)), TOOK);
        breaker.answered(probe, TOOK);

        assertRestsFor(Duration.ofSeconds(30));
        clock.advance(Duration.ofSeconds(30));
        answered();
        assertThat(breaker.now().endpoint()).isEqualTo(Endpoint.ASKED);
    }

    @Test
    void ask_tickerThatBeginsFarBelowZero_isAskedAtOnce() {
        EndpointBreaker other =
                new EndpointBreaker("main", () -> Long.MIN_VALUE / 2, () -> 0, new FailureLog("main", clock::read));

        assertThat(other.now().endpoint()).isEqualTo(Endpoint.ASKED);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 11; i++) {
                        other.failed(other.ask(), failure(Kind.TIMEOUT), TOOK);
                    }
                })
                .isInstanceOf(IntrospectionException.class);
        assertThat(other.now().restsFor()).isEqualTo(Duration.ofSeconds(5));
    }
}
