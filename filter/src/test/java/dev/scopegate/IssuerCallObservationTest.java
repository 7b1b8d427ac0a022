package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.scopegate.config.ConfigReader;
import dev.scopegate.introspection.http.ExchangeListener;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.observe.trace.IssuerCallContext;
import dev.scopegate.observe.trace.IssuerCallObservations;
import dev.scopegate.test.TestIssuer;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is observed of calls to issuers, and to which request each belongs, over real sockets. */
@Timeout(60)
class IssuerCallObservationTest {

    private static final String NAME = "scopegate.http.client";
    private static final String SECRET = "s3cret-of-ours";
    private static final String BASIC = "introspection: { endpoint: '%1$s/introspect', client-id: api, client-secret: "
            + SECRET + ", cache: { ttl: 0s, negative-ttl: 0s } }";

    private final TestIssuer issuer = TestIssuer.start();
    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ObservedCalls calls = new ObservedCalls();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    private ResourceServer server;

    @BeforeEach
    void observe() {
        registry.observationConfig().observationHandler(calls);
        answer(okJson("{\"active\":true,\"aud\":\"https://api.example.com/contacts\"}"));
    }

    @AfterEach
    void close() {
        server.close();
        issuer.close();
        TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyRemainingCurrentObservation();
    }

    private void answer(ResponseDefinitionBuilder how) {
        issuer.wireMock().stubFor(post(urlEqualTo("/introspect")).willReturn(how));
    }

    private void start(ObservationRegistry observations, String... parts) {
        String yaml = """
                resource: https://api.example.com/contacts
                http: { allow-insecure-loopback: true }
                routes:
                  - { route: GET /contacts, access: authenticated }
                issuers:
                  - name: main
                    issuer: %1$s
                """.formatted(issuer.issuer());
        for (String part : parts) {
            yaml += "    " + part.formatted(issuer.issuer()) + "\n";
        }
        server = ResourceServer.builder(new ConfigReader().read("scopegate.yaml", yaml, folder))
                .meterRegistry(meters)
                .observationRegistry(observations)
                .build();
        await().until(() -> server.keySets().get(0).usable());
    }

    private Conclusion judge(String token) {
        return server.judge(
                new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer " + token)),
                () -> Surroundings.NONE);
    }

    /** Judged while an observation of this name is that of the request. */
    private int judge(String request, String token) {
        return Observation.createNotStarted(request, registry).observe(() -> status(judge(token)));
    }

    private static int status(Conclusion conclusion) {
        return conclusion instanceof Conclusion.Answered answered
                ? answered.answer().status()
                : 200;
    }

    private IssuerCallContext introspection() {
        assertThat(calls.ended("introspection")).hasSize(1);
        return calls.ended("introspection").get(0);
    }

    @Test
    void introspection_answered_belongsToTheRequestThoughAnotherThreadAsks() {
        start(registry, BASIC);

        assertThat(judge("request", "opaque-1")).isEqualTo(200);

        assertThat(ObservedCalls.parent(introspection())).isEqualTo("request");
        assertThat(introspection().getName()).isEqualTo(NAME);
        assertThat(introspection().getContextualName()).isEqualTo("scopegate introspection");
        assertThat(introspection().getRemoteServiceName()).isEqualTo("main");
        assertThat(introspection().getError()).isNull();
        assertThat(ObservedCalls.keys(introspection()))
                .containsOnly(
                        entry("scopegate.issuer", "main"),
                        entry("scopegate.purpose", "introspection"),
                        entry("scopegate.outcome", "answered"),
                        entry("http.request.method", "POST"),
                        entry("http.response.status_code", "200"),
                        entry("error.type", "none"),
                        entry("server.address", "localhost"));
    }

    @Test
    void introspection_trace_isSentAlongAndBaggageIsNot() {
        start(registry, BASIC);

        judge("request", "opaque-1");

        LoggedRequest sent = issuer.wireMock()
                .findAll(postRequestedFor(urlEqualTo("/introspect")))
                .get(0);
        assertThat(sent.getHeader("traceparent")).isEqualTo(ObservedCalls.TRACEPARENT);
        assertThat(sent.getHeader("X-B3-Sampled")).isEqualTo("1");
        assertThat(sent.containsHeader("baggage")).isFalse();
    }

    @Test
    void introspection_sharedByTwo_oneSpanOfTheFirst() throws Exception {
        try (HangingEndpoint endpoint = new HangingEndpoint()) {
            start(registry, BASIC.replace("%1$s/introspect", endpoint.address().toString()));
            Thread first = new Thread(() -> judge("first", "slow"));
            Thread second = new Thread(() -> judge("second", "slow"));
            first.start();
            await().until(() -> endpoint.hanging() == 1);
            second.start();
            await().until(() -> second.getState() == Thread.State.WAITING);
            endpoint.release();
            first.join();
            second.join();

            assertThat(endpoint.asked()).isEqualTo(1);
            assertThat(ObservedCalls.parent(introspection())).isEqualTo("first");
        }
    }

    @Test
    void introspection_endpointRests_noSpan() {
        start(registry, BASIC);
        answer(aResponse().withStatus(503).withHeader("Retry-After", "60"));
        assertThat(judge("request", "opaque-1")).isEqualTo(503);
        assertThat(calls.ended("introspection")).hasSize(1);

        assertThat(judge("request", "opaque-2")).isEqualTo(503);

        assertThat(calls.ended("introspection")).hasSize(1);
    }

    @Test
    void introspection_statusOfError_anErrorInAWordOfOurs() {
        start(registry, BASIC);
        answer(serverError().withStatusMessage("evil-status").withBody("evil-body"));

        judge("request", "opaque-1");

        assertThat(ObservedCalls.keys(introspection()))
                .containsEntry("scopegate.outcome", "unexpected")
                .containsEntry("http.response.status_code", "500")
                .containsEntry("error.type", "500");
        assertThat(introspection().getError()).hasMessage("500").hasNoCause();
        assertNothingLeaked("opaque-1", "evil");
    }

    @Test
    void introspection_noAnswer_anErrorInAWordOfOurs() {
        start(registry, BASIC);
        issuer.stop();

        judge("request", "opaque-1");

        assertThat(ObservedCalls.keys(introspection()))
                .containsEntry("scopegate.outcome", "failed")
                .containsEntry("http.response.status_code", "none")
                .containsEntry("error.type", "no_connection");
        assertThat(introspection().getError()).hasMessage("no_connection").hasNoCause();
        assertNothingLeaked("opaque-1");
    }

    @Test
    void introspection_hostileTokens_nothingOfThemObserved() {
        start(registry, BASIC);
        for (String token :
                List.of("evil-token~1", "evil.evil.evil", "eyJldmlsIjoxfQ.eyJldmlsIjoxfQ.evil", "evil\r\n")) {
            judge("request", token);
        }

        assertThat(calls.ended("introspection")).isNotEmpty();
        assertNothingLeaked("evil", "eyJ");
    }

    /** No token, secret or address is in anything that a tracer sees. */
    private void assertNothingLeaked(String... others) {
        assertThat(calls.text())
                .isNotEmpty()
                .doesNotContain(others)
                .doesNotContain(SECRET, "YXBpOn", "/introspect", "http://", "?");
    }

    @Test
    void keys_inTheBackground_rootsOfTheirOwn() {
        start(registry);

        await().until(() -> calls.ended("keys").size() == 1);
        assertThat(calls.begun()).extracting(ObservedCalls::parent).containsOnly("root");
        assertThat(ObservedCalls.keys(calls.ended("metadata").get(0)))
                .containsEntry("http.request.method", "GET")
                .containsEntry("server.address", "localhost");
        // The address of the keys is what the issuer says, and not configured.
        assertThat(ObservedCalls.keys(calls.ended("keys").get(0))).doesNotContainKey("server.address");
        assertThat(issuer.wireMock()
                        .findAll(getRequestedFor(urlEqualTo("/jwks")))
                        .get(0)
                        .getHeader("traceparent"))
                .isEqualTo(ObservedCalls.TRACEPARENT);
    }

    @Test
    void keys_fetchThatAnUnknownKeyForces_belongsToTheRequestThatWaits() {
        start(registry, "jwks: { uri: '%1$s/jwks' }");
        issuer.rotateKeys();

        judge(
                "request",
                issuer.token().audience("https://api.example.com/contacts").sign());

        assertThat(calls.ended("keys")).extracting(ObservedCalls::parent).containsExactly("root", "request");
        assertThat(ObservedCalls.keys(calls.ended("keys").get(1))).containsEntry("server.address", "localhost");
    }

    @Test
    void tokenAndMetadata_neededToAsk_belongToTheRequest() {
        issuer.wireMock()
                .stubFor(post(urlEqualTo("/token"))
                        .willReturn(okJson("{\"access_token\":\"ours\",\"token_type\":\"Bearer\",\"expires_in\":60}")));
        start(
                registry,
                "jwks: { uri: '%1$s/jwks' }",
                "introspection: { client-id: api, client-secret: s, client-authentication: bearer,"
                        + " bearer: { token-endpoint: '%1$s/token' } }");

        assertThat(judge("request", "opaque-1")).isEqualTo(200);

        for (String purpose : List.of("metadata", "token", "introspection")) {
            assertThat(calls.ended(purpose)).extracting(ObservedCalls::parent).containsExactly("request");
        }
    }

    @Test
    void reload_otherName_spansHaveIt() {
        String[] name = {"main"};
        server = ResourceServer.builder(() ->
                        new ConfigReader().read("scopegate.yaml", """
                        resource: https://api.example.com/contacts
                        http: { allow-insecure-loopback: true }
                        routes: [{ route: GET /contacts, access: authenticated }]
                        issuers: [{ name: %s, issuer: %s }]
                        """.formatted(name[0], issuer.issuer()), folder))
                .observationRegistry(registry)
                .build();
        await().until(() -> calls.ended("keys").size() == 1);
        name[0] = "other";

        server.reload();

        await().until(() -> calls.ended("keys").size() == 2);
        assertThat(calls.ended("metadata"))
                .extracting(call -> call.errand().server())
                .containsExactly("main", "other");
    }

    @Test
    void meters_madeOfObservations_besideThoseOfOurOwn() {
        registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        start(registry, BASIC);
        judge("request", "opaque-1");
        issuer.stop();
        judge("request", "opaque-2");

        // What Prometheus wants of a meter: the same tags in each series.
        assertThat(meters.find(NAME).timers().stream()
                        .map(timer -> timer.getId().getTags().stream()
                                .map(Tag::getKey)
                                .toList())
                        .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(meters.get(NAME).tag("scopegate.outcome", "failed").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("scopegate.introspection")
                        .tag("outcome", "active")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void convention_ofTheApplication_replacesOurs() {
        registry.observationConfig().observationConvention(new GlobalObservationConvention<IssuerCallContext>() {
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
        start(registry, BASIC);

        judge("request", "opaque-1");

        assertThat(introspection().getName()).isEqualTo("calls.to.login");
        assertThat(ObservedCalls.keys(introspection())).isEqualTo(Map.of("whom", "main"));
    }

    @Test
    void handler_thatFails_keepsNobodyFromBeingJudged() {
        ObservationRegistry broken = ObservationRegistry.create();
        Failing failing = new Failing();
        broken.observationConfig().observationHandler(failing);
        start(broken, BASIC);

        Conclusion conclusion = Observation.createNotStarted("request", broken).observe(() -> judge("opaque-1"));

        assertThat(conclusion).isInstanceOf(Conclusion.Passed.class);
        assertThat(failing.failures.get()).isGreaterThan(1);
    }

    @Test
    void registry_thatIsNoop_isAskedForNothing() {
        ObservationRegistry noop = new Noop();
        start(noop, BASIC);

        assertThat(judge("opaque-1")).isInstanceOf(Conclusion.Passed.class);
        assertThat(IssuerCallObservations.in(ObservationRegistry.NOOP)).isSameAs(ExchangeListener.NONE);
        assertThat(issuer.wireMock()
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
