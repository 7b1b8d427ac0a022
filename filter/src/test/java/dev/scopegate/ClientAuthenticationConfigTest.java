package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.scopegate.config.ConfigReader;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestCertificates;
import dev.scopegate.test.TestIssuer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As whom an issuer is asked, where, and over which connections, by the configuration and by what the issuer says. */
@Timeout(60)
class ClientAuthenticationConfigTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ACTIVE =
            "{\"active\":true,\"aud\":\"https://api.example.com/contacts\",\"scope\":\"read\"}";
    private static final String TOKEN = "{\"access_token\":\"ours\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
    private static final String SECRET = "client-secret: s3cret";
    private static final String KEY = "private-key: { file: key.json }";
    private static final String STORE = "key-store: { file: ours.p12, password: changeit }";
    private static final String TRUST = ", trust-store: authority.pem";

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @TempDir
    private static Path folder;

    private static RSAKey key;

    private final Map<String, Object> metadata = new HashMap<>();

    @BeforeAll
    static void makeFiles() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        Path authority = certificates.authority("authority");
        Path server = certificates.issued("server", "authority", "localhost");
        Path clients = certificates.trustStore("clients", certificates.authority("ours"));
        Path foreign = certificates.authority("foreign");
        assertThat(List.of(authority, server, clients, foreign)).allMatch(Files::isReadable);
        key = ISSUER.signingKey(JWSAlgorithm.RS256).toRSAKey();
        Files.writeString(folder.resolve("key.json"), key.toJSONString());
    }

    @BeforeEach
    void answerWhomever() {
        ISSUER.wireMock().resetRequests();
        ISSUER.wireMock().stubFor(post(urlEqualTo("/introspect")).willReturn(okJson(ACTIVE)));
        ISSUER.wireMock().stubFor(post(urlEqualTo("/token")).willReturn(okJson(TOKEN)));
        metadata.put("issuer", ISSUER.issuer());
        metadata.put("jwks_uri", ISSUER.jwksUri().toString());
        publish("introspection_endpoint", ISSUER.introspectionEndpoint().toString());
    }

    private void publish(String member, Object value) {
        metadata.put(member, value);
        ISSUER.wireMock()
                .stubFor(get(urlEqualTo("/.well-known/openid-configuration"))
                        .willReturn(okJson(JSONObjectUtils.toJSONString(metadata))));
    }

    @ParameterizedTest(name = "{0} given, issuer takes {1} → {2}")
    @Requirement("RFC8414 §2")
    @CsvSource({
        "secret,     client_secret_basic,                     basic",
        "secret,     client_secret_post,                      post",
        "secret,     client_secret_post client_secret_basic,  basic",
        "secret,     '',                                      basic",
        "key,        '',                                      jwt",
        "secret key, '',                                      basic",
        "secret key, client_secret_basic private_key_jwt,     jwt",
        "secret key, client_secret_basic,                     basic",
        "secret,     private_key_jwt,                         nothing",
        "key,        client_secret_basic client_secret_post,  nothing",
    })
    void decide_methodNotConfigured_whatTheIssuerTakes(String given, String methods, String expected) {
        publish("introspection_endpoint_auth_methods_supported", words(methods));
        String introspection =
                given.replace(" ", ", ").replace("secret", SECRET).replace("key", KEY);

        Decision decision = decide(introspection);

        if (expected.equals("nothing")) {
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Undecided.class,
                            undecided ->
                                    assertThat(undecided.reason()).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE));
            assertThat(asked("/introspect")).isEmpty();
        } else {
            assertThat(decision).isInstanceOf(Decision.Permitted.class);
            assertThat(asked("/introspect"))
                    .singleElement()
                    .extracting(ClientAuthenticationConfigTest::shown)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}, endpoint configured: {1} → {2}")
    @CsvSource({
        "client_secret_basic, false, basic",
        "client_secret_basic, true,  basic",
        "client_secret_post,  false, post",
        "client_secret_post,  true,  post",
        "private_key_jwt,     false, jwt",
        "private_key_jwt,     true,  jwt",
        "bearer,              false, bearer",
        "bearer,              true,  bearer",
    })
    void decide_methodConfigured_itAloneWhateverTheIssuerTakes(String method, boolean endpoint, String expected) {
        publish("introspection_endpoint_auth_methods_supported", List.of("none"));
        publish("token_endpoint", ISSUER.issuer() + "/token");

        Decision decision = decide("client-authentication: " + method + ", "
                + (method.equals("private_key_jwt") ? KEY : SECRET)
                + (endpoint ? ", " + endpoint() : ""));

        assertThat(decision).isInstanceOf(Decision.Permitted.class);
        assertThat(asked("/introspect"))
                .singleElement()
                .extracting(ClientAuthenticationConfigTest::shown)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"true, basic", "false, jwt"})
    void decide_endpointConfiguredAndOneKindOfCredentials_thatDecidesAndNobodyElseIsAsked(
            boolean secret, String expected) {
        assertThat(decide(endpoint() + ", " + (secret ? SECRET : KEY))).isInstanceOf(Decision.Permitted.class);

        assertThat(shown(asked("/introspect").get(0))).isEqualTo(expected);
        assertThat(ISSUER.wireMock().findAll(getRequestedFor(urlEqualTo("/.well-known/openid-configuration"))))
                .isEmpty();
    }

    @ParameterizedTest
    @Requirement("RFC7523 §3")
    @CsvSource({"'', issuer", "https://login.example.com/token, https://login.example.com/token"})
    void decide_privateKey_assertionForTheIssuerOrAsConfigured(String configured, String expected) throws Exception {
        String audience = configured.isEmpty() ? "" : ", audience: '" + configured + "'";

        assertThat(decide(endpoint() + ", private-key: { file: key.json, algorithm: RS256" + audience + " }"))
                .isInstanceOf(Decision.Permitted.class);

        JWSObject assertion = JWSObject.parse(
                asked("/introspect").get(0).formParameter("client_assertion").firstValue());
        JWTClaimsSet claims = JWTClaimsSet.parse(assertion.getPayload().toJSONObject());
        assertThat(assertion.verify(new RSASSAVerifier(key.toRSAPublicKey()))).isTrue();
        assertThat(assertion.getHeader().getKeyID()).isEqualTo(key.getKeyID());
        assertThat(claims.getAudience()).containsExactly(expected.equals("issuer") ? ISSUER.issuer() : expected);
        assertThat(claims.getSubject()).isEqualTo("api");
        assertThat(claims.getExpirationTime()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    @Requirement("RFC6749 §4.4")
    void decide_bearer_tokenOfOursFromTheConfiguredEndpointAndKept() {
        String bearer = "bearer: { token-endpoint: '" + ISSUER.issuer() + "/token', scopes: [introspect] }";
        try (ResourceServer server =
                server("client-authentication: bearer, " + SECRET + ", " + bearer, "", ISSUER.jwksUri())) {
            assertThat(decide(server, "opaque1")).isInstanceOf(Decision.Permitted.class);
            assertThat(decide(server, "opaque2")).isInstanceOf(Decision.Permitted.class);
        }

        assertThat(asked("/introspect"))
                .hasSize(2)
                .allMatch(request -> "Bearer ours".equals(request.getHeader("Authorization")));
        assertThat(asked("/token")).singleElement().satisfies(request -> {
            assertThat(request.getHeader("Authorization")).isEqualTo("Basic YXBpOnMzY3JldA==");
            assertThat(request.getBodyAsString()).isEqualTo("grant_type=client_credentials&scope=introspect");
        });
    }

    @Test
    void decide_bearerWithoutATokenEndpoint_undecidedAndNothingSent() {
        assertThat(decide("client-authentication: bearer, " + SECRET)).isInstanceOf(Decision.Undecided.class);
        assertThat(asked("/introspect")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, Basic YXBpOnMlM0FlJTI1", "true, Basic YXBpOnM6ZSU="})
    void decide_unencodedCredentials_asTheyAre(boolean unencoded, String expected) {
        assertThat(decide("client-secret: 's:e%', unencoded-basic-credentials: " + unencoded))
                .isInstanceOf(Decision.Permitted.class);

        assertThat(asked("/introspect").get(0).getHeader("Authorization")).isEqualTo(expected);
    }

    @ParameterizedTest
    @Requirement("RFC8705 §2.1")
    @CsvSource({"tls_client_auth", "self_signed_tls_client_auth"})
    void decide_keyStore_certificateShownAtTheEndpointAndNowhereElse(String method) {
        WireMockServer demanding = demanding();
        try {
            URI door = URI.create("https://localhost:" + demanding.httpsPort());
            String how = "client-authentication: " + method + ", endpoint: '" + door + "/introspect', ";

            // The keys are behind the same door: whoever fetches them shows nothing, and is not let in.
            try (ResourceServer ours = server(how + STORE, TRUST, door.resolve("/jwks"))) {
                assertThat(decide(ours, "opaque1")).isInstanceOf(Decision.Permitted.class);
                assertThat(decide(ours, ISSUER.token().scope("read").sign())).isInstanceOf(Decision.Undecided.class);
            }
            try (ResourceServer foreign = server(how + STORE.replace("ours", "foreign"), TRUST, ISSUER.jwksUri())) {
                assertThat(decide(foreign, "opaque1")).isInstanceOf(Decision.Undecided.class);
            }
            assertThat(demanding.findAll(postRequestedFor(anyUrl())))
                    .singleElement()
                    .satisfies(request -> {
                        assertThat(request.formParameter("client_id").firstValue())
                                .isEqualTo("api");
                        assertThat(shown(request)).isEmpty();
                    });
        } finally {
            demanding.stop();
        }
    }

    @ParameterizedTest(name = "configured: {0}, issuer takes {1}")
    @Requirement("RFC8705 §5")
    @CsvSource({
        "true,  client_secret_basic",
        "false, tls_client_auth",
        "false, self_signed_tls_client_auth",
        "false, ''",
    })
    void decide_keyStoreAndAnAliasOfTheEndpoint_askedThere(boolean configured, String methods) {
        WireMockServer demanding = demanding();
        try {
            publish("introspection_endpoint_auth_methods_supported", words(methods));
            publish(
                    "mtls_endpoint_aliases",
                    Map.of("introspection_endpoint", "https://localhost:" + demanding.httpsPort() + "/introspect"));
            String how = configured ? "client-authentication: tls_client_auth, " + STORE : STORE;
            try (ResourceServer server = server(how, TRUST, ISSUER.jwksUri())) {
                assertThat(decide(server, "opaque1")).isInstanceOf(Decision.Permitted.class);
            }
            assertThat(demanding.findAll(postRequestedFor(anyUrl()))).hasSize(1);
            assertThat(asked("/introspect")).isEmpty();
        } finally {
            demanding.stop();
        }
    }

    @Test
    void decide_keyStoreButAnotherWayTaken_notAskedAtTheAlias() {
        publish("introspection_endpoint_auth_methods_supported", List.of("client_secret_post"));
        publish("mtls_endpoint_aliases", Map.of("introspection_endpoint", ISSUER.issuer() + "/elsewhere"));

        assertThat(decide(STORE + ", " + SECRET)).isInstanceOf(Decision.Permitted.class);
        assertThat(shown(asked("/introspect").get(0))).isEqualTo("post");
    }

    private static WireMockServer demanding() {
        WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(folder.resolve("server.p12").toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificates.PASSWORD)
                .keyManagerPassword(TestCertificates.PASSWORD)
                .needClientAuth(true)
                .trustStorePath(folder.resolve("clients.p12").toString())
                .trustStoreType("PKCS12")
                .trustStorePassword(TestCertificates.PASSWORD));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(okJson(ACTIVE)));
        return server;
    }

    private static String endpoint() {
        return "endpoint: '" + ISSUER.introspectionEndpoint() + "'";
    }

    private static Decision decide(String introspection) {
        try (ResourceServer server = server(introspection, "", ISSUER.jwksUri())) {
            return decide(server, "opaque1");
        }
    }

    private static Decision decide(ResourceServer server, String token) {
        return server.decide(new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer " + token)));
    }

    private static ResourceServer server(String introspection, String http, URI jwks) {
        String yaml = """
                resource: https://api.example.com/contacts
                issuers:
                  - issuer: %s
                    jwks: { uri: '%s' }
                    introspection: { client-id: api, %s }
                routes:
                  - { route: GET /contacts, scopes: read }
                http: { allow-insecure-loopback: true%s }
                """.formatted(ISSUER.issuer(), jwks, introspection, http);
        return ResourceServer.builder(new ConfigReader().read("scopegate.yaml", yaml, folder))
                .clock(MutableClock.at(NOW))
                .build();
    }

    private static List<LoggedRequest> asked(String path) {
        return ISSUER.wireMock().findAll(postRequestedFor(urlEqualTo(path)));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    /** In which ways a request says who asks. */
    private static String shown(LoggedRequest request) {
        StringBuilder shown = new StringBuilder();
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            shown.append(authorization.startsWith("Bearer ") ? "bearer" : "basic");
        }
        if (request.formParameter("client_secret").isPresent()) {
            shown.append("post");
        }
        if (request.formParameter("client_assertion").isPresent()) {
            shown.append("jwt");
        }
        return shown.toString();
    }
}
