package dev.scopegate.observe.trace;

import dev.scopegate.introspection.http.ExchangeFailure;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How calls to issuers are named and what is said of them, unless an application says otherwise. Each key is always there, so
 * that the meter that a handler may make of it has the same tags in each series.
 */
final class IssuerCallConvention implements ObservationConvention<IssuerCallContext> {

    /** Not {@code scopegate.introspection} nor {@code scopegate.jwks.fetch}: those are meters, with other tags. */
    private static final String NAME = "scopegate.http.client";

    private static final int FIRST_ERROR = 400;

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof IssuerCallContext;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getContextualName(IssuerCallContext call) {
        return "scopegate " + call.errand().purpose().code();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(IssuerCallContext call) {
        OptionalInt status = call.status();
        return KeyValues.of(
                "scopegate.issuer", call.errand().server(),
                "scopegate.purpose", call.errand().purpose().code(),
                "scopegate.outcome", outcome(call),
                "http.request.method", call.method(),
                "http.response.status_code",
                        status.isPresent() ? Integer.toString(status.getAsInt()) : KeyValue.NONE_VALUE,
                "error.type", errorOf(call).orElse(KeyValue.NONE_VALUE));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(IssuerCallContext call) {
        // For spans alone, where it has to be missing rather than "none".
        return call.errand()
                .serverAddress()
                .map(host -> KeyValues.of("server.address", host))
                .orElse(KeyValues.empty());
    }

    private static String outcome(IssuerCallContext call) {
        OptionalInt status = call.status();
        if (status.isPresent()) {
            return status.getAsInt() >= 200 && status.getAsInt() < 300 ? "answered" : "unexpected";
        }
        return call.failure().isPresent() ? "failed" : KeyValue.NONE_VALUE;
    }

    /** In the words of OpenTelemetry: the status if it is an error, else the kind of failure; empty if all is well. */
    static Optional<String> errorOf(IssuerCallContext call) {
        OptionalInt status = call.status();
        return status.isPresent() && status.getAsInt() >= FIRST_ERROR
                ? Optional.of(Integer.toString(status.getAsInt()))
                : call.failure().map(ExchangeFailure::code);
    }
}
