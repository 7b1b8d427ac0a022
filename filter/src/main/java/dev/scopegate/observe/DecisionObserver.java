package dev.scopegate.observe;

import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.ValidatedToken;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and times each decision as the meter {@code scopegate.requests} (tags {@code outcome}, {@code reason},
 * {@code issuer}, {@code route}) and logs each refusal with its correlation id, ten lines a second at most.
 *
 * <p>Safe for concurrent use.
 */
public final class DecisionObserver {

    private static final Logger LOG = LoggerFactory.getLogger("dev.scopegate.decisions");
    private static final String NONE = "none";

    private final MeterRegistry meters;
    private final DecisionEvents events;
    private final RequestObservation observation;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
    private final LineBudget lines = new LineBudget(10, System::nanoTime);

    /** An observer that counts in {@code meters} and tells {@code events}. */
    public DecisionObserver(MeterRegistry meters, DecisionEvents events) {
        this(meters, events, ObservationRegistry.NOOP);
    }

    /** As {@link #DecisionObserver(MeterRegistry, DecisionEvents)}; also says each decision on what {@code observations} observe. */
    public DecisionObserver(MeterRegistry meters, DecisionEvents events, ObservationRegistry observations) {
        this.meters = meters;
        this.events = events;
        this.observation = new RequestObservation(observations);
    }

    /** Notes that a request went on. */
    public void permitted(Decision decision, Duration took, RequestSnapshot request) {
        time("accepted", NONE, decision, took);
        events.accepted(decision, took, request);
    }

    /**
     * Notes that a request was answered with a refusal, or could not be decided.
     *
     * @param status the status of the answer
     * @param correlationId what the answer calls it
     */
    public void refused(Decision decision, Duration took, RequestSnapshot request, int status, String correlationId) {
        String outcome = decision instanceof Decision.Undecided ? "undecided" : "refused";
        RefusalReason reason = reason(decision);
        time(outcome, reason.code(), decision, took);
        log("Request " + outcome, outcome, reason, decision, correlationId);
        events.answered(decision, took, request, reason, status, correlationId);
    }

    /**
     * Notes that a request went on which would have been refused, were its route not in shadow mode.
     *
     * @param status the status that the answer would have had
     */
    public void shadowed(Decision decision, Duration took, RequestSnapshot request, int status, String correlationId) {
        RefusalReason reason = reason(decision);
        time("shadowed", reason.code(), decision, took);
        log("Request would be answered with " + status, "shadowed", reason, decision, correlationId);
        events.shadowed(decision, took, request, reason, status, correlationId);
    }

    private static RefusalReason reason(Decision decision) {
        return decision instanceof Decision.Refused refused
                ? refused.reason()
                : ((Decision.Undecided) decision).reason();
    }

    private void time(String outcome, String reason, Decision decision, Duration took) {
        String issuer = decision.token().map(ValidatedToken::issuerName).orElse(NONE);
        Series series =
                new Series(outcome, reason, issuer, decision.requirement().route());
        Timer timer = timers.get(series);
        if (timer == null) {
            timer = timers.computeIfAbsent(series, fresh -> fresh.register(meters));
        }
        timer.record(took);
        observation.decided(outcome, reason);
    }

    /**
     * One time series: four words, each of a closed set, so that there are few. Finding its timer anew would cost more than a
     * decision.
     */
    private record Series(String outcome, String reason, String issuer, String route) {

        Timer register(MeterRegistry meters) {
            return Timer.builder("scopegate.requests")
                    .description("Decisions on requests")
                    .tag("outcome", outcome)
                    .tag("reason", reason)
                    .tag("issuer", issuer)
                    .tag("route", route)
                    .register(meters);
        }
    }

    private void log(String sentence, String outcome, RefusalReason reason, Decision decision, String correlationId) {
        if (!lines.take()) {
            return;
        }
        LOG.atInfo()
                .addKeyValue("outcome", outcome)
                .addKeyValue("reason", reason.code())
                .addKeyValue("route", decision.requirement().route())
                .addKeyValue("correlation_id", correlationId)
                .log(
                        "{}: {} (route {}, correlation id {})",
                        sentence,
                        reason.code(),
                        decision.requirement().route(),
                        correlationId);
        long dropped = lines.droppedBefore();
        if (dropped > 0) {
            LOG.info("{} more refusals were not logged", dropped);
        }
    }
}
