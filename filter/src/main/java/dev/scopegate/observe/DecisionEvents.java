package dev.scopegate.observe;

import dev.scopegate.config.AuditConfig;
import dev.scopegate.model.CorrelationIds;
import dev.scopegate.model.Decision;
import dev.scopegate.model.DecisionEvent;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.DecisionListener;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of decisions, and the audit log if one is configured. Where there are none, no event is made, so that nobody pays for
 * what nobody hears.
 *
 * <p>Safe for concurrent use if they are.
 */
public final class DecisionEvents implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.scopegate.decisions");

    private static final int LONGEST_METHOD = 32;
    private static final int LONGEST_PATH = 256;

    private final List<ToldListener> given;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private AuditConfig audit = AuditConfig.DEFAULT;
    private Optional<AuditLog> log = Optional.empty();
    private volatile List<ToldListener> listeners;

    /** Tells {@code listeners}, in their order, with the time by {@code clock}. */
    public DecisionEvents(List<DecisionListener> listeners, InstantSource clock) {
        this(listeners, clock, System::nanoTime);
    }

    DecisionEvents(List<DecisionListener> listeners, InstantSource clock, LongSupplier nanos) {
        this.given = listeners.stream()
                .map(listener -> new ToldListener(listener, nanos))
                .toList();
        this.clock = clock;
        this.nanos = nanos;
        this.listeners = given;
    }

    /** Writes the audit log that is configured, in place of the one before. Where nothing changed, that one goes on. */
    public synchronized void audit(AuditConfig config) {
        if (config.equals(audit)) {
            return;
        }
        List<ToldListener> told = new ArrayList<>(given);
        Optional<AuditLog> before = log;
        log = config.log() == AuditConfig.Log.NONE ? Optional.empty() : Optional.of(new AuditLog(config, clock, nanos));
        log.ifPresent(fresh -> told.add(new ToldListener(fresh, nanos)));
        if (log.isPresent() && !AuditLog.isHeard()) {
            LOG.warn(
                    "'audit.log' is {}, but the logger {} is not enabled for INFO: nothing will be written",
                    config.log().word(),
                    AuditLog.LOGGER);
        }
        audit = config;
        listeners = List.copyOf(told);
        before.ifPresent(AuditLog::close);
    }

    /** Ends the audit log that is configured. */
    @Override
    public synchronized void close() {
        audit(AuditConfig.DEFAULT);
    }

    void accepted(Decision decision, Duration took, RequestSnapshot request) {
        List<ToldListener> told = listeners;
        if (!told.isEmpty()) {
            String correlationId = CorrelationIds.next();
            tell(told, Outcome.ACCEPTED, decision, took, request, Optional.empty(), OptionalInt.empty(), correlationId);
        }
    }

    void answered(
            Outcome outcome,
            Decision decision,
            Duration took,
            RequestSnapshot request,
            RefusalReason reason,
            int status,
            String correlationId) {
        List<ToldListener> told = listeners;
        if (!told.isEmpty()) {
            tell(told, outcome, decision, took, request, Optional.of(reason), OptionalInt.of(status), correlationId);
        }
    }

    private void tell(
            List<ToldListener> told,
            Outcome outcome,
            Decision decision,
            Duration took,
            RequestSnapshot request,
            Optional<RefusalReason> reason,
            OptionalInt status,
            String correlationId) {
        DecisionEvent event = new DecisionEvent(
                clock.instant(),
                took,
                outcome,
                reason,
                status,
                correlationId,
                decision.requirement().route(),
                harmless(request.method(), LONGEST_METHOD),
                harmless(request.rawPath(), LONGEST_PATH),
                decision.token());
        for (ToldListener listener : told) {
            listener.tell(event);
        }
    }

    /** Line breaks and terminal codes in a log are an attack on its readers: visible ASCII alone is left. */
    private static String harmless(String text, int longest) {
        StringBuilder safe = new StringBuilder();
        text.chars().limit(longest).forEach(c -> safe.append(c > ' ' && c < 0x7F ? (char) c : '?'));
        return safe.toString();
    }
}
