package dev.scopegate.observe;

import static dev.scopegate.observe.DecisionSeries.NONE;

import dev.scopegate.model.Decision;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.observe.trace.RequestObservation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and times each decision as the meter {@code scopegate.requests} (tags {@code outcome}, {@code reason},
 * {@code issuer}, {@code route}) and logs each refusal with its correlation id, ten lines a second at most, and besides the first for each
 * reason in each minute.
 *
 * <p>Safe for concurrent use.
 */
public final class DecisionObserver {

    private static final Logger LOG = LoggerFactory.getLogger("dev.scopegate.decisions");

    private static final int MOST_SERIES = 5_000;
    private static final int LINES_PER_SECOND = 10;

    private final DecisionSeries series;
    private final DecisionEvents events;
    private final RequestObservation observation;
    private final LineBudget lines;

    /** An observer that counts in {@code meters}, tells {@code events}, and says each decision on what {@code observations} observe. */
    public DecisionObserver(MeterRegistry meters, DecisionEvents events, ObservationRegistry observations) {
        this(meters, events, observations, System::nanoTime);
    }

    DecisionObserver(
            MeterRegistry meters, DecisionEvents events, ObservationRegistry observations, LongSupplier nanos) {
        this.series = new DecisionSeries(meters, MOST_SERIES);
        this.events = events;
        this.observation = new RequestObservation(observations);
        this.lines = new LineBudget(LINES_PER_SECOND, LineKind.ALL.size(), nanos);
    }

    /**
     * Registers what will be counted, so that an alarm finds a zero and not nothing.
     *
     * @param rules what applies to requests, one for those that no rule names included
     * @param issuers the names of all issuers
     * @param outages the reasons for which a request may not be decided
     */
    public void expect(Collection<RouteRequirement> rules, List<String> issuers, Collection<RefusalReason> outages) {
        series.expect(rules, issuers, outages);
    }

    /** Notes that a request went on. */
    public void permitted(Decision decision, Duration took, RequestSnapshot request) {
        time(Outcome.ACCEPTED, NONE, decision, took);
        events.accepted(decision, took, request);
    }

    /**
     * Notes that a request was answered with a refusal, or could not be decided.
     *
     * @param status the status of the answer
     * @param correlationId what the answer calls it
     */
    public void refused(Decision decision, Duration took, RequestSnapshot request, int status, String correlationId) {
        Outcome outcome = decision instanceof Decision.Undecided ? Outcome.UNDECIDED : Outcome.REFUSED;
        RefusalReason reason = reason(decision);
        time(outcome, reason.code(), decision, took);
        if (lines.take(LineKind.of(outcome, Optional.of(reason)))) {
            log("Request " + outcome.code(), outcome, reason, decision, correlationId);
        }
        events.answered(outcome, decision, took, request, reason, status, correlationId);
    }

    /**
     * Notes that a request went on which would have been refused, were its route not in shadow mode.
     *
     * @param status the status that the answer would have had
     */
    public void shadowed(Decision decision, Duration took, RequestSnapshot request, int status, String correlationId) {
        RefusalReason reason = reason(decision);
        time(Outcome.SHADOWED, reason.code(), decision, took);
        if (lines.take(LineKind.of(Outcome.SHADOWED, Optional.of(reason)))) {
            log("Request would be answered with " + status, Outcome.SHADOWED, reason, decision, correlationId);
        }
        events.answered(Outcome.SHADOWED, decision, took, request, reason, status, correlationId);
    }

    private static RefusalReason reason(Decision decision) {
        return decision instanceof Decision.Refused refused
                ? refused.reason()
                : ((Decision.Undecided) decision).reason();
    }

    private void time(Outcome outcome, String reason, Decision decision, Duration took) {
        Optional<ValidatedToken> token = decision.token();
        String issuer = token.isPresent() ? token.get().issuerName() : NONE;
        series.timer(outcome.code(), reason, issuer, decision.requirement().route())
                .record(took);
        observation.decided(outcome.code(), reason);
    }

    private void log(String sentence, Outcome outcome, RefusalReason reason, Decision decision, String correlationId) {
        LOG.atInfo()
                .addKeyValue("outcome", outcome.code())
                .addKeyValue("reason", reason.code())
                .addKeyValue("route", decision.requirement().route())
                .addKeyValue("correlation_id", correlationId)
                .log(
                        "{}: {} (route {}, correlation id {})",
                        sentence,
                        reason.code(),
                        decision.requirement().route(),
                        correlationId);
        Map<String, Long> dropped = lines.droppedBefore();
        if (!dropped.isEmpty()) {
            LOG.info("More refusals that were not logged: {}", counts(dropped));
        }
    }

    private static String counts(Map<String, Long> dropped) {
        return dropped.entrySet().stream()
                .map(kind -> kind.getKey() + " " + kind.getValue())
                .collect(Collectors.joining(", "));
    }
}
