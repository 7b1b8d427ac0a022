package dev.scopegate.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/* What follows is in docs/observability.md, letter by letter. */
class TracedFilter extends HttpFilter {

    private final transient ObservationRegistry observations = ObservationRegistry.create();

    TracedFilter(Tracer tracer, Propagator propagator) {
        observations
                .observationConfig()
                .observationHandler(new FirstMatchingCompositeObservationHandler(
                        new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                        new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                        new DefaultTracingObservationHandler(tracer)));
    }

    /** For {@code ResourceServer.builder()….observationRegistry(…)}. */
    ObservationRegistry observations() {
        return observations;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ReceiverContext<HttpServletRequest> received = new ReceiverContext<>(HttpServletRequest::getHeader);
        received.setCarrier(request);
        Observation span = Observation.start("http.server.requests", () -> received, observations);
        Observation.Scope scope = span.openScope();
        try {
            chain.doFilter(request, response);
        } finally {
            scope.close();
            span.stop();
        }
    }
}
