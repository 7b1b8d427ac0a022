package dev.scopegate.introspection;

/** The token is not active: expired, revoked, never issued, or not for the one who asks. The server need not say which. */
public record Inactive() implements IntrospectionResult {}
