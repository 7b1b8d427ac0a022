package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.scopegate.ExplainingServer.byOutcome;
import static dev.scopegate.ExplainingServer.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IntrospectionConfigBuilder;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.Explanation.Check;
import dev.scopegate.model.Explanation.Outcome;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why a token is taken or not, check by check, with a real issuer over HTTP. */
class ExplanationTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer STRICT = TestIssuer.start();

    private ExplainingServer explaining = new ExplainingServer(ISSUER, STRICT);

    @AfterEach
    void close() {
        ISSUER.restart();
        explaining.close();
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
        Explanation explanation =
                explaining.delete(flaw.change().apply(explaining.good()).sign());

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
        Check failed = failed(explaining.delete(explaining
                .good()
                .expiresAt(java.time.Instant.parse("2020-01-01T00:05:00Z"))
                .sign()));

        assertThat(failed.name()).isEqualTo("exp");
        assertThat(failed.expected()).isEqualTo("later than now, give or take 30s");
        assertThat(failed.actual()).startsWith("2020-01-01T00:05:00Z (now 20");
    }

    @Test
    void explain_goodToken_everyCheckPassedAndNoAnswer() {
        Explanation explanation = explaining.delete(explaining.good().sign());

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
        String token = explaining.good().sign();

        String explanation = explaining.delete(token).toString();

        for (String part : token.split("\\.", -1)) {
            assertThat(explanation).doesNotContain(part);
        }
    }

    @Test
    void explain_hostileClaim_escapedAndCut() {
        Check failed = failed(explaining.delete(explaining
                .good()
                .audience("evil\n\u001b[2J\u202e\\" + "x".repeat(100))
                .sign()));

        assertThat(failed.actual())
                .isEqualTo("evil\\u000a\\u001b[2J\\u202e\\u005c" + "x".repeat(30) + "...")
                .hasSize(64);
    }

    @Test
    void explain_otherProfile_itsClaims() {
        String token =
                STRICT.token().header("typ", "at+jwt").without("client_id").sign();

        assertThat(failed(explaining.delete(token)))
                .extracting(Check::name, Check::expected)
                .containsExactly("claims", "sub client_id iat jti");
        assertThat(failed(explaining.delete(STRICT.token().sign())))
                .extracting(Check::name, Check::expected, Check::actual)
                .containsExactly("typ", "at+jwt", "absent");
    }

    @Test
    void explain_garbage_theFormIsTheFailure() {
        assertThat(failed(explaining.delete("eyJhbGciOiJSUzI1NiJ9.e30")))
                .extracting(Check::name, Check::actual)
                .containsExactly("form", "token-malformed");
    }

    @Test
    void explain_tamperedToken_theSignatureIsTheFailure() {
        String token = explaining.good().sign();
        String other = explaining.good().subject("mallory").sign();

        assertThat(failed(explaining.delete(
                        token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.')))))
                .extracting(Check::name, Check::actual)
                .containsExactly("signature", "does not verify");
    }

    @Test
    void explain_opaqueToken_whatItsIssuerSays() {
        String good = ISSUER.opaque(
                Map.of("aud", "https://api.example.com/contacts", "tenant", "acme", "scope", "delete:contacts"));
        String foreign = ISSUER.opaque(Map.of("aud", "https://other.example.com", "tenant", "acme"));

        assertThat(explaining.delete(good).checks())
                .extracting(Check::name)
                .contains("introspection", "aud", "scopes")
                .doesNotContain("signature");
        assertThat(explaining.delete(good).decision()).isInstanceOf(Decision.Permitted.class);
        assertThat(failed(explaining.delete(foreign)).name()).isEqualTo("aud");
        assertThat(failed(explaining.delete("unknown-token")))
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
        String active = explaining.good().sign();
        String inactive = explaining.good().sign();
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
                .meterRegistry(explaining.meters())
                .build()) {
            Explanation permitted = asking.explain(ExplainingServer.request("DELETE", "/contacts/7", active));
            Explanation refused = asking.explain(ExplainingServer.request("DELETE", "/contacts/7", inactive));

            assertThat(permitted.decision()).isInstanceOf(Decision.Permitted.class);
            assertThat(permitted.checks()).extracting(Check::outcome).containsOnly(Outcome.PASSED);
            assertThat(permitted.checks()).extracting(Check::name).contains("signature", "introspection");
            assertThat(refused.decision()).isInstanceOf(Decision.Refused.class);
            assertThat(failed(refused).name()).isEqualTo("introspection");
        }
    }

    @Test
    void explain_issuerDown_undecidedAndNotReached() {
        explaining.close();
        ISSUER.stop();
        explaining = new ExplainingServer(ISSUER, STRICT);

        for (String token : List.of(explaining.good().sign(), "opaque-token")) {
            Explanation explanation = explaining.delete(token);

            assertThat(explanation.decision()).isInstanceOf(Decision.Undecided.class);
            assertThat(byOutcome(explanation).get(Outcome.UNDECIDED)).hasSize(1);
            assertThat(byOutcome(explanation)).doesNotContainKey(Outcome.FAILED);
            assertThat(explanation.answer().orElseThrow().status()).isEqualTo(503);
        }
    }
}
