package dev.scopegate.observe;

import dev.scopegate.model.Decision;
import dev.scopegate.model.DecisionEvent;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.DecisionListener;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of decisions. Where there are none, no event is made, so that nobody pays for what nobody hears.
 *
 * <p>Safe for concurrent use if they are.
 */
public final class DecisionEvents {

    private static final Logger LOG = LoggerFactory.getLogger("dev.scopegate.decisions");

    private static final int LONGEST_METHOD = 32;
    private static final int LONGEST_PATH = 256;

    private final List<DecisionListener> listeners;
    private final InstantSource clock;

    /** Tells {@code listeners}, in their order, with the time by {@code clock}. */
    public DecisionEvents(List<DecisionListener> listeners, InstantSource clock) {
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    void accepted(Decision decision, Duration took, RequestSnapshot request) {
        if (!listeners.isEmpty()) {
            String correlationId =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            tell(Outcome.ACCEPTED, decision, took, request, Optional.empty(), OptionalInt.empty(), correlationId);
        }
    }

    void answered(
            Decision decision,
            Duration took,
            RequestSnapshot request,
            RefusalReason reason,
            int status,
            String correlationId) {
        Outcome outcome = decision instanceof Decision.Undecided ? Outcome.UNDECIDED : Outcome.REFUSED;
        tell(outcome, decision, took, request, Optional.of(reason), OptionalInt.of(status), correlationId);
    }

    void shadowed(
            Decision decision,
            Duration took,
            RequestSnapshot request,
            RefusalReason reason,
            int status,
            String correlationId) {
        tell(Outcome.SHADOWED, decision, took, request, Optional.of(reason), OptionalInt.of(status), correlationId);
    }

    private void tell(
            Outcome outcome,
            Decision decision,
            Duration took,
            RequestSnapshot request,
            Optional<RefusalReason> reason,
            OptionalInt status,
            String correlationId) {
        if (listeners.isEmpty()) {
            return;
        }
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
        for (DecisionListener listener : listeners) {
            try {
                listener.decided(event);
            } catch (RuntimeException broken) {
                LOG.warn("A listener to decisions failed: {}", broken.getClass().getName());
            }
        }
    }

    /** Line breaks and terminal codes in a log are an attack on its readers: visible ASCII alone is left. */
    private static String harmless(String text, int longest) {
        StringBuilder safe = new StringBuilder();
        text.chars().limit(longest).forEach(c -> safe.append(c > ' ' && c < 0x7F ? (char) c : '?'));
        return safe.toString();
    }
}
