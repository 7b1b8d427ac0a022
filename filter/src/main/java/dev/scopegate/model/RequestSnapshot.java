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
 * @param elsewhere what stands in the other places where a token may stand
 * @param preflight whether this is a well-formed CORS preflight request
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2">RFC 6750 §2</a>
 */
public record RequestSnapshot(
        String method,
        String rawPath,
        String path,
        List<String> authorization,
        Elsewhere elsewhere,
        boolean preflight) {

    /**
     * What stands in the places for a token other than the {@code Authorization} field. Only those that are configured are
     * looked at; the others count as empty.
     *
     * @param query the query as it stood in the request line, undecoded; empty if there was none
     * @param parameters the values of the parameter {@code access_token} in the query and in the body together, decoded, where
     *     the body is a form; reading them consumes the body
     * @param cookies the values of the cookies that may hold a token
     */
    public record Elsewhere(String query, List<String> parameters, List<String> cookies) {

        /** Nowhere else is looked. */
        public static final Elsewhere NOWHERE = new Elsewhere("", List.of(), List.of());

        public Elsewhere {
            parameters = List.copyOf(parameters);
            cookies = List.copyOf(cookies);
        }

        @Override
        public String toString() {
            return "Elsewhere[hidden]";
        }
    }

    public RequestSnapshot {
        authorization = List.copyOf(authorization);
    }

    /** A request that can present a token in the {@code Authorization} field alone. */
    public RequestSnapshot(String method, String rawPath, String path, List<String> authorization) {
        this(method, rawPath, path, authorization, Elsewhere.NOWHERE, false);
    }

    @Override
    public String toString() {
        return "RequestSnapshot[method and path of one request, " + authorization.size() + " Authorization fields]";
    }
}
