package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.Surroundings;
import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the observation of a request says of the decision on it. */
class RequestObservationTest {

    private static final String OUTCOME = "scopegate.outcome";
    private static final String REASON = "scopegate.reason";

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ResourceServer server = ResourceServer.builder()
            .resource("https://api.example.com/contacts")
            .issuer(ISSUER.issuer())
            .http(HttpConfig.allowingInsecureLoopback())
            .route("GET /contacts", "read:contacts")
            .route("GET /open", Access.PUBLIC)
            .route(RouteConfig.builder("GET /shadow")
                    .scopes(List.of("read:contacts"))
                    .mode(Mode.SHADOW)
                    .build())
            .meterRegistry(new SimpleMeterRegistry())
            .observationRegistry(registry)
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private Conclusion judge(String path, String authorization) {
        return server.judge(request(path, authorization), () -> Surroundings.NONE);
    }

    private static RequestSnapshot request(String path, String authorization) {
        return new RequestSnapshot(
                "GET", path, path, authorization.isEmpty() ? List.of() : List.of("Bearer " + authorization));
    }

    private static String token(String scope) {
        return ISSUER.token()
                .audience("https://api.example.com/contacts")
                .scope(scope)
                .sign();
    }

    /** What an observation says; in the low ones there must be none of it, for they become tags of other people's meters. */
    private static Map<String, String> said(Observation.Context context) {
        assertThat(context.getLowCardinalityKeyValues()).isEmpty();
        return Map.of(
                OUTCOME, context.getHighCardinalityKeyValue(OUTCOME).getValue(),
                REASON, context.getHighCardinalityKeyValue(REASON).getValue());
    }

    private Observation.Context observed(Runnable work) {
        Observation.Context context = new ReceiverContext<Object>((carrier, key) -> null);
        Observation.createNotStarted("request", () -> context, registry).observe(work);
        return context;
    }

    @ParameterizedTest(name = "{0} {1} → {2}, {3}")
    @CsvSource({
        "/open,         '',            accepted, none",
        "/contacts,     read:contacts, accepted, none",
        "/contacts,     openid,        refused,  scope-missing",
        "/contacts,     '',            refused,  credentials-absent",
        "/contacts//,   read:contacts, refused,  path-ambiguous",
        "/elsewhere,    read:contacts, refused,  route-denied",
        "/shadow,       openid,        shadowed, scope-missing",
    })
    void judge_observedRequest_saysTheDecision(String path, String scope, String outcome, String reason) {
        String token = scope.isEmpty() ? "" : token(scope);

        assertThat(said(observed(() -> judge(path, token)))).isEqualTo(Map.of(OUTCOME, outcome, REASON, reason));
    }

    @Test
    void judge_issuerThatIsDown_undecided() {
        try (TestIssuer down = TestIssuer.start();
                ResourceServer waiting = ResourceServer.builder()
                        .resource("https://api.example.com/contacts")
                        .issuer(stopped(down).issuer())
                        .http(HttpConfig.allowingInsecureLoopback())
                        .route("GET /contacts", "read:contacts")
                        .meterRegistry(new SimpleMeterRegistry())
                        .observationRegistry(registry)
                        .build()) {
            String token = down.token().scope("read:contacts").sign();

            assertThat(said(observed(() -> waiting.judge(request("/contacts", token), () -> Surroundings.NONE))))
                    .isEqualTo(Map.of(OUTCOME, "undecided", REASON, "keys-unavailable"));
        }
    }

    private static TestIssuer stopped(TestIssuer issuer) {
        issuer.stop();
        return issuer;
    }

    @Test
    void refusal_ofAHandlerWithinAnotherObservation_isSaidOfTheRequest() {
        Observation.Context inner = new Observation.Context();
        RouteRequirement more = RouteRequirement.of("handler", Access.AUTHENTICATED);

        Observation.Context request = observed(() -> {
            judge("/open", "");
            Observation.createNotStarted("security", () -> inner, registry)
                    .observe(() ->
                            server.refusal(more, request("/open", ""), Optional.empty(), () -> Surroundings.NONE));
        });

        assertThat(said(request)).isEqualTo(Map.of(OUTCOME, "refused", REASON, "credentials-absent"));
        assertThat(inner.getAllKeyValues()).isEmpty();
    }

    @Test
    void judge_observationThatReceivedNothing_saysItAllTheSame() {
        Observation.Context context = new Observation.Context();

        Observation.createNotStarted("work", () -> context, registry).observe(() -> judge("/open", ""));

        assertThat(said(context)).isEqualTo(Map.of(OUTCOME, "accepted", REASON, "none"));
    }

    @Test
    void judge_hostileRequest_nothingOfItSaid() {
        Observation.Context context = observed(() -> judge("/contacts", "evil-token"));

        assertThat(context.getAllKeyValues().toString()).contains("refused").doesNotContain("evil");
    }

    @Test
    void judge_requestThatNobodyObserves_isJudged() {
        assertThat(judge("/open", "")).isInstanceOf(Conclusion.Passed.class);
    }
}
