package dev.scopegate.observe;

import static dev.scopegate.observe.Decisions.REQUEST;
import static dev.scopegate.observe.Decisions.accepted;
import static dev.scopegate.observe.Decisions.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.CapturedLog;
import dev.scopegate.config.AuditConfig;
import dev.scopegate.config.AuditConfigBuilder;
import dev.scopegate.model.Decision;
import dev.scopegate.model.DecisionEvent;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.DecisionListener;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.test.MutableClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionEventsTest {

    private static final AuditConfig ECS =
            AuditConfigBuilder.builder().log(AuditConfig.Log.ECS).build();

    private final MutableClock clock = MutableClock.at(Decisions.NOON);
    private final List<DecisionEvent> heard = new ArrayList<>();

    private DecisionEvents events(DecisionListener... listeners) {
        return new DecisionEvents(List.of(listeners), clock, clock::read);
    }

    private static void accept(DecisionEvents events) {
        events.accepted(accepted(), Duration.ofNanos(5), REQUEST);
    }

    private static void refuse(DecisionEvents events, RequestSnapshot request) {
        events.answered(
                Outcome.REFUSED,
                refused(RefusalReason.EXPIRED),
                Duration.ofNanos(5),
                request,
                RefusalReason.EXPIRED,
                401,
                "00c0ffee00c0ffee");
    }

    @Test
    void accepted_oneListener_oneEvent() {
        accept(events(heard::add));

        assertThat(heard).hasSize(1);
        DecisionEvent event = heard.get(0);
        assertThat(event.at()).isEqualTo(Decisions.NOON);
        assertThat(event.took()).isEqualTo(Duration.ofNanos(5));
        assertThat(event.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(event.reason()).isEmpty();
        assertThat(event.status()).isEmpty();
        assertThat(event.correlationId()).matches("[0-9a-f]{16}");
        assertThat(event.route()).isEqualTo(Decisions.ROUTE);
        assertThat(event.caller()).contains(Decisions.alice());
    }

    @Test
    void accepted_severalListeners_sameEventInTheirOrder() {
        accept(events(heard::add, heard::add));

        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).isSameAs(heard.get(1));
    }

    @Test
    void answered_event_saysTheReasonAndTheStatusOfTheAnswer() {
        refuse(events(heard::add), REQUEST);

        assertThat(heard.get(0).reason()).contains(RefusalReason.EXPIRED);
        assertThat(heard.get(0).status()).hasValue(401);
        assertThat(heard.get(0).correlationId()).isEqualTo("00c0ffee00c0ffee");
        assertThat(heard.get(0).toString()).doesNotContain("not-to-be-told");
    }

    @Test
    void accepted_nobodyListens_allocatesNothing() {
        DecisionEvents events = events();
        Decision decision = accepted();
        Duration took = Duration.ofNanos(5);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        for (int i = 0; i < 1_000; i++) {
            events.accepted(decision, took, REQUEST);
        }

        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 100_000; i++) {
            events.accepted(decision, took, REQUEST);
        }

        // One event each would be some ten million bytes.
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\r\nINFO forged", "/\u001b[2J", "/\u202eright", "/ü", "/a b", "/\0"})
    void path_whatIsNotVisibleAscii_replaced(String path) {
        refuse(events(heard::add), Decisions.request("GET", path));

        assertThat(heard.get(0).path()).matches("/[!-~]+").contains("?").hasSize(path.length());
    }

    @Test
    void pathAndMethod_long_cut() {
        refuse(events(heard::add), Decisions.request("M".repeat(8_000), "/" + "a".repeat(8_000)));

        assertThat(heard.get(0).path()).hasSize(256);
        assertThat(heard.get(0).method()).hasSize(32);
    }

    @Test
    void listener_fails_othersAreToldAndNothingIsThrown() {
        DecisionListener broken = event -> {
            throw new IllegalStateException("with a text from somewhere");
        };
        DecisionListener lacking = event -> {
            throw new NoClassDefFoundError("com/example/Gone");
        };

        String log = CapturedLog.during(() -> accept(events(broken, lacking, heard::add)));

        assertThat(heard).hasSize(1);
        assertThat(log)
                .contains("java.lang.IllegalStateException", "java.lang.NoClassDefFoundError")
                .doesNotContain("from somewhere");
    }

    @Test
    void listener_failsAlways_warnedOfOnceAMinute() {
        DecisionEvents events = events(event -> {
            throw new IllegalStateException("");
        });

        String log = CapturedLog.during(() -> {
            for (int i = 0; i < 1_000; i++) {
                refuse(events, REQUEST);
            }
        });
        assertThat(log.lines()).hasSize(1);

        clock.advance(Duration.ofMinutes(1));
        assertThat(CapturedLog.during(() -> refuse(events, REQUEST)))
                .contains("1001 times so far")
                .hasLineCount(1);
    }

    @Test
    void audit_switchedOnAndOff_writesMeanwhile() {
        DecisionEvents events = events(heard::add);

        assertThat(AuditLines.during(() -> accept(events))).isEmpty();
        events.audit(ECS);
        assertThat(AuditLines.during(() -> accept(events))).hasSize(1);
        events.audit(AuditConfig.DEFAULT);
        assertThat(AuditLines.during(() -> accept(events))).isEmpty();
        assertThat(heard).hasSize(3);
    }

    @Test
    void audit_sameAgain_itsBudgetIsNotNew() {
        DecisionEvents events = events();
        AuditConfig few = new AuditConfig(AuditConfig.Log.ECS, 1, 10);

        List<?> lines = AuditLines.during(() -> {
            for (int i = 0; i < 50; i++) {
                events.audit(few);
                refuse(events, REQUEST);
            }
        });

        assertThat(lines).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void audit_replacedOrClosed_whatWasDroppedIsTold() {
        DecisionEvents events = events();
        events.audit(new AuditConfig(AuditConfig.Log.ECS, 1, 10));
        for (int i = 0; i < 50; i++) {
            refuse(events, REQUEST);
        }

        assertThat(AuditLines.during(() -> events.audit(ECS)))
                .singleElement()
                .satisfies(line -> assertThat(line).containsEntry("event.action", "lines-dropped"));
        assertThat(AuditLines.during(events::close)).isEmpty();
        assertThat(AuditLines.during(() -> accept(events))).isEmpty();
    }
}
