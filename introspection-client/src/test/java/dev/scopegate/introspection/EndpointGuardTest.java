package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.IntrospectionStatus.Endpoint;
import dev.scopegate.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets one of the places, and what becomes of it. */
class EndpointGuardTest {

    private static final Duration TOOK = Duration.ofMillis(5);

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T08:00:00Z"));

    private EndpointGuard guard(int places, int forStrangers) {
        return new EndpointGuard(
                "main", places, forStrangers, clock::read, () -> 0, new FailureLog("main", clock::read));
    }

    private static IntrospectionException failure(Kind kind) {
        return new IntrospectionException(kind, "a failure");
    }

    private static Kind refusal(EndpointGuard guard, boolean wasActive) {
        return catchThrowableOfType(IntrospectionException.class, () -> guard.enter(wasActive))
                .kind();
    }

    private static void fail(EndpointGuard guard, boolean wasActive, Kind kind, int times)
            throws IntrospectionException {
        for (int i = 0; i < times; i++) {
            try (EndpointGuard.Leave leave = guard.enter(wasActive)) {
                leave.failed(failure(kind), TOOK);
            }
        }
    }

    // F20
    @ParameterizedTest
    @CsvSource({"64, 48, 16", "4, 3, 1", "3, 2, 1", "2, 1, 1", "1, 1, 0"})
    void enter_strangersTakeAllTheyGet_tokensInUseHaveTheRest(int places, int forStrangers, int reserved)
            throws IntrospectionException {
        EndpointGuard guard = guard(places, forStrangers);
        for (int i = 0; i < forStrangers; i++) {
            guard.enter(false);
        }
        assertThat(refusal(guard, false)).isEqualTo(Kind.OVERLOADED);

        for (int i = 0; i < reserved; i++) {
            guard.enter(true);
        }
        assertThat(refusal(guard, true)).isEqualTo(Kind.OVERLOADED);
        assertThat(guard.status().underWay()).isEqualTo(places);
    }

    @Test
    void enter_tokensInUseTakeAllPlaces_strangersGetNoneAndLoseNone() throws IntrospectionException {
        EndpointGuard guard = guard(4, 3);
        List<EndpointGuard.Leave> inUse = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            inUse.add(guard.enter(true));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(refusal(guard, false)).isEqualTo(Kind.OVERLOADED);
        }

        inUse.forEach(EndpointGuard.Leave::close);

        for (int i = 0; i < 3; i++) {
            guard.enter(false);
        }
        assertThat(guard.status().underWay()).isEqualTo(3);
    }

    @Test
    void close_callThatFailedLongAgo_givesThePlaceBackOnlyThen() throws IntrospectionException {
        EndpointGuard guard = guard(1, 1);
        EndpointGuard.Leave leave = guard.enter(false);

        leave.failed(failure(Kind.TIMEOUT), TOOK);
        assertThat(refusal(guard, false)).isEqualTo(Kind.OVERLOADED);

        leave.answered(TOOK);
        leave.close();
        guard.enter(false);
    }

    @Test
    void failed_thenAnswered_theFirstWordCounts() throws IntrospectionException {
        EndpointGuard guard = guard(64, 48);
        for (int i = 0; i < 10; i++) {
            try (EndpointGuard.Leave leave = guard.enter(true)) {
                leave.failed(failure(Kind.TIMEOUT), TOOK);
                leave.answered(TOOK);
            }
        }

        assertThat(guard.status().endpoint()).isEqualTo(Endpoint.RESTING);
    }

    @Test
    void enter_noPlaceForTheProbe_anotherOneMayProbe() throws IntrospectionException {
        EndpointGuard guard = guard(2, 1);
        EndpointGuard.Leave hanging = guard.enter(false);
        fail(guard, true, Kind.TIMEOUT, 10);
        clock.advance(Duration.ofSeconds(5));

        assertThat(refusal(guard, false)).isEqualTo(Kind.OVERLOADED);

        try (EndpointGuard.Leave probe = guard.enter(true)) {
            probe.answered(TOOK);
        }
        assertThat(guard.status().endpoint()).isEqualTo(Endpoint.ASKED);
        hanging.close();
    }

    @Test
    void failed_oddAnswersAboutTokensNobodyKnows_doNotCutOffTheOthers() throws IntrospectionException {
        EndpointGuard guard = guard(64, 48);

        fail(guard, false, Kind.MALFORMED_ANSWER, 100);
        assertThat(guard.status().endpoint()).isEqualTo(Endpoint.ASKED);

        fail(guard, true, Kind.MALFORMED_ANSWER, 10);
        assertThat(guard.status().endpoint()).isEqualTo(Endpoint.RESTING);
    }

    @Test
    void failed_probeWithAnOddAnswerAboutATokenNobodyKnows_anotherOneMayProbe() throws IntrospectionException {
        EndpointGuard guard = guard(64, 48);
        fail(guard, true, Kind.TIMEOUT, 10);
        clock.advance(Duration.ofSeconds(5));

        fail(guard, false, Kind.MALFORMED_ANSWER, 1);

        assertThat(guard.status().endpoint()).isEqualTo(Endpoint.PROBED);
        try (EndpointGuard.Leave probe = guard.enter(true)) {
            probe.answered(TOOK);
        }
        assertThat(guard.status().endpoint()).isEqualTo(Endpoint.ASKED);
    }

    @Test
    void status_clientRefused_untilACallIsAnswered() throws IntrospectionException {
        EndpointGuard guard = guard(64, 48);
        assertThat(guard.status().clientRefused()).isFalse();

        fail(guard, true, Kind.REFUSED_CLIENT, 1);
        assertThat(guard.status().clientRefused()).isTrue();
        fail(guard, true, Kind.TIMEOUT, 1);
        assertThat(guard.status().clientRefused()).isTrue();

        try (EndpointGuard.Leave leave = guard.enter(false)) {
            leave.answered(TOOK);
        }
        assertThat(guard.status().clientRefused()).isFalse();
    }

    @Test
    void status_eachState_isShown() throws IntrospectionException {
        EndpointGuard guard = guard(64, 48);
        assertThat(guard.status())
                .isEqualTo(new IntrospectionStatus("main", Endpoint.ASKED, false, 0, Optional.empty()));

        fail(guard, true, Kind.TIMEOUT, 10);
        assertThat(guard.status())
                .isEqualTo(new IntrospectionStatus(
                        "main", Endpoint.RESTING, false, 0, Optional.of(Duration.ofSeconds(5))));

        clock.advance(Duration.ofSeconds(5));
        assertThat(guard.status())
                .isEqualTo(new IntrospectionStatus("main", Endpoint.PROBED, false, 0, Optional.empty()));
    }
}
