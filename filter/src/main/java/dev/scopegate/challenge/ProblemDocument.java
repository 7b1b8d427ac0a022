package dev.scopegate.challenge;

import dev.scopegate.model.Problem;
import dev.scopegate.model.RefusalReason;

/**
 * The problem document of a refusal. Put together from fixed texts alone, so that nothing needs escaping and nothing of a
 * request can get in.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457 §3</a>
 */
final class ProblemDocument {

    private ProblemDocument() {}

    static Problem problem(Refusal refusal, RefusalReason reason, String correlationId) {
        return new Problem(
                refusal.status(),
                title(refusal.status()),
                reason,
                refusal.error(),
                refusal.description(),
                correlationId);
    }

    static String json(Problem problem) {
        StringBuilder json = new StringBuilder("{");
        member(json, "type", problem.type()).append(',');
        member(json, "title", problem.title()).append(',');
        json.append("\"status\":").append(problem.status()).append(',');
        problem.error().ifPresent(error -> member(json, "error", error).append(','));
        member(json, "detail", problem.detail()).append(',');
        return member(json, "correlation_id", problem.correlationId())
                .append("}")
                .toString();
    }

    private static StringBuilder member(StringBuilder json, String name, String value) {
        return json.append('"').append(name).append("\":\"").append(value).append('"');
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            default -> "Service Unavailable";
        };
    }
}
