package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.scopegate.config.ConfigReader;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.observe.trace.IssuerCallContext;
import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.nio.file.Path;
import java.util.List;

/** A server and its issuer, and what is observed of the calls between them. */
final class ObservedServer implements AutoCloseable {

    static final String SECRET = "s3cret-of-ours";

    /** Introspection of which no answer is kept. */
    static final String BASIC = "introspection: { endpoint: '%1$s/introspect', client-id: api, client-secret: " + SECRET
            + ", cache: { ttl: 0s, negative-ttl: 0s } }";

    private final TestIssuer issuer = TestIssuer.start();
    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ObservedCalls calls = new ObservedCalls();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    private ResourceServer server;

    /** Not started; the issuer calls every token active. */
    ObservedServer() {
        registry.observationConfig().observationHandler(calls);
        answer(okJson("{\"active\":true,\"aud\":\"https://api.example.com/contacts\"}"));
    }

    /** What the issuer answers from now on when it is asked about a token. */
    void answer(ResponseDefinitionBuilder how) {
        issuer.wireMock().stubFor(post(urlEqualTo("/introspect")).willReturn(how));
    }

    /**
     * Starts, and waits until there are keys.
     *
     * @param parts of the issuer's configuration; {@code %1$s} is the issuer
     */
    void start(String... parts) {
        startWith(registry, parts);
    }

    /** The same, with another registry for what is observed. */
    void startWith(ObservationRegistry observations, String... parts) {
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
        serve(ResourceServer.builder(new ConfigReader().read("scopegate.yaml", yaml, Path.of("")))
                .meterRegistry(meters)
                .observationRegistry(observations)
                .build());
        await().until(() -> server.keySets().get(0).usable());
    }

    /** Takes a server over that is started already. */
    void serve(ResourceServer started) {
        server = started;
    }

    Conclusion judge(String token) {
        return server.judge(
                new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer " + token)),
                () -> Surroundings.NONE);
    }

    /** Judged while an observation of this name is that of the request. */
    int judge(String request, String token) {
        return Observation.createNotStarted(request, registry).observe(() -> status(judge(token)));
    }

    private static int status(Conclusion conclusion) {
        return conclusion instanceof Conclusion.Answered answered
                ? answered.answer().status()
                : 200;
    }

    /** The only question about a token that was answered. */
    IssuerCallContext introspection() {
        assertThat(calls.ended("introspection")).hasSize(1);
        return calls.ended("introspection").get(0);
    }

    ResourceServer server() {
        return server;
    }

    TestIssuer issuer() {
        return issuer;
    }

    TestObservationRegistry registry() {
        return registry;
    }

    ObservedCalls calls() {
        return calls;
    }

    MeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        server.close();
        issuer.close();
        TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyRemainingCurrentObservation();
    }
}
