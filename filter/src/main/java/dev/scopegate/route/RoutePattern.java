package dev.scopegate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The text of one rule, taken apart: {@code METHOD[|METHOD…] /path} or {@code * /path}.
 *
 * <p>Immutable.
 *
 * @param methods the methods named; empty for {@code *}
 * @param segments what stands between the slashes, in decoded form; {@code *} for one segment of any content. A path that
 *     ends with a slash has an empty last segment
 * @param open whether the path ends with {@code **} and so covers all below, and the path itself
 */
record RoutePattern(Set<String> methods, List<String> segments, boolean open) {

    /** A segment of any content. */
    static final String ANY = "*";

    /** What stands for all methods. */
    static final String ALL_METHODS = "*";

    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");
    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_-]*\\}");

    /** The methods that the pattern names, or the word for all of them. */
    Set<String> methodKeys() {
        return methods.isEmpty() ? Set.of(ALL_METHODS) : methods;
    }

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException if it is no rule; the message says what would be one
     */
    static RoutePattern parse(String text) {
        String[] parts = text.trim().split(" +", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("write methods and path, such as 'GET /contacts/**' or '* /contacts'");
        }
        return parsePath(methods(parts[0]), parts[1]);
    }

    private static Set<String> methods(String text) {
        if (text.equals(ALL_METHODS)) {
            return Set.of();
        }
        Set<String> methods = new TreeSet<>();
        for (String method : text.split("\\|", -1)) {
            if (!METHOD.matcher(method).matches()) {
                throw new IllegalArgumentException(
                        "methods are upper-case words joined by '|', such as GET|HEAD, or '*' for all");
            }
            if (method.equals("TRACE")) {
                throw new IllegalArgumentException("TRACE sends the token back and is always denied; leave it out");
            }
            if (!methods.add(method)) {
                throw new IllegalArgumentException("the method " + method + " stands twice");
            }
        }
        return methods;
    }

    private static RoutePattern parsePath(Set<String> methods, String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path must begin with '/'");
        }
        List<String> segments = new ArrayList<>();
        String[] parts = path.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].equals("**")) {
                if (!last) {
                    throw new IllegalArgumentException("'**' may stand only at the end of the path");
                }
                return new RoutePattern(methods, List.copyOf(segments), true);
            }
            segments.add(segment(parts[i], last));
        }
        return new RoutePattern(methods, List.copyOf(segments), false);
    }

    private static String segment(String text, boolean last) {
        if (text.equals(ANY) || VARIABLE.matcher(text).matches()) {
            return ANY;
        }
        if (text.isEmpty() && !last) {
            throw new IllegalArgumentException("the path has an empty segment ('//')");
        }
        if (text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException("'.' and '..' are never dispatched, so no rule can name them");
        }
        if (text.chars().anyMatch(c -> "*{}".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("'*' and '{name}' stand for a whole segment; regular expressions and"
                    + " parts of segments are not supported");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f || ";?#%\\".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("write the path decoded, without query, ';', '\\' or '%'");
        }
        return text;
    }
}
