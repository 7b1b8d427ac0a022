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

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.scopegate.config.ConfigReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is observed of calls to issuers, and to which request each belongs, over real sockets. */
@Timeout(60)
class IssuerCallObservationTest {

    private static final String NAME = "scopegate.http.client";

    private final ObservedServer observed = new ObservedServer();

    @AfterEach
    void close() {
        observed.close();
    }

    @Test
    void introspection_answered_belongsToTheRequestThoughAnotherThreadAsks() {
        observed.start(ObservedServer.BASIC);

        assertThat(observed.judge("request", "opaque-1")).isEqualTo(200);

        assertThat(ObservedCalls.parent(observed.introspection())).isEqualTo("request");
        assertThat(observed.introspection().getName()).isEqualTo(NAME);
        assertThat(observed.introspection().getContextualName()).isEqualTo("scopegate introspection");
        assertThat(observed.introspection().getRemoteServiceName()).isEqualTo("main");
        assertThat(observed.introspection().getError()).isNull();
        assertThat(ObservedCalls.keys(observed.introspection()))
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
        observed.start(ObservedServer.BASIC);

        observed.judge("request", "opaque-1");

        LoggedRequest sent = observed.issuer()
                .wireMock()
                .findAll(postRequestedFor(urlEqualTo("/introspect")))
                .get(0);
        assertThat(sent.getHeader("traceparent")).isEqualTo(ObservedCalls.TRACEPARENT);
        assertThat(sent.getHeader("X-B3-Sampled")).isEqualTo("1");
        assertThat(sent.containsHeader("baggage")).isFalse();
    }

    @Test
    void introspection_sharedByTwo_oneSpanOfTheFirst() throws Exception {
        try (HangingEndpoint endpoint = new HangingEndpoint()) {
            observed.start(ObservedServer.BASIC.replace(
                    "%1$s/introspect", endpoint.address().toString()));
            Thread first = new Thread(() -> observed.judge("first", "slow"));
            Thread second = new Thread(() -> observed.judge("second", "slow"));
            first.start();
            await().until(() -> endpoint.hanging() == 1);
            second.start();
            await().until(() -> second.getState() == Thread.State.WAITING);
            endpoint.release();
            first.join();
            second.join();

            assertThat(endpoint.asked()).isEqualTo(1);
            assertThat(ObservedCalls.parent(observed.introspection())).isEqualTo("first");
        }
    }

    @Test
    void introspection_endpointRests_noSpan() {
        observed.start(ObservedServer.BASIC);
        observed.answer(aResponse().withStatus(503).withHeader("Retry-After", "60"));
        assertThat(observed.judge("request", "opaque-1")).isEqualTo(503);
        assertThat(observed.calls().ended("introspection")).hasSize(1);

        assertThat(observed.judge("request", "opaque-2")).isEqualTo(503);

        assertThat(observed.calls().ended("introspection")).hasSize(1);
    }

    @Test
    void introspection_statusOfError_anErrorInAWordOfOurs() {
        observed.start(ObservedServer.BASIC);
        observed.answer(serverError().withStatusMessage("evil-status").withBody("evil-body"));

        observed.judge("request", "opaque-1");

        assertThat(ObservedCalls.keys(observed.introspection()))
                .containsEntry("scopegate.outcome", "unexpected")
                .containsEntry("http.response.status_code", "500")
                .containsEntry("error.type", "500");
        assertThat(observed.introspection().getError()).hasMessage("500").hasNoCause();
        assertNothingLeaked("opaque-1", "evil");
    }

    @Test
    void introspection_noAnswer_anErrorInAWordOfOurs() {
        observed.start(ObservedServer.BASIC);
        observed.issuer().stop();

        observed.judge("request", "opaque-1");

        assertThat(ObservedCalls.keys(observed.introspection()))
                .containsEntry("scopegate.outcome", "failed")
                .containsEntry("http.response.status_code", "none")
                .containsEntry("error.type", "no_connection");
        assertThat(observed.introspection().getError())
                .hasMessage("no_connection")
                .hasNoCause();
        assertNothingLeaked("opaque-1");
    }

    @Test
    void introspection_hostileTokens_nothingOfThemObserved() {
        observed.start(ObservedServer.BASIC);
        for (String token :
                List.of("evil-token~1", "evil.evil.evil", "eyJldmlsIjoxfQ.eyJldmlsIjoxfQ.evil", "evil\r\n")) {
            observed.judge("request", token);
        }

        assertThat(observed.calls().ended("introspection")).isNotEmpty();
        assertNothingLeaked("evil", "eyJ");
    }

    /** No token, secret or address is in anything that a tracer sees. */
    private void assertNothingLeaked(String... others) {
        assertThat(observed.calls().text())
                .isNotEmpty()
                .doesNotContain(others)
                .doesNotContain(ObservedServer.SECRET, "YXBpOn", "/introspect", "http://", "?");
    }

    @Test
    void keys_inTheBackground_rootsOfTheirOwn() {
        observed.start();

        await().until(() -> observed.calls().ended("keys").size() == 1);
        assertThat(observed.calls().begun()).extracting(ObservedCalls::parent).containsOnly("root");
        assertThat(ObservedCalls.keys(observed.calls().ended("metadata").get(0)))
                .containsEntry("http.request.method", "GET")
                .containsEntry("server.address", "localhost");
        // The address of the keys is what the issuer says, and not configured.
        assertThat(ObservedCalls.keys(observed.calls().ended("keys").get(0))).doesNotContainKey("server.address");
        assertThat(observed.issuer()
                        .wireMock()
                        .findAll(getRequestedFor(urlEqualTo("/jwks")))
                        .get(0)
                        .getHeader("traceparent"))
                .isEqualTo(ObservedCalls.TRACEPARENT);
    }

    @Test
    void keys_fetchThatAnUnknownKeyForces_belongsToTheRequestThatWaits() {
        observed.start("jwks: { uri: '%1$s/jwks' }");
        observed.issuer().rotateKeys();

        observed.judge(
                "request",
                observed.issuer()
                        .token()
                        .audience("https://api.example.com/contacts")
                        .sign());

        assertThat(observed.calls().ended("keys"))
                .extracting(ObservedCalls::parent)
                .containsExactly("root", "request");
        assertThat(ObservedCalls.keys(observed.calls().ended("keys").get(1)))
                .containsEntry("server.address", "localhost");
    }

    @Test
    void tokenAndMetadata_neededToAsk_belongToTheRequest() {
        observed.issuer()
                .wireMock()
                .stubFor(post(urlEqualTo("/token"))
                        .willReturn(okJson("{\"access_token\":\"ours\",\"token_type\":\"Bearer\",\"expires_in\":60}")));
        observed.start(
                "jwks: { uri: '%1$s/jwks' }",
                "introspection: { client-id: api, client-secret: s, client-authentication: bearer,"
                        + " bearer: { token-endpoint: '%1$s/token' } }");

        assertThat(observed.judge("request", "opaque-1")).isEqualTo(200);

        for (String purpose : List.of("metadata", "token", "introspection")) {
            assertThat(observed.calls().ended(purpose))
                    .extracting(ObservedCalls::parent)
                    .containsExactly("request");
        }
    }

    @Test
    void reload_otherName_spansHaveIt() {
        String[] name = {"main"};
        observed.serve(ResourceServer.builder(() -> new ConfigReader()
                        .read(
                                "scopegate.yaml",
                                """
                        resource: https://api.example.com/contacts
                        http: { allow-insecure-loopback: true }
                        routes: [{ route: GET /contacts, access: authenticated }]
                        issuers: [{ name: %s, issuer: %s }]
                        """.formatted(name[0], observed.issuer().issuer()),
                                Path.of("")))
                .observationRegistry(observed.registry())
                .build());
        await().until(() -> observed.calls().ended("keys").size() == 1);
        name[0] = "other";

        observed.server().reload();

        await().until(() -> observed.calls().ended("keys").size() == 2);
        assertThat(observed.calls().ended("metadata"))
                .extracting(call -> call.errand().server())
                .containsExactly("main", "other");
    }
}
