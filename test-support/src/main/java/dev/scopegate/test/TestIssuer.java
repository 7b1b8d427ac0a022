package dev.scopegate.test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An authorization server inside the test: on loopback, on a free port, up in a moment. It publishes its metadata (OIDC
 * discovery and RFC 8414) and its keys, signs JWTs ({@link #token()}), issues opaque tokens ({@link #opaque}) and answers
 * for them at its introspection endpoint.
 *
 * <p>Beside a test class it serves as an extension that stops with the last test, when it is a static field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestIssuer ISSUER = TestIssuer.start();
 * }</pre>
 *
 * <p>Does not offer an authorization or token endpoint: nobody logs in here. Safe for concurrent use, but one thread at a time
 * may stop and restart it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2">RFC 7662 §2</a>
 */
public final class TestIssuer implements AutoCloseable, AfterAllCallback {

    /** The client that may introspect. */
    public static final String CLIENT_ID = "contacts-api";

    /** The secret of {@link #CLIENT_ID}, sent by HTTP Basic. */
    public static final String CLIENT_SECRET = "api-secret";

    private static final String AUDIENCE = "https://api.example.com/contacts";
    static final String JWKS_PATH = "/jwks";
    private static final String INTROSPECTION_PATH = "/introspect";
    private static final int JOURNAL_ENTRIES = 1_000;

    private final IssuerAnswers answers = new IssuerAnswers(CLIENT_ID, CLIENT_SECRET);
    private final AtomicInteger jwksFetches = new AtomicInteger();
    private final AtomicInteger introspectionCalls = new AtomicInteger();
    private final String audience;
    private final int port;
    private volatile WireMockServer server;
    private volatile UnaryOperator<TokenBuilder> everyToken = UnaryOperator.identity();

    private TestIssuer(String audience) {
        this.audience = audience;
        this.server = listening(0);
        this.port = server.port();
        publish();
    }

    /** An issuer with fresh keys that is already listening. Its tokens are for {@code https://api.example.com/contacts}. */
    public static TestIssuer start() {
        return new TestIssuer(AUDIENCE);
    }

    /**
     * The same for an API of your own.
     *
     * @param audience whom tokens are for, as the API knows itself: its {@code resource}, if nothing else is configured
     */
    public static TestIssuer startFor(String audience) {
        return new TestIssuer(audience);
    }

    /** The issuer identifier, such as {@code http://localhost:40123}. */
    public String issuer() {
        return "http://localhost:" + port;
    }

    /** Whom tokens are for unless they say otherwise, such as {@code https://api.example.com/contacts}. */
    public String audience() {
        return audience;
    }

    /** Where the JWK Set is. */
    public URI jwksUri() {
        return URI.create(issuer() + JWKS_PATH);
    }

    /** Where tokens are introspected: by {@link #CLIENT_ID} and {@link #CLIENT_SECRET} alone. */
    public URI introspectionEndpoint() {
        return URI.create(issuer() + INTROSPECTION_PATH);
    }

    /** A JWT in the making, valid as it is. */
    public TokenBuilder token() {
        return everyToken.apply(new TokenBuilder(issuer(), audience, answers.keys()));
    }

    /**
     * What each JWT has from now on before a test changes anything: for an API that requires more of a token than most do. Replaces
     * what was said before.
     *
     * <pre>{@code
     * issuer.everyToken(token -> token.type("at+jwt").claim("tenant", "acme"));
     * }</pre>
     */
    public void everyToken(UnaryOperator<TokenBuilder> wanted) {
        this.everyToken = wanted;
    }

    /**
     * Issues an opaque token.
     *
     * @param claims what introspection answers for it; {@code active} is added as true unless it is there
     * @return the token, a fresh random one
     */
    public String opaque(Map<String, ?> claims) {
        String token = UUID.randomUUID().toString();
        answers.register(token, claims);
        return token;
    }

    /** Revokes an opaque token: from now on it is not active. One that was never issued may be named too. */
    public void revoke(String token) {
        answers.revoke(token);
    }

    /** Replaces all keys: the old ones are published no longer, new tokens are signed by the new ones. */
    public void rotateKeys() {
        answers.rotateKeys();
    }

    /**
     * Publishes another JWK Set in place of the issuer's own, until {@link #publishOwnKeys}. Tokens go on being signed by the
     * issuer's keys.
     *
     * @param keySet what the JWK Set endpoint answers as {@code application/json}, any text whatever
     */
    public void publishKeys(String keySet) {
        answers.publish(keySet);
    }

    /** Publishes the keys that the issuer signs with, as it does from the start. */
    public void publishOwnKeys() {
        answers.publishOwnKeys();
    }

    /** The private key that signs for {@code algorithm} now: RS256, PS256, ES256, EdDSA or Ed25519. */
    public JWK signingKey(JWSAlgorithm algorithm) {
        return answers.keys().get(algorithm);
    }

    /** How often the JWK Set was asked for, since the start. */
    public int jwksFetches() {
        return jwksFetches.get();
    }

    /** How often the introspection endpoint was called, since the start. */
    public int introspectionCalls() {
        return introspectionCalls.get();
    }

    /** Begins an outage: connections are refused. Tokens can still be made. */
    public void stop() {
        server.stop();
    }

    /** Ends the outage: the same port, keys, tokens and stubs. Does nothing while the issuer is up. */
    public void restart() {
        if (!server.isRunning()) {
            WireMockServer before = server;
            server = listening(port);
            before.getStubMappings().forEach(server::addStubMapping);
        }
    }

    /** The server behind, for answers of your own; until the next {@link #restart}. */
    public WireMockServer wireMock() {
        return server;
    }

    @Override
    public void close() {
        server.stop();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // A nested class ends while the tests around it still need the issuer.
        boolean nested =
                context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
        if (!nested) {
            close();
        }
    }

    private WireMockServer listening(int wantedPort) {
        WireMockServer started = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .port(wantedPort)
                .maxRequestJournalEntries(JOURNAL_ENTRIES)
                .extensions(answers));
        started.addMockServiceRequestListener((request, response) -> count(request.getUrl()));
        started.start();
        return started;
    }

    private void count(String url) {
        if (url.equals(JWKS_PATH)) {
            jwksFetches.incrementAndGet();
        } else if (url.equals(INTROSPECTION_PATH)) {
            introspectionCalls.incrementAndGet();
        }
    }

    private void publish() {
        String metadata = JSONObjectUtils.toJSONString(Map.of(
                "issuer", issuer(),
                "jwks_uri", jwksUri().toString(),
                "introspection_endpoint", introspectionEndpoint().toString(),
                "introspection_endpoint_auth_methods_supported", List.of("client_secret_basic"),
                "response_types_supported", List.of("code")));
        server.stubFor(get(urlEqualTo("/.well-known/openid-configuration")).willReturn(okJson(metadata)));
        server.stubFor(
                get(urlEqualTo("/.well-known/oauth-authorization-server")).willReturn(okJson(metadata)));
        server.stubFor(get(urlEqualTo(JWKS_PATH)).willReturn(aResponse().withTransformers(IssuerAnswers.NAME)));
        server.stubFor(
                post(urlEqualTo(INTROSPECTION_PATH)).willReturn(aResponse().withTransformers(IssuerAnswers.NAME)));
    }
}
