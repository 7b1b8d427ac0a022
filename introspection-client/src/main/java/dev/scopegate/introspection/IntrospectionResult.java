package dev.scopegate.introspection;

/**
 * What the authorization server says of a token: {@link Active} or {@link Inactive}. That it said nothing is no result but
 * an {@link IntrospectionException}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2.2">RFC 7662 §2.2</a>
 */
public sealed interface IntrospectionResult permits Active, Inactive {}
