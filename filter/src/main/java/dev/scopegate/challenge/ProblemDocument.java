package dev.scopegate.challenge;

import dev.scopegate.model.Problem;

/**
 * The problem document of a refusal. Has no {@code instance}: that would have to be an address, and the correlation id says
 * which occurrence this is.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457 §3</a>
 */
final class ProblemDocument {

    private ProblemDocument() {}

    static String json(Problem problem) {
        StringBuilder json = new StringBuilder("{");
        member(json, "type", problem.type()).append(',');
        member(json, "title", problem.title()).append(',');
        json.append("\"status\":").append(problem.status()).append(',');
        problem.error().ifPresent(error -> member(json, "error", error).append(','));
        member(json, "detail", problem.detail()).append(',');
        member(json, "correlation_id", problem.correlationId());
        if (!problem.requiredScopes().isEmpty()) {
            json.append(",\"required_scopes\":").append(JsonText.array(problem.requiredScopes()));
        }
        return json.append('}').toString();
    }

    private static StringBuilder member(StringBuilder json, String name, String value) {
        return json.append('"').append(name).append("\":").append(JsonText.string(value));
    }
}
