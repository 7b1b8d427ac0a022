package dev.scopegate.challenge;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One {@code WWW-Authenticate} challenge, correct by construction: a parameter stands once, every value is quoted, and no
 * character gets in that a quoted text of RFC 6750 §3 may not hold.
 *
 * <p>Not thread-safe; use one per challenge.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110 §11.6.1</a>
 */
final class ChallengeHeader {

    private final String scheme;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    ChallengeHeader(String scheme) {
        this.scheme = scheme;
    }

    /** Adds a parameter; an empty value is left out. */
    ChallengeHeader with(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                // Would split the field, or end the quotes and add a parameter.
                throw new IllegalArgumentException("a character that the parameter " + name + " cannot hold");
            }
        }
        if (!value.isEmpty() && parameters.put(name, value) != null) {
            throw new IllegalArgumentException("the parameter " + name + " twice");
        }
        return this;
    }

    /** The value of the field; at least one parameter has to be there (RFC 6750 §3). */
    String value() {
        if (parameters.isEmpty()) {
            throw new IllegalStateException("a challenge without parameters");
        }
        StringBuilder text = new StringBuilder(scheme);
        String separator = " ";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            text.append(separator)
                    .append(parameter.getKey())
                    .append("=\"")
                    .append(parameter.getValue())
                    .append('"');
            separator = ", ";
        }
        return text.toString();
    }
}
