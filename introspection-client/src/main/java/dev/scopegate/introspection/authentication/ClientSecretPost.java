package dev.scopegate.introspection.authentication;

import java.net.URI;
import java.util.Map;

/**
 * The credentials with which the resource server authenticates itself at the introspection endpoint, as parameters of the
 * form. RFC 6749 does not recommend it: {@link ClientSecretBasic} is for every server that takes it.
 *
 * <p>Immutable. Its text form hides the secret.
 *
 * @param clientId the client identifier, not blank, such as {@code contacts-api}
 * @param clientSecret the secret, not empty; any characters
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1">RFC 6749 §2.3.1</a>
 */
public record ClientSecretPost(String clientId, String clientSecret) implements ClientAuthentication {

    /** Refuses a blank id, and an empty secret: it is what a forgotten environment variable looks like. */
    public ClientSecretPost {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("the client id is blank");
        }
        if (clientSecret.isEmpty()) {
            throw new IllegalArgumentException("the client secret is empty");
        }
    }

    @Override
    public Presented present(URI endpoint) {
        return Presented.form(Map.of("client_id", clientId, "client_secret", clientSecret));
    }

    @Override
    public String toString() {
        return "ClientSecretPost[clientId=" + clientId + ", clientSecret=hidden]";
    }
}
