package dev.scopegate.model;

import java.util.List;
import java.util.Optional;

/**
 * What a refusal tells the client in its body, before it is written in some format. Made of fixed texts and of
 * configured scopes: nothing of the request or the token is in it.
 *
 * <p>Immutable.
 *
 * @param status the status code
 * @param title the reason phrase of the status
 * @param reason why; its {@linkplain RefusalReason#code() code} ends the problem type
 * @param error the OAuth error code; empty where the challenge has none
 * @param detail a fixed sentence for each reason
 * @param correlationId what the log calls this refusal; letters and digits
 * @param requiredScopes the scopes to ask the authorization server for, as the challenge names them, where the token lacks
 *     some of them; empty otherwise
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457 §3</a>
 */
public record Problem(
        int status,
        String title,
        RefusalReason reason,
        Optional<String> error,
        String detail,
        String correlationId,
        List<String> requiredScopes) {

    private static final String TYPE = "tag:scopegate.dev,2026:refusal:";

    public Problem {
        if (correlationId.isEmpty() || !correlationId.chars().allMatch(Problem::isLetterOrDigit)) {
            // It is written into documents of several formats, and must not mean anything in any of them.
            throw new IllegalArgumentException("a correlation id holds letters and digits");
        }
        requiredScopes = List.copyOf(requiredScopes);
    }

    /** The problem type, a stable URI for each reason, such as {@code tag:scopegate.dev,2026:refusal:scope-missing}. */
    public String type() {
        return TYPE + reason.code();
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
