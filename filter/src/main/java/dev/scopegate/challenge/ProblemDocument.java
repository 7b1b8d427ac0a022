package dev.scopegate.challenge;

import dev.scopegate.model.RefusalReason;

/**
 * The problem document of a refusal. Put together from fixed texts alone, so that nothing needs escaping and nothing of a
 * request can get in.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457 §3</a>
 */
final class ProblemDocument {

    private static final String TYPE = "tag:scopegate.dev,2026:refusal:";

    private ProblemDocument() {}

    static String of(Refusal refusal, RefusalReason reason, String correlationId) {
        StringBuilder json = new StringBuilder("{");
        member(json, "type", TYPE + reason.code()).append(',');
        member(json, "title", title(refusal.status())).append(',');
        json.append("\"status\":").append(refusal.status()).append(',');
        refusal.error().ifPresent(error -> member(json, "error", error).append(','));
        member(json, "detail", refusal.description()).append(',');
        return member(json, "correlation_id", correlationId).append("}").toString();
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
