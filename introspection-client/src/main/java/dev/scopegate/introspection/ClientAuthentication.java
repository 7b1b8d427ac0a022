package dev.scopegate.introspection;

import java.util.Map;

/**
 * How the resource server authenticates itself at the introspection endpoint. What it adds to a request is secret: it goes to
 * the endpoint and nowhere else, least of all into an address.
 *
 * <p>Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3">RFC 6749 §2.3</a>
 */
public sealed interface ClientAuthentication permits ClientSecretBasic, ClientSecretPost {

    /** The client identifier, such as {@code contacts-api}. */
    String clientId();

    /** The header fields that it adds to a request. */
    Map<String, String> headers();

    /** The parameters that it adds to the form, not yet encoded. */
    Map<String, String> parameters();
}
