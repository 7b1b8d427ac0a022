package dev.scopegate.test.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came back. Immutable.
 *
 * @param status the status code
 * @param fields the values of each header field, under its name in any case
 * @param handled whether the code behind the filter ran, as far as the test can tell; where it cannot, whether the status is a
 *     success
 */
public record ApiAnswer(int status, Map<String, List<String>> fields, boolean handled) {

    /** Keeps a copy. */
    public ApiAnswer {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach(
                (name, values) -> copy.merge(name.toLowerCase(Locale.ROOT), List.copyOf(values), (one, other) -> {
                    List<String> both = new ArrayList<>(one);
                    both.addAll(other);
                    return List.copyOf(both);
                }));
        fields = copy;
    }

    /** An answer of which nobody knows more than its status: a success means that something ran. */
    public static ApiAnswer of(int status, Map<String, List<String>> fields) {
        return new ApiAnswer(status, fields, status >= 200 && status < 300);
    }

    /** The values of a header field; empty if there is none. */
    public List<String> field(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** The answer in one line: status, challenges, and whether the code behind the filter ran. */
    String inWords() {
        List<String> challenges = field("WWW-Authenticate");
        return status
                + (challenges.isEmpty() ? ", no challenge" : ", " + String.join(" and ", challenges))
                + (handled ? ", and the code behind the filter ran" : ", and no code behind the filter ran");
    }
}
