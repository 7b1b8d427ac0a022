package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.observe.trace.IssuerCallContext;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps what was observed of calls to issuers, as a tracer would; and sends a trace along, with a header field that is none of a
 * trace's business.
 */
final class ObservedCalls implements ObservationHandler<IssuerCallContext> {

    static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final List<IssuerCallContext> begun = new CopyOnWriteArrayList<>();
    private final List<IssuerCallContext> ended = new CopyOnWriteArrayList<>();

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof IssuerCallContext;
    }

    @Override
    public void onStart(IssuerCallContext call) {
        begun.add(call);
        assertThat(call.getCarrier()).isNotNull();
        call.getSetter().set(call.getCarrier(), "traceparent", TRACEPARENT);
        call.getSetter().set(call.getCarrier(), "X-B3-Sampled", "1");
        call.getSetter().set(call.getCarrier(), "baggage", "customer=4711");
    }

    @Override
    public void onStop(IssuerCallContext call) {
        ended.add(call);
    }

    List<IssuerCallContext> begun() {
        return begun;
    }

    /** Those of this purpose that have ended. */
    List<IssuerCallContext> ended(String purpose) {
        return ended.stream()
                .filter(call -> call.errand().purpose().code().equals(purpose))
                .toList();
    }

    /** The keys and values of a call that has ended. */
    static Map<String, String> keys(IssuerCallContext call) {
        Map<String, String> keys = new TreeMap<>();
        for (KeyValue each : call.getAllKeyValues()) {
            keys.put(each.getKey(), each.getValue());
        }
        return keys;
    }

    /** The observation that a call belongs to, by its name; {@code root} if to none. */
    static String parent(IssuerCallContext call) {
        ObservationView parent = call.getParentObservation();
        return parent == null ? "root" : String.valueOf(parent.getContextView().getName());
    }

    /** All that a tracer could show of the calls. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (IssuerCallContext call : begun) {
            text.append(call.getName())
                    .append(call.getContextualName())
                    .append(call.getAllKeyValues())
                    .append(call.getRemoteServiceName())
                    .append(call.getRemoteServiceAddress())
                    .append(call.getError());
            for (Throwable each = call.getError(); each != null; each = each.getCause()) {
                text.append(each.getMessage()).append(List.of(each.getSuppressed()));
            }
        }
        return text.toString();
    }
}
