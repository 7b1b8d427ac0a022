package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.config.ConfigException;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.config.TokensConfigBuilder;
import dev.scopegate.model.Access;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.model.Transport;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps 2 to 7 with two real issuers over HTTP, without a container. */
class ResourceServerTest {

    private static final String AUDIENCE = "https://api.example.com/contacts";

    private static TestIssuer first;
    private static TestIssuer second;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ResourceServer server;

    @BeforeAll
    static void startIssuers() {
        first = TestIssuer.start();
        second = TestIssuer.start();
    }

    @AfterAll
    static void stopIssuers() {
        first.close();
        second.close();
    }

    @BeforeEach
    void buildServer() {
        server = builder()
                .issuer(IssuerConfig.of(first.issuer())
                        .withIntrospection(IntrospectionConfig.basic("contacts-api", Secret.of("api-secret"))))
                .issuer(second.issuer())
                .build();
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private ResourceServerBuilder builder() {
        return ResourceServer.builder()
                .resource(AUDIENCE)
                .route("GET /contacts/**", "read:contacts")
                .route("DELETE /contacts/{id}", "delete:contacts")
                .route("GET /health", Access.PUBLIC)
                .route("GET /news", Access.OPTIONAL)
                .route("GET /me", Access.AUTHENTICATED)
                .route("GET /closed", Access.DENY)
                .http(HttpConfig.allowingInsecureLoopback())
                .meterRegistry(meters);
    }

    @Test
    void decide_goodToken_permittedWithItsCaller() {
        Decision decision =
                get("/contacts/7", first.token().scope("read:contacts write").sign());

        ValidatedToken token = ((Decision.Permitted) decision).token().orElseThrow();
        assertThat(token.issuer()).isEqualTo(first.issuer());
        assertThat(token.subject()).contains("alice");
        assertThat(token.scopes()).containsExactly("read:contacts", "write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA", "Ed25519"})
    void decide_eachDefaultAlgorithm_permittedAndTamperedTwinRefused(String algorithm) {
        String token = first.token()
                .scope("read:contacts")
                .algorithm(JWSAlgorithm.parse(algorithm))
                .sign();

        assertThat(get("/contacts", token)).isInstanceOf(Decision.Permitted.class);
        int payload = token.indexOf('.') + 10;
        char other = token.charAt(payload) == 'A' ? 'B' : 'A';
        String tampered = token.substring(0, payload) + other + token.substring(payload + 1);
        assertThat(get("/contacts", tampered)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void decide_tokenOfTheSecondIssuer_permitted() {
        assertThat(get("/contacts", second.token().scope("read:contacts").sign()))
                .isInstanceOf(Decision.Permitted.class);
    }

    @Test
    @Requirement("RFC8725 §3.8")
    void decide_issuerNamedByATokenOfTheOther_refused() {
        String forged = second.token()
                .claim("iss", first.issuer())
                .scope("read:contacts")
                .sign();

        assertThat(reason(get("/contacts", forged))).isIn(RefusalReason.KEY_UNKNOWN, RefusalReason.SIGNATURE);
    }

    @Test
    @Requirement("RFC8725 §3.2")
    void decide_unsignedToken_refusedWithoutAKey() {
        assertThat(reason(get("/contacts", first.token().unsigned().sign())))
                .isIn(RefusalReason.ALGORITHM, RefusalReason.TOKEN_MALFORMED);
    }

    @Test
    void decide_unknownIssuer_refusedWithoutACall() {
        int calls = first.jwksFetches() + second.jwksFetches();
        String token = first.token().claim("iss", "https://evil.example.com").sign();

        assertThat(reason(get("/contacts", token))).isEqualTo(RefusalReason.ISSUER_UNKNOWN);
        assertThat(first.jwksFetches() + second.jwksFetches() - calls).isLessThanOrEqualTo(2);
    }

    @Test
    void decide_expired_refused() {
        String token = first.token()
                .scope("read:contacts")
                .expiresAt(Instant.now().minusSeconds(31))
                .sign();

        assertThat(reason(get("/contacts", token))).isEqualTo(RefusalReason.EXPIRED);
    }

    @Test
    @Requirement("RFC9449 §7.2")
    void decide_boundTokenAsBearer_refused() {
        String token = first.token()
                .scope("read:contacts")
                .claim("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"))
                .sign();

        assertThat(reason(get("/contacts", token))).isEqualTo(RefusalReason.BOUND_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crit", "b64", "cty"})
    void decide_headerThatDemandsMore_refused(String name) {
        String token = first.token().scope("read:contacts").header(name, "x").sign();

        assertThat(reason(get("/contacts", token))).isEqualTo(RefusalReason.HEADER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "application/at+jwt", "AT+JWT", "JWT"})
    void decide_typeOfAnAccessToken_permitted(String type) {
        assertThat(get(
                        "/contacts",
                        first.token().scope("read:contacts").type(type).sign()))
                .isInstanceOf(Decision.Permitted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpop+jwt", "logout+jwt", "secevent+jwt", "token-introspection+jwt", "at+jwt ", "id"})
    void decide_typeOfSomethingElse_refused(String type) {
        assertThat(reason(get(
                        "/contacts",
                        first.token().scope("read:contacts").type(type).sign())))
                .isEqualTo(RefusalReason.TOKEN_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJ.x", "eyJhbGciOiJub25lIn0.", "eyJ.eyJ.x", "eyJ.....", "eyJhbGciOiJSUzI1NiJ9.W10.AAAA"})
    void decide_brokenJwt_refusedAndAskedOfNobody(String token) {
        int calls = first.introspectionCalls();

        assertThat(get("/contacts", token)).isInstanceOf(Decision.Refused.class);
        assertThat(first.introspectionCalls()).isEqualTo(calls);
    }

    @Test
    void decide_encryptedToken_refused() {
        assertThat(reason(get("/contacts", "eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d")))
                .isEqualTo(RefusalReason.TOKEN_ENCRYPTED);
    }

    @Test
    void decide_opaqueToken_permittedUntilRevoked() {
        String token = first.opaque(Map.of("aud", AUDIENCE, "scope", "read:contacts", "sub", "alice"));

        assertThat(get("/contacts", token)).isInstanceOf(Decision.Permitted.class);
        assertThat(reason(get("/contacts", "neverIssued"))).isEqualTo(RefusalReason.INACTIVE);
    }

    @Test
    void decide_issuerDown_knownKeysServeAndOpaqueTokensAreUndecided() {
        TestIssuer fragile = TestIssuer.start();
        try (ResourceServer guarded = builder()
                .issuer(IssuerConfig.of(fragile.issuer())
                        .withIntrospection(IntrospectionConfig.basic("contacts-api", Secret.of("api-secret"))))
                .build()) {
            String token = fragile.token().scope("read:contacts").sign();
            String opaque = fragile.opaque(Map.of("aud", AUDIENCE, "scope", "read:contacts"));
            assertThat(guarded.decide(request("/contacts", token))).isInstanceOf(Decision.Permitted.class);

            fragile.stop();

            assertThat(guarded.decide(request(
                            "/contacts", fragile.token().scope("read:contacts").sign())))
                    .isInstanceOf(Decision.Permitted.class);
            assertThat(guarded.decide(request("/contacts", opaque)))
                    .isInstanceOfSatisfying(
                            Decision.Undecided.class,
                            undecided ->
                                    assertThat(undecided.reason()).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE));
        } finally {
            fragile.close();
        }
    }

    @Test
    void decide_issuerDownFromTheStart_undecidedUntilItIsUp() {
        TestIssuer down = TestIssuer.start();
        down.stop();
        try (ResourceServer guarded = builder().issuer(down.issuer()).build()) {
            Decision decision = guarded.decide(
                    request("/contacts", down.token().scope("read:contacts").sign()));

            assertThat(decision).isInstanceOfSatisfying(Decision.Undecided.class, undecided -> {
                assertThat(undecided.reason()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE);
                assertThat(undecided.retryAfter()).isPositive();
            });

            down.restart();

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> guarded.decide(request(
                                    "/contacts",
                                    down.token().scope("read:contacts").sign()))
                            instanceof Decision.Permitted);
        } finally {
            down.close();
        }
    }

    @Test
    void decide_access_eachKind() {
        String token = first.token().sign();

        assertThat(get("/health", "garbage!")).isInstanceOf(Decision.Permitted.class);
        assertThat(get("/news")).isInstanceOf(Decision.Permitted.class);
        assertThat(get("/news", token)).isInstanceOf(Decision.Permitted.class);
        assertThat(reason(get("/news", "garbage!"))).isEqualTo(RefusalReason.CREDENTIALS_MALFORMED);
        assertThat(get("/me", token)).isInstanceOf(Decision.Permitted.class);
        assertThat(reason(get("/me"))).isEqualTo(RefusalReason.CREDENTIALS_ABSENT);
        assertThat(reason(get("/closed"))).isEqualTo(RefusalReason.ROUTE_DENIED);
        assertThat(reason(get("/closed", token))).isEqualTo(RefusalReason.ROUTE_DENIED);
        assertThat(reason(get("/elsewhere", token))).isEqualTo(RefusalReason.ROUTE_DENIED);
        assertThat(reason(get("/health;x"))).isEqualTo(RefusalReason.PATH_AMBIGUOUS);
    }

    @Test
    void judgeInner_targetWithARule_heldToItWithTheSameToken() {
        ValidatedToken token = ((Decision.Permitted)
                        get("/contacts", first.token().scope("read:contacts").sign()))
                .token()
                .orElseThrow();
        RequestSnapshot anonymous = new RequestSnapshot("GET", "/x", "/contacts/7", List.of());
        RequestSnapshot unruled = new RequestSnapshot("GET", "/x", "/WEB-INF/view.jsp", List.of());

        assertThat(server.judgeInner(anonymous, Optional.of(token), () -> Surroundings.NONE))
                .get()
                .isInstanceOf(Conclusion.Passed.class);
        assertThat(server.judgeInner(anonymous, Optional.empty(), () -> Surroundings.NONE))
                .get()
                .isInstanceOfSatisfying(
                        Conclusion.Answered.class,
                        answered -> assertThat(answered.answer().status()).isEqualTo(401));
        assertThat(server.judgeInner(unruled, Optional.of(token), () -> Surroundings.NONE))
                .isEmpty();
    }

    @Test
    @Requirement("RFC6750 §2.3")
    void judge_tokenInTheUrl_notForSharedCaches() {
        String token = first.token().scope("read:contacts").sign();
        try (ResourceServer byQuery = builder()
                .issuer(first.issuer())
                .tokens(TokensConfigBuilder.builder()
                        .transports(List.of(Transport.HEADER, Transport.of("query")))
                        .build())
                .build()) {
            assertThat(headers(byQuery, "access_token=" + token))
                    .containsExactly(new Answer.Header("Cache-Control", "private"));
            assertThat(headers(byQuery, "page=2", "Bearer " + token)).isEmpty();
        }
    }

    private static List<Answer.Header> headers(ResourceServer server, String query, String... authorization) {
        RequestSnapshot request = new RequestSnapshot(
                "GET",
                "/contacts",
                "/contacts",
                List.of(authorization),
                new RequestSnapshot.Elsewhere(query, List.of(), List.of()),
                false);
        return ((Conclusion.Passed) server.judge(request, () -> Surroundings.NONE)).headers();
    }

    @Test
    void judge_eachDecision_countedOnceWithTagsFromClosedSets() {
        for (String token :
                List.of("garbage!", first.token().scope("read:contacts").sign())) {
            RequestSnapshot request = new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer " + token));
            server.judge(request, () -> Surroundings.NONE);
        }

        assertThat(meters.get("scopegate.requests")
                        .tags("outcome", "refused", "reason", "credentials-malformed", "route", "GET /contacts/**")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("scopegate.requests")
                        .tags(
                                "outcome",
                                "accepted",
                                "reason",
                                "none",
                                "issuer",
                                first.issuer().replace("http://", ""),
                                "route",
                                "GET /contacts/**")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("scopegate.requests").timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void build_severalMistakes_allNamed() {
        assertThatThrownBy(() -> ResourceServer.builder()
                        .issuer("http://login.example.com")
                        .route("get /x", "a")
                        .route("GET /y")
                        .build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("issuers[0].issuer' must be https")
                .hasMessageContaining("no audience")
                .hasMessageContaining("routes[0].route")
                .hasMessageContaining("routes[1]' requires nothing");
    }

    private Decision get(String path, String token) {
        return server.decide(request(path, token));
    }

    private Decision get(String path) {
        return server.decide(new RequestSnapshot("GET", path, path, List.of()));
    }

    private static RequestSnapshot request(String path, String token) {
        return new RequestSnapshot("GET", path, path, List.of("Bearer " + token));
    }

    private static RefusalReason reason(Decision decision) {
        return ((Decision.Refused) decision).reason();
    }
}
