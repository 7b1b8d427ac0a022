package dev.scopegate.introspection.authentication;

import java.net.URI;
import java.util.Map;

/**
 * The resource server is known by the certificate that it shows when the connection is made; the form only says which client it
 * is. For {@code tls_client_auth} and {@code self_signed_tls_client_auth} alike: what differs is what the server compares.
 *
 * <p>Does not see to the certificate: {@link
 * dev.scopegate.introspection.http.BoundedHttpClient.Builder#clientCertificate} does, and that client has to be the one that
 * asks. Immutable.
 *
 * @param clientId the client identifier, not blank, such as {@code contacts-api}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-2">RFC 8705 §2</a>
 */
public record TlsClientAuth(String clientId) implements ClientAuthentication {

    /** Refuses a blank id. */
    public TlsClientAuth {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("the client id is blank");
        }
    }

    @Override
    public Presented present(URI endpoint) {
        return Presented.form(Map.of("client_id", clientId));
    }
}
