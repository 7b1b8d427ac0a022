package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.introspection.http.ExchangeListener;
import dev.scopegate.model.Conclusion;
import dev.scopegate.observe.trace.IssuerCallContext;
import dev.scopegate.observe.trace.IssuerCallObservations;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application does with what is observed of calls to issuers: meters, names of its own, handlers that fail, nothing at all. */
@Timeout(60)
class IssuerCallRegistriesTest {

    private static final String NAME = "scopegate.http.client";

    private final ObservedServer observed = new ObservedServer();

    @AfterEach
    void close() {
        observed.close();
    }

    @Test
    void meters_madeOfObservations_besideThoseOfOurOwn() {
        observed.registry()
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(observed.meters()));
        observed.start(ObservedServer.BASIC);
        observed.judge("request", "opaque-1");
        observed.issuer().stop();
        observed.judge("request", "opaque-2");

        // What Prometheus wants of a meter: the same tags in each series.
        assertThat(observed.meters().find(NAME).timers().stream()
                        .map(timer -> timer.getId().getTags().stream()
                                .map(Tag::getKey)
                                .toList())
                        .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(observed.meters()
                        .get(NAME)
                        .tag("scopegate.outcome", "failed")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(observed.meters()
                        .get("scopegate.introspection")
                        .tag("outcome", "active")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void convention_ofTheApplication_replacesOurs() {
        observed.registry()
                .observationConfig()
                .observationConvention(new GlobalObservationConvention<IssuerCallContext>() {
                    @Override
                    public boolean supportsContext(Observation.Context context) {
                        return context instanceof IssuerCallContext;
                    }

                    @Override
                    public String getName() {
                        return "calls.to.login";
                    }

                    @Override
                    public KeyValues getLowCardinalityKeyValues(IssuerCallContext call) {
                        return KeyValues.of("whom", call.errand().server());
                    }
                });
        observed.start(ObservedServer.BASIC);

        observed.judge("request", "opaque-1");

        assertThat(observed.introspection().getName()).isEqualTo("calls.to.login");
        assertThat(ObservedCalls.keys(observed.introspection())).isEqualTo(Map.of("whom", "main"));
    }

    @Test
    void handler_thatFails_keepsNobodyFromBeingJudged() {
        ObservationRegistry broken = ObservationRegistry.create();
        Failing failing = new Failing();
        broken.observationConfig().observationHandler(failing);
        observed.startWith(broken, ObservedServer.BASIC);

        Conclusion conclusion =
                Observation.createNotStarted("request", broken).observe(() -> observed.judge("opaque-1"));

        assertThat(conclusion).isInstanceOf(Conclusion.Passed.class);
        assertThat(failing.failures.get()).isGreaterThan(1);
    }

    @Test
    void registry_thatIsNoop_isAskedForNothing() {
        ObservationRegistry noop = new Noop();
        observed.startWith(noop, ObservedServer.BASIC);

        assertThat(observed.judge("opaque-1")).isInstanceOf(Conclusion.Passed.class);
        assertThat(IssuerCallObservations.in(ObservationRegistry.NOOP)).isSameAs(ExchangeListener.NONE);
        assertThat(observed.issuer()
                        .wireMock()
                        .findAll(postRequestedFor(urlEqualTo("/introspect")))
                        .get(0)
                        .containsHeader("traceparent"))
                .isFalse();
    }

    /** Fails on calls to issuers, and on our own threads. */
    private static final class Failing implements ObservationHandler<Observation.Context> {

        private final AtomicInteger failures = new AtomicInteger();

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStart(Observation.Context context) {
            failIf(context instanceof IssuerCallContext);
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            failIf(Thread.currentThread().getName().startsWith("scopegate-"));
        }

        private void failIf(boolean now) {
            if (now) {
                failures.incrementAndGet();
                throw new IllegalStateException("a handler that fails");
            }
        }
    }

    /** Says that nobody listens, and fails whoever goes on all the same. */
    private static final class Noop implements ObservationRegistry {

        @Override
        public boolean isNoop() {
            return true;
        }

        @Override
        public Observation getCurrentObservation() {
            throw new AssertionError("asked");
        }

        @Override
        public Observation.Scope getCurrentObservationScope() {
            throw new AssertionError("asked");
        }

        @Override
        public void setCurrentObservationScope(Observation.Scope current) {
            throw new AssertionError("set");
        }

        @Override
        public ObservationConfig observationConfig() {
            throw new AssertionError("asked");
        }
    }
}
