package dev.scopegate.introspection.metadata;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a resource server needs of an authorization server's metadata.
 *
 * <p>Immutable.
 *
 * @param issuer the issuer identifier, such as {@code https://login.example.com/realms/contacts}
 * @param jwksUri where the JWK Set is
 * @param introspectionEndpoint where tokens are introspected
 * @param mutualTlsIntrospectionEndpoint where tokens are introspected by clients that show a certificate, if that is another place
 * @param tokenEndpoint where clients get tokens; empty also if what is written there may not be asked
 * @param introspectionEndpointAuthMethods how clients may authenticate there, such as {@code client_secret_basic}; empty if
 *     the document is silent, which does not mean that there is none
 * @param scopesSupported the scopes that clients can ask for; may be a part of them, and empty if the document is silent
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-2">RFC 8414 §2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8705#section-5">RFC 8705 §5</a>
 */
public record AuthorizationServerMetadata(
        String issuer,
        Optional<URI> jwksUri,
        Optional<URI> introspectionEndpoint,
        Optional<URI> mutualTlsIntrospectionEndpoint,
        Optional<URI> tokenEndpoint,
        List<String> introspectionEndpointAuthMethods,
        List<String> scopesSupported) {

    /** Keeps copies of the lists. */
    public AuthorizationServerMetadata {
        introspectionEndpointAuthMethods = List.copyOf(introspectionEndpointAuthMethods);
        scopesSupported = List.copyOf(scopesSupported);
    }
}
