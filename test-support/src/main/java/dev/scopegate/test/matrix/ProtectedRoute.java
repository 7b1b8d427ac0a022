package dev.scopegate.test.matrix;

/**
 * A route of the API under test, and what a token needs for it. Immutable.
 *
 * @param method one that changes nothing, such as {@code GET}
 * @param path a path that exists, such as {@code /contacts}; letters, digits, {@code -}, {@code _} and slashes
 * @param scopes the scopes that it requires, with a space between them; empty if a valid token is enough
 * @param audience whom a token has to be for, as the API is configured; empty: the audience of the issuer
 */
public record ProtectedRoute(String method, String path, String scopes, String audience) {

    /** Refuses paths of which the matrix could not make ambiguous ones. */
    public ProtectedRoute {
        if (!path.matches("(/[A-Za-z0-9_-]+)+")) {
            throw new IllegalArgumentException("not a plain path: " + path);
        }
    }

    /**
     * A route in one text, for tokens as the issuer makes them.
     *
     * @param route such as {@code GET /contacts}
     */
    public static ProtectedRoute of(String route, String scopes) {
        return of(route, scopes, "");
    }

    /**
     * A route in one text.
     *
     * @param route such as {@code GET /contacts}
     */
    public static ProtectedRoute of(String route, String scopes, String audience) {
        String[] words = route.trim().split(" +", 2);
        if (words.length != 2) {
            throw new IllegalArgumentException("not a method and a path: " + route);
        }
        return new ProtectedRoute(words[0], words[1], scopes, audience);
    }
}
