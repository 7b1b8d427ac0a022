package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.ChallengeConfigBuilder;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.Explanation.Check;
import dev.scopegate.model.Explanation.Outcome;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A server that is asked why it decides as it does. */
final class ExplainingServer implements AutoCloseable {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestIssuer issuer;
    private final ResourceServer server;

    /** Trusts both; of the second one it asks for all that RFC 9068 does. */
    ExplainingServer(TestIssuer issuer, TestIssuer strict) {
        this.issuer = issuer;
        server = ResourceServer.builder()
                .resource("https://api.example.com/contacts")
                .issuer(IssuerConfig.builder(issuer.issuer())
                        .name("main")
                        .requiredClaims(Map.of("tenant", "acme"))
                        .introspection(
                                IntrospectionConfig.basic(TestIssuer.CLIENT_ID, Secret.of(TestIssuer.CLIENT_SECRET)))
                        .build())
                .issuer(IssuerConfig.builder(strict.issuer())
                        .name("strict")
                        .profile(IssuerConfig.Profile.RFC9068)
                        .build())
                .route("* /contacts/**", "any:contacts")
                .route("DELETE /contacts/{id}", "delete:contacts")
                .route("GET /health", Access.PUBLIC)
                .route("GET /news", Access.OPTIONAL)
                .route("GET /closed", Access.DENY)
                .route(RouteConfig.builder("GET /strong")
                        .anyScope(List.of("a", "b"))
                        .claims(Map.of("department", "sales"))
                        .issuer(List.of("main"))
                        .acr(List.of("gold"))
                        .maxAge(Duration.ofMinutes(5))
                        .build())
                .challenge(ChallengeConfigBuilder.builder().metadata(true).build())
                .http(HttpConfig.allowingInsecureLoopback())
                .meterRegistry(meters)
                .build();
    }

    /** A token of the first issuer that may delete contacts. */
    TokenBuilder good() {
        return issuer.token().scope("delete:contacts").claim("tenant", "acme");
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    /** Of a contact. */
    Explanation delete(String token) {
        return explain("DELETE", "/contacts/7", token);
    }

    /** An explanation that says nothing but what the server decides. */
    Explanation explain(String method, String path, String... tokens) {
        RequestSnapshot request = request(method, path, tokens);
        Explanation explanation = server.explain(request);
        assertThat(explanation.decision().getClass())
                .isEqualTo(decided(request, explanation).getClass());
        Map<Outcome, List<Check>> checks = byOutcome(explanation);
        assertThat(checks.containsKey(Outcome.FAILED)).isEqualTo(explanation.decision() instanceof Decision.Refused);
        assertThat(checks.containsKey(Outcome.UNDECIDED))
                .isEqualTo(explanation.decision() instanceof Decision.Undecided);
        return explanation;
    }

    static RequestSnapshot request(String method, String path, String... tokens) {
        List<String> fields =
                List.of(tokens).stream().map(token -> "Bearer " + token).toList();
        return new RequestSnapshot(method, path, path, fields);
    }

    /** A document that is published is no decision. */
    private Decision decided(RequestSnapshot request, Explanation explanation) {
        return request.path().startsWith("/.well-known/") ? explanation.decision() : server.decide(request);
    }

    /** The first check that failed. */
    static Check failed(Explanation explanation) {
        return byOutcome(explanation).get(Outcome.FAILED).get(0);
    }

    static Map<Outcome, List<Check>> byOutcome(Explanation explanation) {
        return explanation.checks().stream().collect(Collectors.groupingBy(Check::outcome));
    }

    @Override
    public void close() {
        server.close();
    }
}
