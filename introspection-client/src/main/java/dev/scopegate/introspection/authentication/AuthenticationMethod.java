package dev.scopegate.introspection.authentication;

import java.util.Locale;

/**
 * The ways of client authentication that a server can say it takes, the one that gives least away first: a key that never leaves
 * us, then a secret that does, and last a secret where logs may catch it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-2">RFC 8414 §2</a>
 */
public enum AuthenticationMethod {
    /** {@link PrivateKeyJwt}. */
    PRIVATE_KEY_JWT,
    /** {@link TlsClientAuth} by a certificate of a known authority. */
    TLS_CLIENT_AUTH,
    /** {@link TlsClientAuth} by a certificate that the server was given. */
    SELF_SIGNED_TLS_CLIENT_AUTH,
    /** {@link ClientSecretBasic}. */
    CLIENT_SECRET_BASIC,
    /** {@link ClientSecretPost}. */
    CLIENT_SECRET_POST;

    /** The name in metadata, such as {@code client_secret_basic}. */
    public String registeredName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the certificate of the connection says who asks (RFC 8705 §2). */
    public boolean isByCertificate() {
        return this == TLS_CLIENT_AUTH || this == SELF_SIGNED_TLS_CLIENT_AUTH;
    }
}
