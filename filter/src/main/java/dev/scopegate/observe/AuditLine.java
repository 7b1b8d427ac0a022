package dev.scopegate.observe;

import dev.scopegate.model.DecisionEvent;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.ValidatedToken;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * An event as one line of JSON, with the field names of the Elastic Common Schema where it has one, and {@code scopegate.…} for the
 * rest.
 */
final class AuditLine {

    private static final String VERSION = "8.17.0";
    private static final List<String> CATEGORY = List.of("api");

    private AuditLine() {}

    /**
     * A decision.
     *
     * @param acceptsOneIn of how many accepted requests this one stands for
     */
    static String of(DecisionEvent event, int acceptsOneIn) {
        boolean accepted = event.outcome() == Outcome.ACCEPTED;
        boolean shadowed = event.outcome() == Outcome.SHADOWED;
        String action = "request-" + event.outcome().code();
        JsonObjectText line = begun(
                event.at(),
                event.reason().map(why -> action + ": " + why.code()).orElse(action));
        line.add("event.action", action);
        // What went on in shadow mode was allowed, whatever the rule says of it.
        line.add("event.type", List.of("access", accepted || shadowed ? "allowed" : "denied"));
        line.add("event.outcome", ecsOutcome(event.outcome()));
        event.reason().map(RefusalReason::code).ifPresent(code -> line.add("event.reason", code));
        line.add("event.duration", event.took().toNanos());
        line.add("rule.name", event.route());
        line.add("http.request.method", event.method());
        line.add("url.path", event.path());
        event.status()
                .ifPresent(status ->
                        line.add(shadowed ? "scopegate.shadowed.status_code" : "http.response.status_code", status));
        event.caller().ifPresent(caller -> addCaller(line, caller));
        line.add("scopegate.correlation_id", event.correlationId());
        if (accepted) {
            line.add("scopegate.sampling.one_in", acceptsOneIn);
        }
        return line.text();
    }

    private static void addCaller(JsonObjectText line, ValidatedToken caller) {
        caller.subject().ifPresent(subject -> line.add("user.id", subject));
        caller.clientId().ifPresent(client -> line.add("scopegate.client_id", client));
        line.add("scopegate.issuer", caller.issuerName());
    }

    /** How many decisions, of which kind, have no line. */
    static String dropped(Instant at, Map<String, Long> counts) {
        JsonObjectText line = begun(at, "lines-dropped");
        line.add("event.action", "lines-dropped");
        line.add("event.type", List.of("info"));
        counts.forEach((kind, count) -> line.add("scopegate.dropped." + kind, count));
        return line.text();
    }

    private static JsonObjectText begun(Instant at, String message) {
        JsonObjectText line = new JsonObjectText();
        line.add("@timestamp", at.truncatedTo(ChronoUnit.MICROS).toString());
        line.add("log.level", "INFO");
        line.add("message", message);
        line.add("ecs.version", VERSION);
        line.add("event.kind", "event");
        line.add("event.dataset", "scopegate.audit");
        line.add("event.category", CATEGORY);
        return line;
    }

    private static String ecsOutcome(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED, SHADOWED -> "success";
            case REFUSED -> "failure";
            case UNDECIDED -> "unknown";
        };
    }
}
