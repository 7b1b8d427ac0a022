package dev.scopegate.introspection.authentication;

import java.io.IOException;
import java.net.URI;

/**
 * How the resource server authenticates itself at the introspection endpoint, where it is a client like others.
 *
 * <p>Safe for concurrent use, as whatever else implements it has to be. Its text form tells no secret.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-2.3">RFC 6749 §2.3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2.1">RFC 7662 §2.1</a>
 */
public interface ClientAuthentication {

    /** The client identifier, such as {@code contacts-api}. */
    String clientId();

    /**
     * What is added to a request to {@code endpoint}. Asked before each request, on a thread that nobody's request waits on
     * directly, so it may ask others; the time it takes is part of the whole exchange.
     *
     * @throws IOException if there is nothing to show now
     */
    Presented present(URI endpoint) throws IOException;

    /**
     * Is told that the endpoint did not take what was shown: it answered 401 or 403. Whoever shows something that can be had anew
     * drops it. Returns at once, and throws nothing.
     */
    default void refused() {}
}
