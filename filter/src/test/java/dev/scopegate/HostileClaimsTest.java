package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.IssuerConfig.Profile;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hostile inputs A073 to A088 about claims, kinds and issuers. Every token is rightly signed by a trusted issuer, so that
 * nothing but the row's one change can refuse it.
 */
class HostileClaimsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String AUDIENCE = "https://api.example.com/contacts";
    private static final String OTHER = "https://other.example.com";

    @RegisterExtension
    static final TestIssuer PLAIN = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer STRICT = TestIssuer.start();

    private final MutableClock clock = MutableClock.at(NOW);
    private final ResourceServer server = ResourceServer.builder()
            .resource(AUDIENCE)
            .issuer(PLAIN.issuer())
            .issuer(IssuerConfig.builder(STRICT.issuer())
                    .profile(Profile.RFC9068)
                    .build())
            .route("GET /contacts", "read:contacts")
            .http(HttpConfig.allowingInsecureLoopback())
            .clock(clock)
            .meterRegistry(new SimpleMeterRegistry())
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    /** One change to a sound token; {@code refusal} is empty where it stays sound. */
    record Row(String name, String refusal, UnaryOperator<TokenBuilder> change) {
        @Override
        public String toString() {
            return name + (refusal.isEmpty() ? " permitted" : " refused as " + refusal);
        }
    }

    static Stream<Row> times() {
        return Stream.of(
                sound("A073 exp now", token -> token.expiresAt(NOW)),
                sound("A073 exp 29 s ago", token -> token.expiresAt(NOW.minusSeconds(29))),
                bad("A073 exp 30 s ago", "EXPIRED", token -> token.expiresAt(NOW.minusSeconds(30))),
                bad("A073 exp 31 s ago", "EXPIRED", token -> token.expiresAt(NOW.minusSeconds(31))),
                bad("A073 no exp", "EXPIRED", token -> token.without("exp")),
                bad("A073 exp null", "EXPIRED", token -> token.claim("exp", null)),
                sound("A073 no nbf", token -> token.without("nbf")),
                sound("A073 nbf in 30 s", token -> token.notBefore(NOW.plusSeconds(30))),
                bad("A073 nbf in 31 s", "NOT_YET_VALID", token -> token.notBefore(NOW.plusSeconds(31))),
                bad("A073 nbf a text", "CLAIM", token -> token.claim("nbf", "0")),
                sound("A073 iat in 30 s", token -> token.issuedAt(NOW.plusSeconds(30))),
                bad("A073 iat in 31 s", "NOT_YET_VALID", token -> token.issuedAt(NOW.plusSeconds(31))),
                bad("A073 iat in 10 min", "NOT_YET_VALID", token -> token.issuedAt(NOW.plusSeconds(600))),
                bad("A073 iat a text", "CLAIM", token -> token.claim("iat", NOW.toString())),
                sound("A073 no iat", token -> token.without("iat")));
    }

    @ParameterizedTest
    @MethodSource("times")
    @Requirement({"RFC7519 §4.1.4", "RFC7519 §4.1.5", "RFC7519 §4.1.6"})
    void judge_times_toTheSecond(Row row) {
        assertVerdict(row, PLAIN);
    }

    static Stream<Row> issuers() {
        String issuer = PLAIN.issuer();
        return Stream.of(
                sound("A079 the configured one", token -> token.claim("iss", issuer)),
                bad("A079 other", "ISSUER_UNKNOWN", token -> token.claim("iss", OTHER)),
                bad("A079 trailing slash", "ISSUER_UNKNOWN", token -> token.claim("iss", issuer + "/")),
                bad(
                        "A079 other case",
                        "ISSUER_UNKNOWN",
                        token -> token.claim("iss", issuer.replace("localhost", "LocalHost"))),
                bad("A079 scheme", "ISSUER_UNKNOWN", token -> token.claim("iss", issuer.replace("http", "HTTP"))),
                bad("A079 encoded", "ISSUER_UNKNOWN", token -> token.claim("iss", issuer.replace("l", "%6c"))),
                bad("A079 blank before", "ISSUER_UNKNOWN", token -> token.claim("iss", " " + issuer)),
                bad("A079 fragment", "ISSUER_UNKNOWN", token -> token.claim("iss", issuer + "#")),
                bad("A079 missing", "ISSUER_UNKNOWN", token -> token.without("iss")),
                bad("A079 null", "ISSUER_UNKNOWN", token -> token.claim("iss", null)),
                bad("A079 list", "ISSUER_UNKNOWN", token -> token.claim("iss", List.of(issuer))),
                bad("A079 object", "ISSUER_UNKNOWN", token -> token.claim("iss", Map.of("iss", issuer))));
    }

    @ParameterizedTest
    @MethodSource("issuers")
    @Requirement({"RFC7519 §4.1.1", "RFC9068 §4", "RFC8725 §3.8"})
    void judge_issuer_comparedCharacterByCharacter(Row row) {
        assertVerdict(row, PLAIN);
    }

    static Stream<Row> audiences() {
        return Stream.of(
                sound("A081 ours", token -> token.audience(AUDIENCE)),
                sound("A081 ours in a list", token -> token.claim("aud", List.of(AUDIENCE))),
                sound("A081 ours among others", token -> token.audience(OTHER, AUDIENCE)),
                sound("A081 ours beside a number", token -> token.claim("aud", List.of(7, AUDIENCE))),
                bad("A081 other", "AUDIENCE", token -> token.audience(OTHER)),
                bad("A081 others", "AUDIENCE", token -> token.audience(OTHER, OTHER + "/x")),
                bad("A081 missing", "AUDIENCE", token -> token.without("aud")),
                bad("A081 null", "AUDIENCE", token -> token.claim("aud", null)),
                bad("A081 empty list", "AUDIENCE", token -> token.claim("aud", List.of())),
                bad("A081 empty", "AUDIENCE", token -> token.audience("")),
                bad("A081 trailing slash", "AUDIENCE", token -> token.audience(AUDIENCE + "/")),
                bad("A081 beginning of ours", "AUDIENCE", token -> token.audience("https://api.example.com")),
                bad("A081 two in one text", "AUDIENCE", token -> token.audience(AUDIENCE + " " + OTHER)),
                bad("A081 list in a list", "AUDIENCE", token -> token.claim("aud", List.of(List.of(AUDIENCE)))),
                bad("A081 object", "AUDIENCE", token -> token.claim("aud", Map.of(AUDIENCE, true))));
    }

    @ParameterizedTest
    @MethodSource("audiences")
    @Requirement({"RFC7519 §4.1.3", "RFC9068 §4"})
    void judge_audience_hasToNameUs(Row row) {
        assertVerdict(row, PLAIN);
    }

    static Stream<Row> types() {
        return Stream.concat(
                Stream.of("at+jwt", "application/at+jwt", "AT+JWT", "Application/AT+jwt")
                        .map(type -> sound("A084 " + type, token -> token.type(type))),
                Stream.of("at+jwt ", "at-jwt", "text/at+jwt", "application/application/at+jwt", "at+jwt;v=1", "")
                        .map(type -> bad("A084 '" + type + "'", "TOKEN_TYPE", token -> token.type(type))));
    }

    @ParameterizedTest
    @MethodSource("types")
    @Requirement("RFC9068 §4")
    void judge_type_comparedAsAMediaType(Row row) {
        assertVerdict(row, PLAIN);
        assertVerdict(row, STRICT);
    }

    @Test
    @Requirement("RFC9068 §2.1")
    void judge_typeOfNoAccessTokenInParticular_permittedUnlessTheProfileIsStrict() {
        for (UnaryOperator<TokenBuilder> change :
                List.<UnaryOperator<TokenBuilder>>of(token -> token, token -> token.type("JWT"))) {
            assertVerdict(sound("untyped", change), PLAIN);
            assertVerdict(bad("untyped", "TOKEN_TYPE", change), STRICT);
        }
    }

    /** What else an issuer signs, with its own key and for our audience, and what differs between each and an access token. */
    static Stream<Row> kinds() {
        return Stream.of(
                sound("access token of Keycloak", token -> keycloak(token, "Bearer")),
                bad("A083 ID token of Keycloak", "TOKEN_TYPE", token -> keycloak(token, "ID")),
                bad("refresh token of Keycloak", "TOKEN_TYPE", token -> keycloak(token, "Refresh")),
                bad("offline token of Keycloak", "TOKEN_TYPE", token -> keycloak(token, "Offline")),
                bad("logout token of Keycloak", "TOKEN_TYPE", token -> keycloak(token, "Logout")),
                bad("kind that is no text", "TOKEN_TYPE", token -> token.claim("typ", List.of("Refresh"))),
                bad(
                        "A083 ID token by its nonce",
                        "TOKEN_TYPE",
                        token -> idToken(token).claim("nonce", "n-0S6_WzA2Mj")),
                bad(
                        "A083 ID token by at_hash",
                        "TOKEN_TYPE",
                        token -> idToken(token).claim("at_hash", "77QmUPtjPfzWtF2AnpK9RQ")),
                bad(
                        "A083 ID token by c_hash",
                        "TOKEN_TYPE",
                        token -> idToken(token).claim("c_hash", "LDktKdoQak3Pk0cnXxCltA")),
                bad(
                        "A083 ID token by its audience",
                        "AUDIENCE",
                        token -> idToken(token).audience("contacts-web")),
                bad("logout token", "TOKEN_TYPE", token -> logoutToken(token).type("logout+jwt")),
                bad("logout token without a type", "TOKEN_TYPE", HostileClaimsTest::logoutToken),
                bad(
                        "security event token",
                        "TOKEN_TYPE",
                        token -> securityEvent(token).type("secevent+jwt")),
                bad("security event token without a type", "TOKEN_TYPE", HostileClaimsTest::securityEvent),
                bad(
                        "introspection response",
                        "TOKEN_TYPE",
                        token -> introspectionResponse(token).type("token-introspection+jwt")),
                bad("introspection response without a type", "TOKEN_TYPE", HostileClaimsTest::introspectionResponse),
                bad("client assertion", "TOKEN_TYPE", token -> token.type("client-authentication+jwt")),
                bad("client assertion of the issuer itself", "TOKEN_TYPE", token -> token.subject(PLAIN.issuer())),
                bad(
                        "client assertion of a client",
                        "ISSUER_UNKNOWN",
                        token -> token.claim("iss", "contacts-web").subject("contacts-web")),
                bad("DPoP proof", "TOKEN_TYPE", token -> dpopProof(token).type("dpop+jwt")),
                bad("DPoP proof without a type", "TOKEN_TYPE", HostileClaimsTest::dpopProof),
                bad("request object", "TOKEN_TYPE", token -> token.type("oauth-authz-req+jwt")),
                bad("verifiable credential", "TOKEN_TYPE", token -> token.type("dc+sd-jwt")),
                bad("key binding of a credential", "TOKEN_TYPE", token -> token.type("kb+jwt")),
                bad("entity statement", "TOKEN_TYPE", token -> token.type("entity-statement+jwt")),
                bad("token within a token", "HEADER", token -> token.header("cty", "JWT")));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Requirement({"RFC8725 §3.11", "RFC8725 §3.12"})
    void judge_tokenOfAnotherKind_refused(Row row) {
        assertVerdict(row, PLAIN);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Requirement("RFC9068 §2.1")
    void judge_tokenOfAnotherKind_refusedByItsTypeAloneWhereTheProfileIsStrict(Row row) {
        // Even the access token of Keycloak: its type is not the one of RFC 9068.
        boolean askedBefore = Set.of("HEADER", "ISSUER_UNKNOWN").contains(row.refusal());

        assertRefused(
                row.change().apply(fresh(STRICT)).sign(),
                RefusalReason.valueOf(askedBefore ? row.refusal() : "TOKEN_TYPE"));
    }

    @Test
    @Requirement("RFC8725 §3.8")
    void judge_A087_issuerNamedByATokenThatAnotherTrustedOneSigned_refused() {
        assertVerdict(sound("twin", token -> token), PLAIN);

        assertRefused(fresh(STRICT).claim("iss", PLAIN.issuer()).sign(), RefusalReason.KEY_UNKNOWN);
        assertRefused(
                fresh(PLAIN).signedBy(STRICT.signingKey(JWSAlgorithm.RS256)).sign(), RefusalReason.SIGNATURE);
    }

    @Test
    @Requirement("RFC8725 §3.8")
    void judge_A088_sameKeyIdAtTwoIssuers_eachVerifiedByItsOwn() {
        RSAKey first = PLAIN.signingKey(JWSAlgorithm.RS256).toRSAKey();
        try (TestIssuer second = TestIssuer.start()) {
            RSAKey own = new RSAKey.Builder(
                            second.signingKey(JWSAlgorithm.RS256).toRSAKey())
                    .keyID(first.getKeyID())
                    .build();
            second.wireMock()
                    .stubFor(get(urlEqualTo("/jwks"))
                            .willReturn(okJson(new JWKSet(own).toPublicJWKSet().toString())));
            try (ResourceServer both = ResourceServer.builder()
                    .resource(AUDIENCE)
                    .issuer(PLAIN.issuer())
                    .issuer(second.issuer())
                    .route("GET /contacts", "read:contacts")
                    .http(HttpConfig.allowingInsecureLoopback())
                    .clock(clock)
                    .meterRegistry(new SimpleMeterRegistry())
                    .build()) {
                TokenBuilder ofSecond = fresh(second).withKid(first.getKeyID());

                assertThat(both.decide(request(fresh(PLAIN).sign()))).isInstanceOf(Decision.Permitted.class);
                assertThat(both.decide(request(ofSecond.signedBy(first).sign())))
                        .isInstanceOfSatisfying(
                                Decision.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.SIGNATURE));
                assertThat(both.decide(request(ofSecond.signedBy(own).sign()))).isInstanceOf(Decision.Permitted.class);
                assertThat(second.jwksFetches()).isPositive();
            }
        }
    }

    private static TokenBuilder keycloak(TokenBuilder token, String kind) {
        return token.type("JWT")
                .claim("typ", kind)
                .claim("azp", "contacts-web")
                .claim("nonce", "n-0S6_WzA2Mj")
                .claim("sid", "9f2b")
                .claim("acr", "1")
                .claim("realm_access", Map.of("roles", List.of("user")));
    }

    private static TokenBuilder idToken(TokenBuilder token) {
        return token.type("JWT")
                .claim("auth_time", NOW.getEpochSecond())
                .claim("azp", "contacts-web")
                .claim("email", "alice@example.com");
    }

    private static TokenBuilder logoutToken(TokenBuilder token) {
        return token.claim("sid", "9f2b")
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    }

    private static TokenBuilder securityEvent(TokenBuilder token) {
        return token.claim("txn", "756E")
                .claim(
                        "events",
                        Map.of("https://schemas.openid.net/secevent/caep/event-type/session-revoked", Map.of()));
    }

    private static TokenBuilder introspectionResponse(TokenBuilder token) {
        return token.claim("token_introspection", Map.of("active", true, "scope", "read:contacts"));
    }

    private static TokenBuilder dpopProof(TokenBuilder token) {
        return token.claim("htm", "GET").claim("htu", AUDIENCE);
    }

    private static Row sound(String name, UnaryOperator<TokenBuilder> change) {
        return new Row(name, "", change);
    }

    private static Row bad(String name, String refusal, UnaryOperator<TokenBuilder> change) {
        return new Row(name, refusal, change);
    }

    private TokenBuilder fresh(TestIssuer issuer) {
        return issuer.token().clock(clock).scope("read:contacts");
    }

    private void assertVerdict(Row row, TestIssuer issuer) {
        String token = row.change().apply(fresh(issuer)).sign();
        if (row.refusal().isEmpty()) {
            assertThat(server.decide(request(token))).isInstanceOf(Decision.Permitted.class);
        } else {
            assertRefused(token, RefusalReason.valueOf(row.refusal()));
        }
    }

    /** By its reason, with 401 and the challenge for a bad token, repeating nothing of it, and without asking anyone. */
    private void assertRefused(String token, RefusalReason reason) {
        assertThat(server.decide(request(fresh(PLAIN).sign()))).isInstanceOf(Decision.Permitted.class);
        assertThat(server.decide(request(fresh(STRICT).type("at+jwt").sign()))).isInstanceOf(Decision.Permitted.class);
        int fetches = PLAIN.jwksFetches() + STRICT.jwksFetches();

        assertThat(server.decide(request(token)))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
        Answer answer = ((Conclusion.Answered) server.judge(request(token), () -> Surroundings.NONE)).answer();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers())
                .filteredOn(header -> header.name().equals("WWW-Authenticate"))
                .singleElement()
                .satisfies(header -> assertThat(header.value()).contains("error=\"invalid_token\""));
        for (String part : token.split("\\.", -1)) {
            assertThat(answer.toString()).doesNotContain(part);
        }
        if (reason != RefusalReason.KEY_UNKNOWN) {
            assertThat(PLAIN.jwksFetches() + STRICT.jwksFetches()).isEqualTo(fetches);
        }
    }

    private static RequestSnapshot request(String token) {
        return new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer " + token));
    }
}
