package dev.scopegate.observe.trace;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.transport.ReceiverContext;

/**
 * Says on the observation of a request what was decided: {@code scopegate.outcome} and {@code scopegate.reason}. As key values of
 * high cardinality, though there are few: those of low cardinality would become tags of somebody else's meter ({@code
 * http.server.requests}), which all its series need to have. Of several decisions on a request the last one stays.
 *
 * <p>Safe for concurrent use.
 */
public final class RequestObservation {

    /** So many observations of an application's own may be around ours. */
    private static final int MOST_PARENTS = 32;

    private final ObservationRegistry registry;

    /** Says it in {@code registry}; nothing at all in {@link ObservationRegistry#NOOP}. */
    public RequestObservation(ObservationRegistry registry) {
        this.registry = registry;
    }

    /**
     * A decision was made on the request that is observed now, if one is.
     *
     * @param outcome a word of a closed set, such as {@code refused}
     * @param reason a word of a closed set, such as {@code expired}; {@code none} if there is none
     */
    public void decided(String outcome, String reason) {
        Observation current = registry.isNoop() ? null : registry.getCurrentObservation();
        if (current != null) {
            received(current)
                    .highCardinalityKeyValue("scopegate.outcome", outcome)
                    .highCardinalityKeyValue("scopegate.reason", reason);
        }
    }

    /** That of the request, which others, such as Spring Security's, may be within; {@code current} if there is none. */
    private static Observation received(Observation current) {
        ObservationView each = current;
        for (int i = 0; each != null && i < MOST_PARENTS; i++) {
            if (each.getContextView() instanceof ReceiverContext<?> && each instanceof Observation request) {
                return request;
            }
            each = each.getContextView().getParentObservation();
        }
        return current;
    }
}
