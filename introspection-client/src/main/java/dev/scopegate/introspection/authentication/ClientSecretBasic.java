package dev.scopegate.introspection.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.Base64;

/**
 * The credentials with which the resource server authenticates itself at the introspection endpoint, by HTTP Basic.
 *
 * <p>Immutable. Its text form hides the secret.
 *
 * @param clientId the client identifier, not blank, such as {@code contacts-api}
 * @param clientSecret the secret, not empty; any characters
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1">RFC 6749 §2.3.1</a>
 */
public record ClientSecretBasic(String clientId, String clientSecret) implements ClientAuthentication {

    /** Refuses a blank id, and an empty secret: it is what a forgotten environment variable looks like. */
    public ClientSecretBasic {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("the client id is blank");
        }
        if (clientSecret.isEmpty()) {
            throw new IllegalArgumentException("the client secret is empty");
        }
    }

    /**
     * The same for old servers that do not decode what RFC 6749 has encoded: identifier and secret stand there as they are, in
     * UTF-8. Of use only where one of the two has other characters than letters, digits and {@code -._*}.
     *
     * @throws IllegalArgumentException also if the id has a colon, or one of them a control character
     */
    public static ClientAuthentication unencoded(String clientId, String clientSecret) {
        return new UnencodedBasic(new ClientSecretBasic(clientId, clientSecret));
    }

    @Override
    public Presented present(URI endpoint) {
        return Presented.header("Authorization", authorization());
    }

    /** The value of {@code Authorization}. */
    String authorization() {
        // RFC 6749 §2.3.1: each is form-encoded first, else a colon in the id would move the border between the two.
        String pair = URLEncoder.encode(clientId, UTF_8) + ':' + URLEncoder.encode(clientSecret, UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(US_ASCII));
    }

    @Override
    public String toString() {
        return "ClientSecretBasic[clientId=" + clientId + ", clientSecret=hidden]";
    }
}
