package dev.scopegate.model;

import java.util.List;

/**
 * The part of a request that decides: nothing else of a request can change a decision.
 *
 * <p>Immutable. Its text form leaves the credentials out.
 *
 * @param method the request method as sent, case-sensitive, such as {@code GET}
 * @param rawPath the path as it stood in the request line, undecoded and with its context path, such as
 *     {@code /app/contacts/%C3%A9}; never used to choose a rule, only to refuse ambiguous spellings
 * @param path the path that the container dispatches: relative to the context path, decoded once, beginning with
 *     {@code /}
 * @param authorization the values of all {@code Authorization} fields, in order; empty if there was none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750 §2.1</a>
 */
public record RequestSnapshot(String method, String rawPath, String path, List<String> authorization) {

    public RequestSnapshot {
        authorization = List.copyOf(authorization);
    }

    @Override
    public String toString() {
        return "RequestSnapshot[method and path of one request, " + authorization.size() + " Authorization fields]";
    }
}
