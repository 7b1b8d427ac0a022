package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.introspection.IntrospectionClient;
import dev.scopegate.introspection.IntrospectionClientBuilder;
import dev.scopegate.introspection.authentication.ClientAuthentication;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.sample.authorization.AuthorizationServerSetup;
import dev.scopegate.sample.authorization.ServerOfTests;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The authorization server by itself, a machine that gets tokens from it, and whoever asks about them. Safe for concurrent use. */
final class IntrospectedServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AuthorizationServerSetup setup;
    private final ServerOfTests server;
    private final BoundedHttpClient http;

    private IntrospectedServer(AuthorizationServerSetup setup, Map<String, Object> properties, BoundedHttpClient http) {
        this.setup = setup;
        this.server = ServerOfTests.start(setup, properties);
        this.http = http;
    }

    /** One without TLS. */
    static IntrospectedServer start() {
        return new IntrospectedServer(
                setup(), Map.of(), BoundedHttpClient.builder().build());
    }

    /**
     * One with TLS.
     *
     * @param http trusts it
     */
    static IntrospectedServer startWithTls(Map<String, Object> properties, BoundedHttpClient http) {
        AuthorizationServerSetup plain = setup();
        URI issuer = URI.create("https://localhost:" + plain.issuer().getPort());
        return new IntrospectedServer(
                new AuthorizationServerSetup(issuer, plain.api(), plain.keys()), properties, http);
    }

    private static AuthorizationServerSetup setup() {
        Ports ports = Ports.from("--server.port=0", "--authorization-server.port=0");
        return AuthorizationServerSetup.generate(ports.authorizationServer(), ports.api());
    }

    String issuer() {
        return setup.issuer().toString();
    }

    /** For whom its access tokens are. */
    String audience() {
        return setup.resource().toString();
    }

    /** To add clients. */
    ServerOfTests server() {
        return server;
    }

    BoundedHttpClient http() {
        return http;
    }

    /** An access token by the client credentials grant. */
    String opaqueToken() throws IOException {
        return token("contacts-machine-opaque");
    }

    /** The same as a JWT. */
    String jwt() throws IOException {
        return token("contacts-machine");
    }

    private String token(String client) throws IOException {
        HttpAnswer answer =
                post("/oauth2/token", client, Map.of("grant_type", "client_credentials", "scope", "read:contacts"));
        return Http.json(new String(answer.body(), StandardCharsets.UTF_8))
                .get("access_token")
                .asString();
    }

    /** RFC 7009 §2.1: by the client that the token was issued to. */
    void revoke(String client, String token) throws IOException {
        assertThat(post("/oauth2/revoke", client, Map.of("token", token)).status())
                .isEqualTo(200);
    }

    private HttpAnswer post(String path, String client, Map<String, String> form) throws IOException {
        URI endpoint = setup.issuer().resolve(path);
        Map<String, String> credentials = new ClientSecretBasic(client, "machine-secret")
                .present(endpoint)
                .headers();
        return http.postForm(endpoint, form, credentials, PATIENCE).join();
    }

    /** One who asks about tokens, and has patience with a busy machine. */
    IntrospectionClientBuilder askedBy(ClientAuthentication authentication) {
        return IntrospectionClient.builder(setup.issuer().resolve("/oauth2/introspect"), authentication)
                .http(http)
                .timeout(PATIENCE);
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
