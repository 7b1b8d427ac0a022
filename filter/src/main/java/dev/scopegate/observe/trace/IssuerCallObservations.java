package dev.scopegate.observe.trace;

import dev.scopegate.introspection.http.Errand;
import dev.scopegate.introspection.http.ExchangeFailure;
import dev.scopegate.introspection.http.ExchangeListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.Scope;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes each call to an issuer as {@code scopegate.http.client}: of which a registry with a tracer makes a span whose trace goes
 * on at the issuer. A call belongs to the request that caused it, whatever thread it is made on; one that no request caused
 * begins a trace.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public final class IssuerCallObservations implements ExchangeListener {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerCallObservations.class);
    private static final IssuerCallConvention CONVENTION = new IssuerCallConvention();

    private final ObservationRegistry registry;

    private IssuerCallObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    /** Observes in {@code registry}; nothing at all in {@link ObservationRegistry#NOOP}. */
    public static ExchangeListener in(ObservationRegistry registry) {
        return registry == ObservationRegistry.NOOP ? ExchangeListener.NONE : new IssuerCallObservations(registry);
    }

    @Override
    public Course begins(Errand errand, String method, BiConsumer<String, String> fields) {
        // Asked each time: handlers may be registered after the server was built.
        if (registry.isNoop()) {
            return Course.UNHEARD;
        }
        IssuerCallContext call = new IssuerCallContext(errand, method, fields);
        return new Observed(
                call,
                Observation.createNotStarted(null, CONVENTION, () -> call, registry)
                        .start());
    }

    @Override
    public Runnable onBehalfOfCaller(Runnable work) {
        Observation current = registry.isNoop() ? null : registry.getCurrentObservation();
        return current == null ? work : () -> within(current, work);
    }

    private void within(Observation cause, Runnable work) {
        Scope scope = opened(cause);
        try {
            work.run();
        } finally {
            close(scope);
        }
    }

    /** A handler that fails must not keep anybody from being asked about a token, nor leave its request behind on the thread. */
    private Scope opened(Observation cause) {
        Scope before = registry.getCurrentObservationScope();
        try {
            return cause.openScope();
        } catch (RuntimeException broken) {
            LOG.debug("A handler of observations failed: {}", broken.getClass().getName());
            registry.setCurrentObservationScope(before);
            return Scope.NOOP;
        }
    }

    private static void close(Scope scope) {
        try {
            scope.close();
        } catch (RuntimeException broken) {
            LOG.debug("A handler of observations failed: {}", broken.getClass().getName());
        }
    }

    /** One call that is observed. */
    private record Observed(IssuerCallContext call, Observation observation) implements Course {

        @Override
        public void answered(int status) {
            call.setResponse(status);
            end();
        }

        @Override
        public void failed(ExchangeFailure why) {
            call.failed(why);
            end();
        }

        private void end() {
            IssuerCallConvention.errorOf(call).map(FailedCall::new).ifPresent(observation::error);
            observation.stop();
        }
    }

    /** What a span shows as its exception: a word of ours, and nothing of what somebody answered. */
    private static final class FailedCall extends Exception {

        private static final long serialVersionUID = 1;

        FailedCall(String errorType) {
            super(errorType, null, false, false);
        }
    }
}
