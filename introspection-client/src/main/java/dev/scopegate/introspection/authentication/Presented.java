package dev.scopegate.introspection.authentication;

import java.util.Map;

/**
 * What the resource server adds to one request to show who it is. Goes to the endpoint and nowhere else, least of all into an
 * address.
 *
 * <p>Immutable. Its text form hides everything.
 *
 * @param headers header fields, of visible ASCII characters and spaces
 * @param parameters parameters of the form, not yet encoded
 */
public record Presented(Map<String, String> headers, Map<String, String> parameters) {

    /** Keeps copies. */
    public Presented {
        headers = Map.copyOf(headers);
        parameters = Map.copyOf(parameters);
    }

    /** One header field. */
    public static Presented header(String name, String value) {
        return new Presented(Map.of(name, value), Map.of());
    }

    /** Parameters alone. */
    public static Presented form(Map<String, String> parameters) {
        return new Presented(Map.of(), parameters);
    }

    @Override
    public String toString() {
        return "Presented[hidden]";
    }
}
