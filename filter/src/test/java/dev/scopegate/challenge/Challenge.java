package dev.scopegate.challenge;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One challenge as a strict client reads it: one scheme, and parameters that stand once. For fields that hold a single
 * challenge.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110 §11.6.1</a>
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    private static final Pattern SCHEME = Pattern.compile("(" + TOKEN + ") +");
    private static final Pattern PARAMETER = Pattern.compile("(" + TOKEN + ")[ \\t]*=[ \\t]*(?:(" + TOKEN
            + ")|\"((?:[\\t \\x21\\x23-\\x5B\\x5D-\\x7E\\x80-\\xFF]|\\\\[\\t \\x21-\\x7E\\x80-\\xFF])*)\")");
    private static final Pattern COMMA = Pattern.compile("[ \\t]*,[ \\t]*");

    /** The challenge that {@code field} is; fails where the grammar leaves anything open. */
    static Challenge of(String field) {
        Matcher scheme = SCHEME.matcher(field);
        if (!scheme.lookingAt()) {
            throw new AssertionError("no scheme with parameters: " + field);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = scheme.end();
        while (true) {
            Matcher parameter = PARAMETER.matcher(field).region(at, field.length());
            if (!parameter.lookingAt()) {
                throw new AssertionError("no parameter at " + at + ": " + field);
            }
            String value = parameter.group(2) != null
                    ? parameter.group(2)
                    : parameter.group(3).replaceAll("\\\\(.)", "$1");
            if (parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value) != null) {
                throw new AssertionError("a parameter twice: " + field);
            }
            at = parameter.end();
            if (at == field.length()) {
                return new Challenge(scheme.group(1), parameters);
            }
            Matcher comma = COMMA.matcher(field).region(at, field.length());
            if (!comma.lookingAt()) {
                throw new AssertionError("no comma at " + at + ": " + field);
            }
            at = comma.end();
        }
    }

    String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new AssertionError("no " + name + " in " + parameters);
        }
        return value;
    }
}
