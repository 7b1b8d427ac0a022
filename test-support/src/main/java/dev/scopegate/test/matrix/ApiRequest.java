package dev.scopegate.test.matrix;

import java.util.List;

/**
 * A request to send as it is. Immutable.
 *
 * @param method such as {@code GET}
 * @param target path and query as they stand in the request line, with nothing normalised, such as {@code /contacts;v=1}
 * @param fields header fields in their order; a name may come twice
 */
public record ApiRequest(String method, String target, List<Field> fields) {

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
}
