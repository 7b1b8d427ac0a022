package dev.scopegate.observe;

import static dev.scopegate.observe.Decisions.NOON;
import static dev.scopegate.observe.Decisions.acceptedEvent;
import static dev.scopegate.observe.Decisions.refusedEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.CapturedLog;
import dev.scopegate.config.AuditConfig;
import dev.scopegate.config.AuditConfigBuilder;
import dev.scopegate.model.DecisionEvent;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.MutableClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditLogTest {

    private final MutableClock clock = MutableClock.at(NOON);
    private final Random dice = new Random(7);

    private AuditLog log(int acceptsOneIn, int linesPerSecond) {
        AuditConfig config = AuditConfigBuilder.builder()
                .acceptsOneIn(acceptsOneIn)
                .linesPerSecond(linesPerSecond)
                .build();
        return new AuditLog(config, dice::nextInt, clock, clock::read);
    }

    private Map<String, Object> only(DecisionEvent event) {
        List<Map<String, Object>> lines = AuditLines.during(() -> log(1, 100).decided(event));
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    @Test
    void line_accepted_whoDidWhatByWhichRule() {
        assertThat(only(acceptedEvent()))
                .containsEntry("@timestamp", "2026-11-21T12:00:00Z")
                .containsEntry("log.level", "INFO")
                .containsEntry("message", "request-accepted")
                .containsEntry("ecs.version", "8.17.0")
                .containsEntry("event.kind", "event")
                .containsEntry("event.dataset", "scopegate.audit")
                .containsEntry("event.category", List.of("api"))
                .containsEntry("event.type", List.of("access", "allowed"))
                .containsEntry("event.action", "request-accepted")
                .containsEntry("event.outcome", "success")
                .containsEntry("event.duration", 71_500L)
                .containsEntry("rule.name", "GET /contacts/**")
                .containsEntry("http.request.method", "GET")
                .containsEntry("url.path", "/contacts/7")
                .containsEntry("user.id", "alice")
                .containsEntry("scopegate.client_id", "web")
                .containsEntry("scopegate.issuer", "main")
                .containsEntry("scopegate.correlation_id", "00c0ffee00c0ffee")
                .containsEntry("scopegate.sampling.one_in", 1L)
                .hasSize(19);
    }

    @Test
    void line_refused_reasonAndStatusAndNobody() {
        assertThat(only(refusedEvent(RefusalReason.EXPIRED, 401)))
                .containsEntry("message", "request-refused: expired")
                .containsEntry("event.type", List.of("access", "denied"))
                .containsEntry("event.outcome", "failure")
                .containsEntry("event.reason", "expired")
                .containsEntry("http.response.status_code", 401L)
                .doesNotContainKeys("user.id", "scopegate.client_id", "scopegate.issuer", "scopegate.sampling.one_in");
    }

    @Test
    void line_undecided_outcomeUnknown() {
        DecisionEvent event = Decisions.event(
                Outcome.UNDECIDED, Optional.of(RefusalReason.KEYS_UNAVAILABLE), OptionalInt.of(503), Optional.empty());

        assertThat(only(event))
                .containsEntry("event.type", List.of("access", "denied"))
                .containsEntry("event.outcome", "unknown")
                .containsEntry("http.response.status_code", 503L);
    }

    @Test
    void line_shadowed_wasAllowedAndNeverAnsweredSo() {
        DecisionEvent event = Decisions.event(
                Outcome.SHADOWED,
                Optional.of(RefusalReason.SCOPE_MISSING),
                OptionalInt.of(403),
                Optional.of(Decisions.alice()));

        assertThat(only(event))
                .containsEntry("event.action", "request-shadowed")
                .containsEntry("event.type", List.of("access", "allowed"))
                .containsEntry("event.reason", "scope-missing")
                .containsEntry("scopegate.shadowed.status_code", 403L)
                .doesNotContainKey("http.response.status_code");
    }

    @Test
    void line_subjectThatTriesToForgeLines_escapedAndCut() {
        String forged = "eve\"}\n{\"event.outcome\":\"success\"}" + "x".repeat(1_000);
        DecisionEvent event = Decisions.event(
                Outcome.ACCEPTED, Optional.empty(), OptionalInt.empty(), Optional.of(Decisions.caller(forged, forged)));

        assertThat(only(event))
                .containsEntry("user.id", forged.substring(0, 256) + "…")
                .containsEntry("scopegate.client_id", forged.substring(0, 256) + "…");
    }

    @Test
    void line_claimsOfTheCaller_notWritten() {
        String written = CapturedLog.during(() -> log(1, 100).decided(acceptedEvent()));

        assertThat(written).contains("alice").doesNotContain("alice@example.com", "read:contacts");
    }

    @Test
    void sampling_oneInTen_refusalsAllTheSame() {
        AuditLog log = log(10, 100_000);

        List<Map<String, Object>> lines = AuditLines.during(() -> {
            IntStream.range(0, 10_000).forEach(i -> log.decided(acceptedEvent()));
            IntStream.range(0, 50).forEach(i -> log.decided(refusedEvent(RefusalReason.EXPIRED, 401)));
        });

        long refused =
                lines.stream().filter(line -> line.containsKey("event.reason")).count();
        assertThat(refused).isEqualTo(50);
        assertThat(lines.size() - refused).isBetween(900L, 1_100L);
        assertThat(lines.get(0)).containsEntry("scopegate.sampling.one_in", 10L);
    }

    @Test
    void sampling_leftOut_isNotDropped() {
        AuditLog log = log(1_000_000, 10);

        assertThat(AuditLines.during(() -> {
                    IntStream.range(0, 1_000).forEach(i -> log.decided(acceptedEvent()));
                    log.close();
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10", "11", "53", "100", "1000"})
    void budget_everyKindAtOnce_neverMoreLinesInASecond(int linesPerSecond) {
        AuditLog log = log(1, linesPerSecond);
        Runnable flood = () -> {
            for (int i = 0; i < 1_100; i++) {
                log.decided(acceptedEvent());
                Arrays.stream(RefusalReason.values()).forEach(reason -> log.decided(refusedEvent(reason, 401)));
            }
        };

        for (int second = 0; second < 3; second++) {
            List<Map<String, Object>> lines = AuditLines.during(flood);
            assertThat(lines).hasSizeLessThanOrEqualTo(linesPerSecond).hasSizeGreaterThan(linesPerSecond / 2 - 1);
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void budget_acceptedFloods_refusalsHaveTheirLines() {
        AuditLog log = log(1, 10);

        List<Map<String, Object>> lines = AuditLines.during(() -> {
            IntStream.range(0, 1_000).forEach(i -> log.decided(acceptedEvent()));
            log.decided(refusedEvent(RefusalReason.SCOPE_MISSING, 403));
            log.decided(refusedEvent(RefusalReason.EXPIRED, 401));
        });

        assertThat(lines)
                .extracting(line -> line.get("event.reason"))
                .contains(RefusalReason.SCOPE_MISSING.code(), RefusalReason.EXPIRED.code());
    }

    @Test
    void budget_oneReasonFloods_anotherHasALine() {
        AuditLog log = log(1, 10);

        List<Map<String, Object>> lines = AuditLines.during(() -> {
            IntStream.range(0, 1_000).forEach(i -> log.decided(refusedEvent(RefusalReason.PATH_AMBIGUOUS, 400)));
            log.decided(refusedEvent(RefusalReason.SCOPE_MISSING, 403));
        });

        assertThat(lines).extracting(line -> line.get("event.reason")).contains(RefusalReason.SCOPE_MISSING.code());
    }

    @Test
    void dropped_nextSecond_countedByKindInALineOfItsOwn() {
        AuditLog log = log(1, 10);

        List<Map<String, Object>> lines = AuditLines.during(() -> {
            IntStream.range(0, 1_000).forEach(i -> log.decided(refusedEvent(RefusalReason.EXPIRED, 401)));
            clock.advance(Duration.ofSeconds(1));
            log.decided(acceptedEvent());
        });

        long written = lines.stream()
                .filter(line -> "expired".equals(line.get("event.reason")))
                .count();
        assertThat(lines.get(lines.size() - 1))
                .containsEntry("event.kind", "event")
                .containsEntry("event.action", "lines-dropped")
                .containsEntry("scopegate.dropped.expired", 1_000 - written);
    }

    @Test
    void close_linesDroppedSinceTheLastLine_told() {
        AuditLog log = log(1, 10);
        IntStream.range(0, 100).forEach(i -> log.decided(refusedEvent(RefusalReason.EXPIRED, 401)));

        List<Map<String, Object>> lines = AuditLines.during(log::close);

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).containsKey("scopegate.dropped.expired");
        assertThat(AuditLines.during(log::close)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0,       100,    audit.accepts-one-in",
        "1000001, 100,    audit.accepts-one-in",
        "1,       9,      audit.lines-per-second",
        "1,       100001, audit.lines-per-second"
    })
    void of_limitBeyondItsRange_refused(int acceptsOneIn, int linesPerSecond, String named) {
        AuditConfig config = new AuditConfig(AuditConfig.Log.ECS, acceptsOneIn, linesPerSecond);

        assertThatThrownBy(() -> AuditLog.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "1000000, 100000"})
    void of_limitWithinItsRange_taken(int acceptsOneIn, int linesPerSecond) {
        try (AuditLog log = AuditLog.of(new AuditConfig(AuditConfig.Log.ECS, acceptsOneIn, linesPerSecond))) {
            assertThat(AuditLines.during(() -> log.decided(refusedEvent(RefusalReason.EXPIRED, 401))))
                    .hasSize(1);
        }
    }
}
