package dev.scopegate.validate;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.scopegate.Keytool;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.HttpConfigBuilder;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IntrospectionConfig.Bearer;
import dev.scopegate.config.IntrospectionConfig.ClientAuthentication;
import dev.scopegate.config.IntrospectionConfig.KeyStoreFile;
import dev.scopegate.config.IntrospectionConfig.PrivateKey;
import dev.scopegate.config.IntrospectionConfigBuilder;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.config.Secret;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.validate.keys.Upstreams;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
class IntrospectionAccessTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String AUDIENCE = "https://api.example.com/contacts";
    private static final String ACTIVE = "{\"active\":true,\"aud\":\"" + AUDIENCE + "\",\"scope\":\"read\"}";
    private static final String TOKEN = "{\"access_token\":\"ours\",\"token_type\":\"Bearer\",\"expires_in\":3600}";

    @TempDir
    private static Path folder;

    private static Path authority;
    private static Path serverStore;
    private static Path ourStore;
    private static Path ourCertificate;
    private static Path foreignStore;

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final RSAKey key = ISSUER.signingKey(JWSAlgorithm.RS256).toRSAKey();
    private final Map<String, Object> metadata = new HashMap<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        Keytool keytool = new Keytool(folder);
        authority = keytool.authority("authority");
        serverStore = keytool.server("server", "authority", "localhost");
        ourCertificate = keytool.authority("ours");
        ourStore = folder.resolve("ours.p12");
        Path unused = keytool.authority("foreign");
        foreignStore = folder.resolve("foreign.p12");
    }

    @BeforeEach
    void answerWhomever() throws Exception {
        ISSUER.wireMock().resetRequests();
        ISSUER.wireMock().stubFor(post(urlEqualTo("/introspect")).willReturn(okJson(ACTIVE)));
        ISSUER.wireMock().stubFor(post(urlEqualTo("/token")).willReturn(okJson(TOKEN)));
        metadata.put("issuer", ISSUER.issuer());
        metadata.put("jwks_uri", ISSUER.jwksUri().toString());
        publish("introspection_endpoint", ISSUER.introspectionEndpoint().toString());
        Files.writeString(folder.resolve("key.json"), key.toJSONString());
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
    void validate_methodNotConfigured_whatTheIssuerTakes(String given, String methods, String expected) {
        publish("introspection_endpoint_auth_methods_supported", methods.isEmpty() ? List.of() : words(methods));
        IntrospectionConfigBuilder how = client();
        if (given.contains("secret")) {
            how.clientSecret(Optional.of(Secret.of("s3cret")));
        }
        if (given.contains("key")) {
            how.privateKey(privateKey(Optional.empty()));
        }

        Validation verdict = validate(how.build());

        if (expected.equals("nothing")) {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Validation.Undecided.class,
                            undecided ->
                                    assertThat(undecided.reason()).isEqualTo(RefusalReason.INTROSPECTION_UNAVAILABLE));
            assertThat(asked("/introspect")).isEmpty();
        } else {
            assertThat(verdict).isInstanceOf(Validation.Valid.class);
            assertThat(shown(asked("/introspect").get(0))).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}, endpoint configured: {1} → {2}")
    @CsvSource({
        "CLIENT_SECRET_BASIC, false, basic",
        "CLIENT_SECRET_BASIC, true,  basic",
        "CLIENT_SECRET_POST,  false, post",
        "CLIENT_SECRET_POST,  true,  post",
        "PRIVATE_KEY_JWT,     false, jwt",
        "PRIVATE_KEY_JWT,     true,  jwt",
        "BEARER,              false, bearer",
        "BEARER,              true,  bearer",
    })
    void validate_methodConfigured_itAloneWhateverTheIssuerTakes(
            ClientAuthentication method, boolean endpoint, String expected) {
        publish("introspection_endpoint_auth_methods_supported", List.of("none"));
        publish("token_endpoint", ISSUER.issuer() + "/token");
        IntrospectionConfigBuilder how = client().clientAuthentication(Optional.of(method));
        if (method == ClientAuthentication.PRIVATE_KEY_JWT) {
            how.privateKey(privateKey(Optional.empty()));
        } else {
            how.clientSecret(Optional.of(Secret.of("s3cret")));
        }
        if (endpoint) {
            how.endpoint(Optional.of(ISSUER.introspectionEndpoint()));
        }

        assertThat(validate(how.build())).isInstanceOf(Validation.Valid.class);
        assertThat(shown(asked("/introspect").get(0))).isEqualTo(expected);
    }

    @Test
    void validate_endpointConfiguredAndOneKindOfCredentials_decidesTheMethod() {
        Optional<URI> endpoint = Optional.of(ISSUER.introspectionEndpoint());

        assertThat(validate(client().endpoint(endpoint)
                        .clientSecret(Optional.of(Secret.of("s3cret")))
                        .build()))
                .isInstanceOf(Validation.Valid.class);
        assertThat(validate(client().endpoint(endpoint)
                        .privateKey(privateKey(Optional.empty()))
                        .build()))
                .isInstanceOf(Validation.Valid.class);

        assertThat(asked("/introspect"))
                .extracting(IntrospectionAccessTest::shown)
                .containsExactlyInAnyOrder("basic", "jwt");
        assertThat(ISSUER.wireMock().findAll(getRequestedFor(urlEqualTo("/.well-known/openid-configuration"))))
                .isEmpty();
    }

    @ParameterizedTest
    @Requirement("RFC7523 §3")
    @CsvSource({"'', issuer", "https://login.example.com/token, https://login.example.com/token"})
    void validate_privateKey_assertionForTheIssuerOrAsConfigured(String configured, String expected) throws Exception {
        IntrospectionConfig how = client().endpoint(Optional.of(ISSUER.introspectionEndpoint()))
                .privateKey(privateKey(Optional.of(configured).filter(text -> !text.isEmpty())))
                .build();

        assertThat(validate(how)).isInstanceOf(Validation.Valid.class);

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
    void validate_bearer_tokenOfOursFromTheConfiguredEndpointAndKept() {
        IntrospectionConfig how = client().clientAuthentication(Optional.of(ClientAuthentication.BEARER))
                .clientSecret(Optional.of(Secret.of("s3cret")))
                .bearer(new Bearer(Optional.of(URI.create(ISSUER.issuer() + "/token")), List.of("introspect")))
                .build();
        try (TokenValidator validator = validator(how, HttpConfig.allowingInsecureLoopback())) {
            assertThat(Anywhere.validate(validator, "opaque1")).isInstanceOf(Validation.Valid.class);
            assertThat(Anywhere.validate(validator, "opaque2")).isInstanceOf(Validation.Valid.class);
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
    void validate_bearerWithoutATokenEndpoint_undecidedAndNothingSent() {
        IntrospectionConfig how = client().clientAuthentication(Optional.of(ClientAuthentication.BEARER))
                .clientSecret(Optional.of(Secret.of("s3cret")))
                .build();

        assertThat(validate(how)).isInstanceOf(Validation.Undecided.class);
        assertThat(asked("/introspect")).isEmpty();
    }

    @Test
    void validate_unencodedCredentials_asTheyAre() {
        IntrospectionConfigBuilder how = client().clientId("my api").clientSecret(Optional.of(Secret.of("s:e%")));

        assertThat(validate(how.build())).isInstanceOf(Validation.Valid.class);
        assertThat(validate(how.unencodedBasicCredentials(true).build())).isInstanceOf(Validation.Valid.class);

        assertThat(asked("/introspect"))
                .extracting(request -> request.getHeader("Authorization"))
                .containsExactlyInAnyOrder("Basic bXkrYXBpOnMlM0FlJTI1", "Basic bXkgYXBpOnM6ZSU=");
    }

    @ParameterizedTest
    @Requirement("RFC8705 §2.1")
    @CsvSource({"TLS_CLIENT_AUTH", "SELF_SIGNED_TLS_CLIENT_AUTH"})
    void validate_keyStore_certificateShownAtTheEndpointAndNowhereElse(ClientAuthentication method) {
        WireMockServer demanding = demanding();
        try {
            URI endpoint = URI.create("https://localhost:" + demanding.httpsPort() + "/introspect");
            IntrospectionConfigBuilder how =
                    client().endpoint(Optional.of(endpoint)).clientAuthentication(Optional.of(method));
            HttpConfig http = trusting();

            // The keys are behind the same door: whoever fetches them shows nothing, and is not let in.
            try (TokenValidator validator = TokenValidator.of(
                    config(how.keyStore(keyStore(ourStore)).build(), http, Optional.of(endpoint.resolve("/jwks"))),
                    MutableClock.at(NOW))) {
                assertThat(Anywhere.validate(validator, "opaque1")).isInstanceOf(Validation.Valid.class);
                assertThat(Anywhere.validate(validator, ISSUER.token().sign()))
                        .isInstanceOf(Validation.Undecided.class);
            }
            try (TokenValidator foreign =
                    validator(how.keyStore(keyStore(foreignStore)).build(), http)) {
                assertThat(Anywhere.validate(foreign, "opaque1")).isInstanceOf(Validation.Undecided.class);
            }
            List<LoggedRequest> all = demanding.findAll(postRequestedFor(anyUrl()));
            assertThat(all).hasSize(1);
            assertThat(all.get(0).formParameter("client_id").firstValue()).isEqualTo("api");
            assertThat(all.get(0).getHeader("Authorization")).isNull();
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
    void validate_keyStoreAndAnAliasOfTheEndpoint_askedThere(boolean configured, String methods) {
        WireMockServer demanding = demanding();
        try {
            publish("introspection_endpoint_auth_methods_supported", methods.isEmpty() ? List.of() : words(methods));
            publish(
                    "mtls_endpoint_aliases",
                    Map.of("introspection_endpoint", "https://localhost:" + demanding.httpsPort() + "/introspect"));
            IntrospectionConfigBuilder how = client().keyStore(keyStore(ourStore));
            if (configured) {
                how.clientAuthentication(Optional.of(ClientAuthentication.TLS_CLIENT_AUTH));
            }
            try (TokenValidator validator = validator(how.build(), trusting())) {
                assertThat(Anywhere.validate(validator, "opaque1")).isInstanceOf(Validation.Valid.class);
            }
            assertThat(demanding.findAll(postRequestedFor(anyUrl()))).hasSize(1);
            assertThat(asked("/introspect")).isEmpty();
        } finally {
            demanding.stop();
        }
    }

    @Test
    void of_filesGoneSinceTheyWereChecked_refusedWithoutQuoting() {
        IntrospectionConfigBuilder how = client().endpoint(Optional.of(ISSUER.introspectionEndpoint()));
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> validate(how.keyStore(keyStore(nowhere)).build()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the key store of introspection cannot be used");
        assertThatThrownBy(() ->
                        validate(client().clientAuthentication(Optional.of(ClientAuthentication.PRIVATE_KEY_JWT))
                                .privateKey(new PrivateKey(
                                        FileReference.of(nowhere.toString()),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))
                                .build()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the private key of introspection cannot be used");
    }

    @Test
    void close_withAKeyStore_itsOwnConnectionsAndWithoutOneNotTheSharedOnes() throws Exception {
        IntrospectionConfig secret =
                client().clientSecret(Optional.of(Secret.of("s3cret"))).build();
        IntrospectionConfig store = client().keyStore(keyStore(ourStore)).build();
        try (Upstreams upstreams = Upstreams.of(
                config(secret, HttpConfig.allowingInsecureLoopback(), Optional.empty()),
                Upstreams.Environment.unobserved(MutableClock.at(NOW)))) {
            IntrospectionAccess shared =
                    IntrospectionAccess.of(ISSUER.issuer(), secret, upstreams, MutableClock.at(NOW));
            IntrospectionAccess own = IntrospectionAccess.of(ISSUER.issuer(), store, upstreams, MutableClock.at(NOW));
            assertThat(shared.http()).isSameAs(upstreams.http());
            assertThat(own.http().get(ISSUER.jwksUri(), "*/*").status()).isEqualTo(200);

            shared.close();
            own.close();

            assertThat(upstreams.http().get(ISSUER.jwksUri(), "*/*").status()).isEqualTo(200);
            assertThatThrownBy(() -> own.http().get(ISSUER.jwksUri(), "*/*")).hasMessage("the HTTP client is closed");
        }
    }

    private static WireMockServer demanding() {
        WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(serverStore.toString())
                .keystoreType("PKCS12")
                .keystorePassword(Keytool.PASSWORD)
                .keyManagerPassword(Keytool.PASSWORD)
                .needClientAuth(true)
                .trustStorePath(trustOf(ourCertificate).toString())
                .trustStoreType("PKCS12")
                .trustStorePassword(Keytool.PASSWORD));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(okJson(ACTIVE)));
        return server;
    }

    private static Path trustOf(Path certificate) {
        try {
            Path store = folder.resolve("clients.p12");
            return Files.exists(store) ? store : new Keytool(folder).trustStore("clients", certificate);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static HttpConfig trusting() {
        return HttpConfigBuilder.builder(HttpConfig.allowingInsecureLoopback())
                .trustStore(FileReference.of(authority.toString()))
                .build();
    }

    private static KeyStoreFile keyStore(Path file) {
        return new KeyStoreFile(
                FileReference.of(file.toString()), Optional.of(Secret.of(Keytool.PASSWORD)), Optional.empty());
    }

    private static PrivateKey privateKey(Optional<String> audience) {
        return new PrivateKey(
                FileReference.of(folder.resolve("key.json").toString()), Optional.empty(), Optional.empty(), audience);
    }

    private static IntrospectionConfigBuilder client() {
        return IntrospectionConfigBuilder.builder().clientId("api");
    }

    private Validation validate(IntrospectionConfig how) {
        try (TokenValidator validator = validator(how, HttpConfig.allowingInsecureLoopback())) {
            return Anywhere.validate(validator, "opaque1");
        }
    }

    private TokenValidator validator(IntrospectionConfig how, HttpConfig http) {
        return TokenValidator.of(config(how, http, Optional.empty()), MutableClock.at(NOW));
    }

    private ScopegateConfig config(IntrospectionConfig how, HttpConfig http, Optional<URI> jwks) {
        return ScopegateConfigBuilder.builder()
                .resource(AUDIENCE)
                .issuers(List.of(IssuerConfig.builder(ISSUER.issuer())
                        .jwks(JwksConfigBuilder.builder()
                                .uri(jwks.orElse(ISSUER.jwksUri()))
                                .build())
                        .introspection(how)
                        .build()))
                .http(http)
                .build();
    }

    private List<LoggedRequest> asked(String path) {
        return ISSUER.wireMock().findAll(postRequestedFor(urlEqualTo(path)));
    }

    private static List<String> words(String text) {
        return List.of(text.split(" ", -1));
    }

    /** In which way a request says who asks: one, and no other beside it. */
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
