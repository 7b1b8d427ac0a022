package dev.scopegate.sample.authorization;

import java.net.URI;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;

/**
 * What the authorization server has to know before it starts. Immutable but for the keys, which rotate; {@code toString} leaves
 * them out.
 *
 * @param issuer its address and issuer identifier, for example {@code http://localhost:9000}
 * @param api the address of the API, for example {@code http://localhost:8080}
 * @param keys the key pairs that sign the tokens
 */
public record AuthorizationServerSetup(URI issuer, URI api, SigningKeys keys) {

    /**
     * A set-up for two servers on this machine, with a fresh signing key.
     *
     * @param port of the authorization server, 1 to 65535
     * @param apiPort of the contacts API, 1 to 65535
     */
    public static AuthorizationServerSetup generate(int port, int apiPort) {
        return new AuthorizationServerSetup(local(port), local(apiPort), SigningKeys.generate());
    }

    private static URI local(int port) {
        return URI.create("http://localhost:" + port);
    }

    /** The resource identifier of the API, which is the audience of its access tokens (RFC 9068 §2.2). */
    public URI resource() {
        return api.resolve("/contacts");
    }

    /** Where the public client wants its authorization codes. */
    URI redirect() {
        return api.resolve("/playground/callback");
    }

    /** Its endpoints. */
    AuthorizationServerSettings settings() {
        return AuthorizationServerSettings.builder().issuer(issuer.toString()).build();
    }

    @Override
    public String toString() {
        return "AuthorizationServerSetup[issuer=" + issuer + ", api=" + api + "]";
    }
}
