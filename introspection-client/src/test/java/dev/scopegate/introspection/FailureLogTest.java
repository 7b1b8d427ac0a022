package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the operator is told, and how often. */
class FailureLogTest {

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T08:00:00Z"));
    private final FailureLog log = new FailureLog("login.example.com", clock::read);

    private static IntrospectionException failure(Kind kind) {
        return new IntrospectionException(kind, "a failure");
    }

    private static long lines(Logs logs, String words) {
        return logs.text().lines().filter(line -> line.contains(words)).count();
    }

    @Test
    void failed_clientRefusedManyTimes_oneErrorUntilItIsOver() {
        try (Logs logs = new Logs()) {
            for (int i = 0; i < 100; i++) {
                log.failed(failure(Kind.REFUSED_CLIENT));
            }
            assertThat(lines(logs, " ERROR ")).isEqualTo(1);
            assertThat(logs.text()).contains("login.example.com does not accept our client");

            log.answered();
            log.answered();
            assertThat(lines(logs, "accepts our client again")).isEqualTo(1);

            clock.advance(Duration.ofMinutes(1));
            log.failed(failure(Kind.REFUSED_CLIENT));
            assertThat(lines(logs, " ERROR ")).isEqualTo(2);
        }
    }

    @Test
    void failed_refusedAndAnsweredInTurn_oneErrorAMinute() {
        try (Logs logs = new Logs()) {
            for (int i = 0; i < 120; i++) {
                log.failed(failure(Kind.REFUSED_CLIENT));
                log.answered();
                clock.advance(Duration.ofSeconds(1));
            }

            assertThat(lines(logs, " ERROR ")).isEqualTo(2);
            assertThat(lines(logs, "accepts our client again")).isEqualTo(2);
        }
    }

    @Test
    void failed_unusableAnswers_oneWarningPerClient() {
        try (Logs logs = new Logs()) {
            for (int i = 0; i < 100; i++) {
                log.failed(failure(Kind.MALFORMED_ANSWER));
                log.answered();
                clock.advance(Duration.ofHours(1));
            }

            assertThat(logs.warnings()).isEqualTo(1);
        }
    }

    @Test
    void failed_outages_noWarning() {
        try (Logs logs = new Logs()) {
            log.failed(failure(Kind.TIMEOUT));
            log.failed(failure(Kind.ENDPOINT_UNAVAILABLE));

            assertThat(logs.warnings()).isZero();
        }
    }

    @Test
    void rests_probesFailAgainAndAgain_oneWarningAndOneLineWhenItIsOver() {
        try (Logs logs = new Logs()) {
            for (int i = 0; i < 10; i++) {
                log.rests(Duration.ofSeconds(60));
                clock.advance(Duration.ofSeconds(60));
            }
            log.answersAgain();

            assertThat(lines(logs, "rests for 60000 ms")).isEqualTo(1);
            assertThat(lines(logs, "answers again")).isEqualTo(1);
        }
    }

    @Test
    void rests_andAnswersInTurn_oneWarningAMinute() {
        try (Logs logs = new Logs()) {
            for (int i = 0; i < 60; i++) {
                log.rests(Duration.ofSeconds(1));
                log.answersAgain();
                clock.advance(Duration.ofSeconds(1));
            }

            assertThat(logs.warnings()).isEqualTo(1);
            assertThat(lines(logs, "answers again")).isEqualTo(1);
        }
    }
}
