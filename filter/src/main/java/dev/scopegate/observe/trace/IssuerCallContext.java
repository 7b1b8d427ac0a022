package dev.scopegate.observe.trace;

import dev.scopegate.introspection.http.Errand;
import dev.scopegate.introspection.http.ExchangeFailure;
import io.micrometer.observation.transport.RequestReplySenderContext;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/**
 * What is known of a call to an issuer while it is observed as {@code scopegate.http.client}. For conventions and handlers of
 * one's own: a {@link io.micrometer.observation.GlobalObservationConvention} for this context replaces names and keys.
 *
 * <p>Holds no address but that of the configuration, no token and no credentials. Its carrier takes header fields. Not
 * thread-safe, as no context is.
 */
public final class IssuerCallContext extends RequestReplySenderContext<BiConsumer<String, String>, Integer> {

    private final Errand errand;
    private final String method;
    private Optional<ExchangeFailure> failure = Optional.empty();

    IssuerCallContext(Errand errand, String method, BiConsumer<String, String> fields) {
        super((carrier, name, value) -> TraceFields.put(fields, name, value));
        this.errand = errand;
        this.method = method;
        setCarrier(fields);
        setRemoteServiceName(errand.server());
    }

    /** Whom is called, by its configured name, and for what. */
    public Errand errand() {
        return errand;
    }

    /** {@code GET} or {@code POST}. */
    public String method() {
        return method;
    }

    /** The status of the complete answer; empty as long as there is none. */
    public OptionalInt status() {
        Integer status = getResponse();
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** Why there is no complete answer; empty as long as there may be one. */
    public Optional<ExchangeFailure> failure() {
        return failure;
    }

    void failed(ExchangeFailure why) {
        failure = Optional.of(why);
    }
}
