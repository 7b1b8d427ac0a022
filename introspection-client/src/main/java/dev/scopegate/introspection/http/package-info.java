/**
 * HTTP to the authorization server, bounded in every direction: time, bytes, hops. What comes back is a value or an
 * {@link java.io.IOException}; reading it is the business of the callers.
 *
 * <pre>
 * introspection ──┐
 * metadata ───────┼──▶ http ──▶ the JDK's HttpClient
 * key sets ───────┘
 * </pre>
 */
@NullMarked
package dev.scopegate.introspection.http;

import org.jspecify.annotations.NullMarked;
