package dev.scopegate.challenge;

import dev.scopegate.model.Problem;
import dev.scopegate.model.RefusalReason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bodies of all refusals, written beforehand up to the correlation id, so that a flood of bad requests costs little more
 * than its reading.
 *
 * <p>Immutable; safe for concurrent use.
 */
final class PreparedBodies {

    /** They depend on nothing that is configured. */
    static final PreparedBodies ALL = new PreparedBodies();

    private static final String MARK = "CORRELATIONID";

    private final Map<Refusal, Map<BodyFormat, Body>> bodies = new HashMap<>();

    /** A body before and after its correlation id. */
    private record Body(String before, String after) {}

    private PreparedBodies() {
        for (RefusalReason reason : RefusalReason.values()) {
            prepare(Refusal.of(reason, true));
            prepare(Refusal.of(reason, false));
        }
    }

    private void prepare(Refusal refusal) {
        Problem problem = refusal.problem(MARK, List.of());
        Map<BodyFormat, Body> formats = new EnumMap<>(BodyFormat.class);
        for (BodyFormat format : BodyFormat.values()) {
            String[] parts = format.write(problem).split(MARK, 2);
            formats.put(format, new Body(parts[0], parts[1]));
        }
        bodies.put(refusal, formats);
    }

    /** The body of {@code problem}, which {@code refusal} is written as. */
    String body(Refusal refusal, Problem problem, BodyFormat format) {
        Map<BodyFormat, Body> formats = bodies.get(refusal);
        Body body = formats == null || !problem.requiredScopes().isEmpty() ? null : formats.get(format);
        return body == null ? format.write(problem) : body.before() + problem.correlationId() + body.after();
    }
}
