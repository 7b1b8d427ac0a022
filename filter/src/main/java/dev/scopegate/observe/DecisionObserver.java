package dev.scopegate.observe;

import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.ValidatedToken;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
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
    private final LineBudget lines = new LineBudget(10, System::nanoTime);

    /** An observer that counts in {@code meters}. */
    public DecisionObserver(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Notes one decision.
     *
     * @param took how long it took to decide
     * @param correlationId what the answer calls the refusal; empty for a permitted request
     */
    public void observe(Decision decision, Duration took, String correlationId) {
        if (decision instanceof Decision.Permitted permitted) {
            time("accepted", NONE, permitted.token(), decision, took);
        } else if (decision instanceof Decision.Refused refused) {
            time("refused", refused.reason().code(), refused.token(), decision, took);
            log("refused", refused.reason(), decision, correlationId);
        } else if (decision instanceof Decision.Undecided undecided) {
            time("undecided", undecided.reason().code(), Optional.empty(), decision, took);
            log("undecided", undecided.reason(), decision, correlationId);
        }
    }

    private void time(String outcome, String reason, Optional<ValidatedToken> token, Decision decision, Duration took) {
        Timer.builder("scopegate.requests")
                .description("Decisions on requests")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .tag("issuer", token.map(ValidatedToken::issuerName).orElse(NONE))
                .tag("route", decision.requirement().route())
                .register(meters)
                .record(took);
    }

    private void log(String outcome, RefusalReason reason, Decision decision, String correlationId) {
        if (!lines.take()) {
            return;
        }
        LOG.atInfo()
                .addKeyValue("outcome", outcome)
                .addKeyValue("reason", reason.code())
                .addKeyValue("route", decision.requirement().route())
                .addKeyValue("correlation_id", correlationId)
                .log(
                        "Request {}: {} (route {}, correlation id {})",
                        outcome,
                        reason.code(),
                        decision.requirement().route(),
                        correlationId);
        long dropped = lines.droppedBefore();
        if (dropped > 0) {
            LOG.info("{} more refusals were not logged", dropped);
        }
    }
}
