package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.ChallengeConfigBuilder;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IntrospectionConfigBuilder;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.Explanation.Check;
import dev.scopegate.model.Explanation.Outcome;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a request is decided as it is, with a real issuer over HTTP. */
class ExplanationTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer STRICT = TestIssuer.start();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ResourceServer server = server();

    private ResourceServer server() {
        return ResourceServer.builder()
                .resource("https://api.example.com/contacts")
                .issuer(IssuerConfig.builder(ISSUER.issuer())
                        .name("main")
                        .requiredClaims(Map.of("tenant", "acme"))
                        .introspection(
                                IntrospectionConfig.basic(TestIssuer.CLIENT_ID, Secret.of(TestIssuer.CLIENT_SECRET)))
                        .build())
                .issuer(IssuerConfig.builder(STRICT.issuer())
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

    @AfterEach
    void close() {
        ISSUER.restart();
        server.close();
    }

    /** A change to a valid token of the issuer, and the check that finds it. */
    record Flaw(String check, String actual, UnaryOperator<TokenBuilder> change) {
        @Override
        public String toString() {
            return check + " " + actual;
        }
    }

    static List<Flaw> flaws() {
        return List.of(
                new Flaw("iss", "https://evil.example.com", token -> token.claim("iss", "https://evil.example.com")),
                new Flaw("alg", "RS384", token -> token.header("alg", "RS384")),
                new Flaw("typ", "dpop+jwt", token -> token.header("typ", "dpop+jwt")),
                new Flaw("kid", "other", token -> token.header("kid", "other")),
                new Flaw("kind", "typ ID", token -> token.claim("typ", "ID")),
                new Flaw("end", "absent", token -> token.without("exp")),
                new Flaw("aud", "https://other.example.com", token -> token.audience("https://other.example.com")),
                new Flaw("nbf", "soon", token -> token.claim("nbf", "soon")),
                new Flaw("tenant", "absent", token -> token.without("tenant")),
                new Flaw("scopes", "any:contacts read", token -> token.scope("any:contacts read")),
                new Flaw("binding", "bound to a key (cnf)", token -> token.claim("cnf", Map.of("jkt", "x"))));
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void explain_flawedToken_thatCheckFailsAndNoneAfterItIsReached(Flaw flaw) {
        Explanation explanation = delete(flaw.change().apply(good()).sign());

        assertThat(explanation.decision()).isInstanceOf(Decision.Refused.class);
        Map<Outcome, List<Check>> checks = byOutcome(explanation);
        assertThat(checks.get(Outcome.FAILED)).singleElement().satisfies(check -> {
            assertThat(check.name()).isEqualTo(flaw.check());
            assertThat(check.actual()).isEqualTo(flaw.actual());
            assertThat(check.expected()).isNotEmpty();
        });
        assertThat(explanation.checks()).extracting(Check::outcome).isSorted();
        assertThat(explanation.answer()).isPresent();
    }

    @Test
    void explain_expiredToken_saysWhenAndNow() {
        Check failed = failed(delete(good().expiresAt(java.time.Instant.parse("2020-01-01T00:05:00Z"))
                .sign()));

        assertThat(failed.name()).isEqualTo("exp");
        assertThat(failed.expected()).isEqualTo("later than now, give or take 30s");
        assertThat(failed.actual()).startsWith("2020-01-01T00:05:00Z (now 20");
    }

    @Test
    void explain_goodToken_everyCheckPassedAndNoAnswer() {
        Explanation explanation = delete(good().sign());

        assertThat(explanation.decision()).isInstanceOf(Decision.Permitted.class);
        assertThat(explanation.checks()).extracting(Check::outcome).containsOnly(Outcome.PASSED);
        assertThat(explanation.checks())
                .extracting(Check::name)
                .containsExactly(
                        "path",
                        "credentials",
                        "form",
                        "iss",
                        "alg",
                        "typ",
                        "kid",
                        "signature",
                        "kind",
                        "end",
                        "aud",
                        "exp",
                        "nbf",
                        "iat",
                        "forms",
                        "tenant",
                        "binding",
                        "scopes");
        assertThat(explanation.answer()).isEmpty();
        assertThat(explanation.decision().requirement().route()).isEqualTo("DELETE /contacts/{id}");
        assertThat(explanation.lessSpecific())
                .extracting(RouteRequirement::route)
                .containsExactly("* /contacts/**");
    }

    @Test
    void explain_anyToken_neitherTokenNorItsPartsShown() {
        String token = good().sign();

        String explanation = delete(token).toString();

        for (String part : token.split("\\.", -1)) {
            assertThat(explanation).doesNotContain(part);
        }
    }

    @Test
    void explain_hostileClaim_escapedAndCut() {
        Check failed = failed(delete(
                good().audience("evil\n\u001b[2J\u202e\\" + "x".repeat(100)).sign()));

        assertThat(failed.actual())
                .isEqualTo("evil\\u000a\\u001b[2J\\u202e\\u005c" + "x".repeat(30) + "...")
                .hasSize(64);
    }

    @Test
    void explain_otherProfile_itsClaims() {
        String token =
                STRICT.token().header("typ", "at+jwt").without("client_id").sign();

        assertThat(failed(delete(token)))
                .extracting(Check::name, Check::expected)
                .containsExactly("claims", "sub client_id iat jti");
        assertThat(failed(delete(STRICT.token().sign())))
                .extracting(Check::name, Check::expected, Check::actual)
                .containsExactly("typ", "at+jwt", "absent");
    }

    @ParameterizedTest
    @CsvSource({
        "issuer,            strict",
        "claims,            department=absent",
        "one of the scopes, c",
        "acr,               silver",
        "auth_time,         absent"
    })
    void explain_routeThatAsksForMuch_theFirstThatIsMissing(String check, String actual) {
        Map<String, UnaryOperator<TokenBuilder>> steps = new LinkedHashMap<>();
        steps.put("claims", token -> token.claim("department", "sales"));
        steps.put("one of the scopes", token -> token.scope("b"));
        steps.put("acr", token -> token.claim("acr", "gold"));
        TokenBuilder token = good().scope("c").claim("acr", "silver");
        for (Map.Entry<String, UnaryOperator<TokenBuilder>> step : steps.entrySet()) {
            if (step.getKey().equals(check)) {
                break;
            }
            token = step.getValue().apply(token);
        }
        String sent =
                check.equals("issuer") ? STRICT.token().header("typ", "at+jwt").sign() : token.sign();

        Explanation explanation = explain("GET", "/strong", sent);

        assertThat(failed(explanation)).extracting(Check::name, Check::actual).containsExactly(check, actual);
        assertThat(explanation.answer().orElseThrow().status()).isIn(401, 403);
    }

    @Test
    void explain_garbage_theFormIsTheFailure() {
        assertThat(failed(delete("eyJhbGciOiJSUzI1NiJ9.e30")))
                .extracting(Check::name, Check::actual)
                .containsExactly("form", "token-malformed");
    }

    @Test
    void explain_tamperedToken_theSignatureIsTheFailure() {
        String token = good().sign();
        String other = good().subject("mallory").sign();

        assertThat(failed(delete(token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.')))))
                .extracting(Check::name, Check::actual)
                .containsExactly("signature", "does not verify");
    }

    @Test
    void explain_opaqueToken_whatItsIssuerSays() {
        String good = ISSUER.opaque(
                Map.of("aud", "https://api.example.com/contacts", "tenant", "acme", "scope", "delete:contacts"));
        String foreign = ISSUER.opaque(Map.of("aud", "https://other.example.com", "tenant", "acme"));

        assertThat(delete(good).checks())
                .extracting(Check::name)
                .contains("introspection", "aud", "scopes")
                .doesNotContain("signature");
        assertThat(delete(good).decision()).isInstanceOf(Decision.Permitted.class);
        assertThat(failed(delete(foreign)).name()).isEqualTo("aud");
        assertThat(failed(delete("unknown-token")))
                .extracting(Check::name, Check::actual)
                .containsExactly("introspection", "not active");
    }

    @Test
    void explain_jwtThatItsIssuerIsAskedAbout_theTwoTogether() {
        IssuerConfig issuer = IssuerConfig.builder(ISSUER.issuer())
                .introspection(IntrospectionConfigBuilder.builder()
                        .tokens(IntrospectionConfig.Tokens.ALL)
                        .clientId(TestIssuer.CLIENT_ID)
                        .clientSecret(Secret.of(TestIssuer.CLIENT_SECRET))
                        .build())
                .build();
        String active = good().sign();
        String inactive = good().sign();
        // The answer says nothing of the audience: that of the JWT counts.
        for (String token : List.of(active, inactive)) {
            ISSUER.wireMock()
                    .stubFor(post(urlEqualTo("/introspect"))
                            .withFormParam("token", equalTo(token))
                            .willReturn(okJson("{\"active\":" + token.equals(active) + "}")));
        }
        try (ResourceServer asking = ResourceServer.builder()
                .resource("https://api.example.com/contacts")
                .issuer(issuer)
                .route("DELETE /contacts/{id}", "delete:contacts")
                .http(HttpConfig.allowingInsecureLoopback())
                .meterRegistry(meters)
                .build()) {
            Explanation permitted = asking.explain(request("DELETE", "/contacts/7", active));
            Explanation refused = asking.explain(request("DELETE", "/contacts/7", inactive));

            assertThat(permitted.decision()).isInstanceOf(Decision.Permitted.class);
            assertThat(permitted.checks()).extracting(Check::outcome).containsOnly(Outcome.PASSED);
            assertThat(permitted.checks()).extracting(Check::name).contains("signature", "introspection");
            assertThat(refused.decision()).isInstanceOf(Decision.Refused.class);
            assertThat(failed(refused).name()).isEqualTo("introspection");
        }
    }

    @Test
    void explain_issuerDown_undecidedAndNotReached() {
        server.close();
        ISSUER.stop();
        server = server();

        for (String token : List.of(good().sign(), "opaque-token")) {
            Explanation explanation = delete(token);

            assertThat(explanation.decision()).isInstanceOf(Decision.Undecided.class);
            assertThat(byOutcome(explanation).get(Outcome.UNDECIDED)).hasSize(1);
            assertThat(byOutcome(explanation)).doesNotContainKey(Outcome.FAILED);
            assertThat(explanation.answer().orElseThrow().status()).isEqualTo(503);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET,    /health,         path,               '',          200",
        "GET,    /news,           path credentials,   '',          200",
        "GET,    /closed,         path,               access,      401",
        "GET,    /elsewhere,      path,               access,      401",
        "DELETE, /contacts/7,     path,               credentials, 401",
        "GET,    /contacts/..%2f, '',                 path,        400"
    })
    void explain_withoutToken_asRequestsAreJudged(
            String method, String path, String passed, String failed, int status) {
        Explanation explanation = explain(method, path);

        assertThat(byOutcome(explanation).getOrDefault(Outcome.PASSED, List.of()).stream()
                        .map(Check::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(passed);
        assertThat(byOutcome(explanation).getOrDefault(Outcome.FAILED, List.of()).stream()
                        .map(Check::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(failed);
        assertThat(explanation.answer().map(answer -> answer.status()).orElse(200))
                .isEqualTo(status);
    }

    @Test
    void explain_publishedDocument_isTheAnswer() {
        Explanation explanation = explain("GET", "/.well-known/oauth-protected-resource");

        assertThat(explanation.decision()).isInstanceOf(Decision.Permitted.class);
        assertThat(explanation.answer().orElseThrow().status()).isEqualTo(200);
    }

    @Test
    void explain_refusal_neitherCountedNorNamedAsInTheLog() {
        Explanation explanation = explain("DELETE", "/contacts/7");

        assertThat(meters.find("scopegate.requests").timers())
                .allSatisfy(timer -> assertThat(timer.count()).isZero());
        assertThat(explanation.answer().orElseThrow().body()).contains("0000000000000000");
    }

    private static TokenBuilder good() {
        return ISSUER.token().scope("delete:contacts").claim("tenant", "acme");
    }

    private Explanation delete(String token) {
        return explain("DELETE", "/contacts/7", token);
    }

    private Explanation explain(String method, String path, String... tokens) {
        List<String> fields =
                List.of(tokens).stream().map(token -> "Bearer " + token).toList();
        RequestSnapshot request = new RequestSnapshot(method, path, path, fields);
        Explanation explanation = server.explain(request);
        // The explanation never says another thing than the verdict.
        assertThat(explanation.decision().getClass())
                .isEqualTo(decided(request, explanation).getClass());
        Map<Outcome, List<Check>> checks = byOutcome(explanation);
        assertThat(checks.containsKey(Outcome.FAILED)).isEqualTo(explanation.decision() instanceof Decision.Refused);
        assertThat(checks.containsKey(Outcome.UNDECIDED))
                .isEqualTo(explanation.decision() instanceof Decision.Undecided);
        return explanation;
    }

    private static RequestSnapshot request(String method, String path, String... tokens) {
        List<String> fields =
                List.of(tokens).stream().map(token -> "Bearer " + token).toList();
        return new RequestSnapshot(method, path, path, fields);
    }

    /** A document that is published is no decision. */
    private Decision decided(RequestSnapshot request, Explanation explanation) {
        return request.path().startsWith("/.well-known/") ? explanation.decision() : server.decide(request);
    }

    private static Check failed(Explanation explanation) {
        return byOutcome(explanation).get(Outcome.FAILED).get(0);
    }

    private static Map<Outcome, List<Check>> byOutcome(Explanation explanation) {
        return explanation.checks().stream().collect(Collectors.groupingBy(Check::outcome));
    }
}
