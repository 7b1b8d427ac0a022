package dev.scopegate.validate;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.config.ClaimMapping;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig.ClientAuthentication;
import dev.scopegate.config.IntrospectionConfig.Tokens;
import dev.scopegate.config.IntrospectionConfigBuilder;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.config.Secret;
import dev.scopegate.introspection.json.StrictJson;
import dev.scopegate.model.AccessToken;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.model.Validation;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JWTs that their issuer is asked about, besides being validated here. */
@Timeout(60)
class IntrospectedJwtTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final String AUDIENCE = "https://api.example.com/contacts";

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer OTHER = TestIssuer.start();

    private final MutableClock clock = MutableClock.at(NOW);
    private final TokenValidator validator = validator(Tokens.ALL);

    @AfterEach
    void close() {
        validator.close();
    }

    @Test
    @Requirement("RFC7662 §2.2")
    void validate_activeJwt_validAndInactiveTwinRefused() {
        String token = jwt().scope("read write").sign();
        String revoked = jwt().scope("read write").sign();
        answer(token, Map.of("active", true, "username", "Alice", "sub", "alice"));
        answer(revoked, Map.of("active", false));

        ValidatedToken caller = ((Validation.Valid) validate(token)).token();

        assertThat(caller.claims()).containsEntry("username", "Alice").containsEntry("client_id", "contacts-web");
        assertThat(caller.scopes()).containsExactly("read", "write");
        assertThat(validate(revoked)).isEqualTo(new Validation.Refused(RefusalReason.INACTIVE));
    }

    @Test
    void validate_endpointInTrouble_undecided() {
        String token = jwt().sign();
        ISSUER.wireMock()
                .stubFor(post(urlEqualTo("/introspect"))
                        .withFormParam("token", equalTo(token))
                        .willReturn(serverError()));

        assertThat(validate(token))
                .isInstanceOfSatisfying(
                        Validation.Undecided.class,
                        undecided -> assertThat(undecided.reason()).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE));
    }

    @Test
    void validate_jwtThatFailsHere_notSent() {
        int before = ISSUER.introspectionCalls();
        String good = jwt().sign();

        assertThat(List.of(
                        jwt().expiresAt(NOW.minusSeconds(31)).sign(),
                        jwt().audience("https://else.example.com").sign(),
                        jwt().type("dpop+jwt").sign(),
                        jwt().unsigned().sign(),
                        good.substring(0, good.lastIndexOf('.')) + ".AAAA",
                        "eyJ.eyJ.x"))
                .allSatisfy(token -> assertThat(validate(token)).isInstanceOf(Validation.Refused.class));
        assertThat(ISSUER.introspectionCalls()).isEqualTo(before);
    }

    @Test
    void validate_issuerThatIsNotAsked_validWithoutACall() {
        int before = ISSUER.introspectionCalls() + OTHER.introspectionCalls();

        assertThat(validate(OTHER.token().clock(clock).sign())).isInstanceOf(Validation.Valid.class);
        try (TokenValidator opaqueOnly = validator(Tokens.OPAQUE)) {
            assertThat(Anywhere.validate(opaqueOnly, jwt().sign())).isInstanceOf(Validation.Valid.class);
        }
        assertThat(ISSUER.introspectionCalls() + OTHER.introspectionCalls()).isEqualTo(before);
    }

    /** The checks of a configuration forbid such a route; without them the token is refused all the same. */
    @Test
    void validate_routeThatWantsAFreshWordOfAnIssuerThatGivesNone_refused() {
        RouteRequirement fresh = fresh(Duration.ofSeconds(30));
        String token = jwt().sign();
        answer(token, Map.of("active", true));

        assertThat(validator.validate(new AccessToken(OTHER.token().clock(clock).sign()), fresh))
                .isEqualTo(new Validation.Refused(RefusalReason.ISSUER_NOT_ACCEPTED));
        assertThat(validator.validate(new AccessToken(token), fresh)).isInstanceOf(Validation.Valid.class);
    }

    private static RouteRequirement fresh(Duration maxStaleness) {
        RouteRequirement any = Anywhere.REQUIREMENT;
        return new RouteRequirement(
                any.route(),
                any.access(),
                any.scopes(),
                any.anyScope(),
                any.claims(),
                any.issuers(),
                any.acr(),
                any.maxAge(),
                Optional.of(maxStaleness),
                any.mode());
    }

    @Test
    void validate_opaqueToken_askedAboutAsEver() {
        String token = ISSUER.opaque(Map.of("aud", AUDIENCE, "tenant", "acme"));

        assertThat(validate(token)).isInstanceOf(Validation.Valid.class);
        assertThat(validate("neverIssued")).isEqualTo(new Validation.Refused(RefusalReason.INACTIVE));
    }

    @ParameterizedTest
    @CsvSource({
        "aud, https://api.example.com/contacts, ''",
        "aud, https://else.example.com, AUDIENCE",
        "iss, https://else.example.com, ISSUER_UNKNOWN",
        "token_type, Bearer, ''",
        "token_type, refresh_token, TOKEN_TYPE",
        "typ, ID, TOKEN_TYPE",
        "exp, soon, EXPIRED",
        "tenant, acme, ''",
        "tenant, other, CLAIM",
    })
    void validate_answerThatSaysMore_judgedToo(String claim, String value, String reason) {
        String token = jwt().claim("tenant", "acme").sign();
        answer(token, Map.of("active", true, claim, value));

        Validation verdict = validate(token);

        assertThat(
                        verdict instanceof Validation.Refused refused
                                ? refused.reason().name()
                                : "")
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "read write, read, read",
        "read, read admin, read",
        "read, admin, ''",
        "read write, , read write",
        ", read, read",
        "read, '', ''",
    })
    void validate_scopesOfBoth_onlyCommonOnes(String inJwt, String inAnswer, String expected) {
        TokenBuilder builder = jwt();
        String token = (inJwt == null ? builder : builder.scope(inJwt)).sign();
        Map<String, Object> answer = new HashMap<>(Map.of("active", true));
        if (inAnswer != null) {
            answer.put("scope", inAnswer);
        }
        answer(token, answer);

        assertThat(String.join(" ", ((Validation.Valid) validate(token)).token().scopes()))
                .isEqualTo(expected);
    }

    /** Roles of the JWT, the member {@code realm_access} of the answer, and what of both counts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "user admin ! {'roles':['user']}          ! role:user",
                "user       ! {'roles':['user','admin']}  ! role:user",
                "user       ! {'roles':['admin']}         ! ``",
                "user admin !                             ! role:user role:admin",
                "           ! {'roles':['user']}          ! role:user",
                "``         ! {'roles':['user']}          ! ``",
                // The newer answer knows of roles, and of none for this user.
                "user admin ! {'roles':[]}                ! ``",
                "user admin ! {}                          ! ``",
                "user admin ! 'none'                      ! ``",
                "user admin ! {'roles':7}                 ! ``",
            })
    void validate_mappedClaimsOfBoth_onlyCommonValues(String inJwt, String inAnswer, String expected) {
        Map<String, Object> answer = new HashMap<>(Map.of("active", true, "scope", "read role:root"));
        if (inAnswer != null) {
            String json = "{\"realm_access\":" + inAnswer.replace('\'', '"') + "}";
            answer.putAll(StrictJson.object(json).orElseThrow());
        }
        TokenBuilder builder = jwt().scope("read write");
        if (inJwt != null) {
            builder.claim("realm_access", Map.of("roles", List.of(inJwt.split(" ", -1))));
        }
        String token = builder.sign();
        answer(token, answer);

        assertThat(String.join(" ", ((Validation.Valid) validate(token)).token().scopes()))
                .isEqualTo(("read " + expected).strip());
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "400, 300"})
    void validate_expiryOfBoth_theEarlierOne(long inAnswer, long expected) {
        String token = jwt().expiresAt(NOW.plusSeconds(300)).sign();
        answer(token, Map.of("active", true, "exp", NOW.plusSeconds(inAnswer).getEpochSecond()));

        assertThat(((Validation.Valid) validate(token)).token().expiresAt()).contains(NOW.plusSeconds(expected));
    }

    @ParameterizedTest
    @CsvSource({"129, true", "130, false", "131, false"})
    void validate_keptAnswer_judgedAgainByTheClock(long later, boolean valid) {
        String token = jwt().expiresAt(NOW.plusSeconds(300)).sign();
        answer(token, Map.of("active", true, "exp", NOW.plusSeconds(100).getEpochSecond()));
        assertThat(validate(token)).isInstanceOf(Validation.Valid.class);

        clock.set(NOW.plusSeconds(later));

        assertThat(validate(token) instanceof Validation.Valid).isEqualTo(valid);
    }

    @Test
    void validate_boundByTheAnswer_bindingIsKept() {
        String token = jwt().sign();
        answer(token, Map.of("active", true, "cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")));

        assertThat(((Validation.Valid) validate(token)).token().claims()).containsKey("cnf");
    }

    @Test
    void validate_clientThatAuthenticatesInTheForm_heardWithItsSecretThere() {
        ISSUER.wireMock()
                .stubFor(post(urlEqualTo("/introspect"))
                        .withFormParam("client_id", equalTo(TestIssuer.CLIENT_ID))
                        .withFormParam("client_secret", equalTo(TestIssuer.CLIENT_SECRET))
                        .withFormParam("token", equalTo("opaque-in-the-form"))
                        .willReturn(okJson("{\"active\":true,\"tenant\":\"acme\",\"aud\":\"" + AUDIENCE + "\"}")));

        try (TokenValidator inTheForm = validator(Tokens.OPAQUE, ClientAuthentication.CLIENT_SECRET_POST)) {
            assertThat(Anywhere.validate(inTheForm, "opaque-in-the-form")).isInstanceOf(Validation.Valid.class);
        }
        assertThat(validate("opaque-in-the-form")).isEqualTo(new Validation.Refused(RefusalReason.INACTIVE));
    }

    private TokenBuilder jwt() {
        return ISSUER.token().clock(clock).claim("tenant", "acme");
    }

    private Validation validate(String token) {
        return Anywhere.validate(validator, token);
    }

    private static void answer(String token, Map<String, Object> members) {
        ISSUER.wireMock()
                .stubFor(post(urlEqualTo("/introspect"))
                        .withFormParam("token", equalTo(token))
                        .willReturn(okJson(JSONObjectUtils.toJSONString(members))));
    }

    private TokenValidator validator(Tokens asked) {
        return validator(asked, ClientAuthentication.CLIENT_SECRET_BASIC);
    }

    private TokenValidator validator(Tokens asked, ClientAuthentication authentication) {
        IssuerConfig first = IssuerConfig.builder(ISSUER.issuer())
                .requiredClaims(Map.of("tenant", "acme"))
                .claimsAsScopes(List.of(new ClaimMapping("realm_access.roles", "role:")))
                .introspection(IntrospectionConfigBuilder.builder()
                        .clientId(TestIssuer.CLIENT_ID)
                        .clientSecret(Secret.of(TestIssuer.CLIENT_SECRET))
                        .clientAuthentication(authentication)
                        .tokens(asked)
                        .build())
                .build();
        return TokenValidator.of(
                ScopegateConfigBuilder.builder()
                        .resource(AUDIENCE)
                        .issuers(List.of(first, IssuerConfig.of(OTHER.issuer())))
                        .http(HttpConfig.allowingInsecureLoopback())
                        .build(),
                clock);
    }
}
