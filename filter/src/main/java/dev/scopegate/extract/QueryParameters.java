package dev.scopegate.extract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of one parameter in a query, as {@code application/x-www-form-urlencoded}. Bounded by the length of the request
 * line, which containers bound.
 */
final class QueryParameters {

    private QueryParameters() {}

    /** The values of {@code name}, decoded; a value that cannot be decoded is left as it stands, and is no token then. */
    static List<String> values(String query, String name) {
        if (query.isEmpty()) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (int start = 0; start <= query.length(); ) {
            int ampersand = query.indexOf('&', start);
            int end = ampersand < 0 ? query.length() : ampersand;
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (decoded(query.substring(start, nameEnd)).equals(name)) {
                values.add(nameEnd == end ? "" : decoded(query.substring(nameEnd + 1, end)));
            }
            start = end + 1;
        }
        return values;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }
}
