package dev.scopegate.test.matrix;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request to send as it is. Immutable.
 *
 * @param method such as {@code GET}
 * @param target path and query as they stand in the request line, with nothing normalised, such as {@code /contacts;v=1}
 * @param fields header fields in their order; a name may come twice
 */
public record ApiRequest(String method, String target, List<Field> fields) {

    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9._~+-]{40,}");

    /**
     * One header field.
     *
     * @param name such as {@code Authorization}
     * @param value visible ASCII characters and spaces
     */
    public record Field(String name, String value) {}

    /** Keeps a copy. */
    public ApiRequest {
        fields = List.copyOf(fields);
    }

    /** The request in one line, each long word by its length alone: it may be a token. */
    String inWords() {
        return method
                + ' '
                + withoutLongWords(target)
                + fields.stream()
                        .map(field -> ", " + field.name() + ": " + withoutLongWords(field.value()))
                        .collect(Collectors.joining());
    }

    private static String withoutLongWords(String text) {
        return LONG_WORD.matcher(text).replaceAll(word -> "(" + word.group().length() + " characters)");
    }
}
