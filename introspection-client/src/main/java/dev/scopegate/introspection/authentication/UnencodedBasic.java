package dev.scopegate.introspection.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Base64;

/**
 * HTTP Basic credentials without the encoding of RFC 6749. Immutable. Its text form hides the secret.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617#section-2">RFC 7617 §2</a>
 */
record UnencodedBasic(ClientSecretBasic credentials) implements ClientAuthentication {

    UnencodedBasic {
        // The first colon is the border: the rest of such an id would become part of the secret, for another client.
        if (credentials.clientId().indexOf(':') >= 0) {
            throw new IllegalArgumentException("a client id with a colon cannot stand there unencoded");
        }
        if (hasControls(credentials.clientId()) || hasControls(credentials.clientSecret())) {
            throw new IllegalArgumentException("control characters cannot stand there unencoded");
        }
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    @Override
    public String clientId() {
        return credentials.clientId();
    }

    @Override
    public Presented present(URI endpoint) {
        String pair = credentials.clientId() + ':' + credentials.clientSecret();
        return Presented.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    }
}
