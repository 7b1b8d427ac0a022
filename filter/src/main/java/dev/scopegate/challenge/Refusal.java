package dev.scopegate.challenge;

import dev.scopegate.model.Problem;
import dev.scopegate.model.RefusalReason;
import java.util.List;
import java.util.Optional;

/**
 * How one reason is answered: the one mapping of reasons to statuses, error codes and sentences.
 *
 * @param reason the reason
 * @param status the status code
 * @param error the {@code error} code; empty where RFC 6750 §3.1 forbids one, or none is defined
 * @param description a fixed sentence
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750 §3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9470#section-3">RFC 9470 §3</a>
 */
record Refusal(RefusalReason reason, int status, Optional<String> error, String description) {

    /**
     * The answer to {@code reason}.
     *
     * @param anonymous whether no valid token came with the request
     */
    static Refusal of(RefusalReason reason, boolean anonymous) {
        return switch (reason) {
            case CREDENTIALS_ABSENT -> plain(reason, 401, "An access token is needed");
            case CREDENTIALS_MALFORMED -> request(reason, "The request does not hold one well-formed bearer token");
            case CREDENTIALS_REPEATED -> request(reason, "The request holds more than one access token");
            case TOKEN_TOO_LARGE -> request(reason, "The access token is too long");
            case PATH_AMBIGUOUS -> plain(reason, 400, "The path can be read in more than one way");
            case TOKEN_MALFORMED -> token(reason, "The access token cannot be read");
            case TOKEN_ENCRYPTED -> token(reason, "Encrypted access tokens are not accepted");
            case TOKEN_TYPE -> token(reason, "The token is not an access token");
            case ISSUER_UNKNOWN -> token(reason, "The access token is not of a trusted issuer");
            case ALGORITHM -> token(reason, "The algorithm of the access token is not accepted");
            case HEADER -> token(reason, "The header of the access token is not accepted");
            case KEY_UNKNOWN -> token(reason, "The issuer has no key for the access token");
            case SIGNATURE -> token(reason, "The signature of the access token is not valid");
            case AUDIENCE -> token(reason, "The access token is for another audience");
            case EXPIRED -> token(reason, "The access token has expired");
            case NOT_YET_VALID -> token(reason, "The access token is not valid yet");
            case CLAIM -> token(reason, "A claim of the access token is missing or not accepted");
            case INACTIVE -> token(reason, "The access token is not active");
            case BOUND_TOKEN ->
                token(reason, "The access token is bound to a key and cannot be used as a bearer token");
            case ISSUER_NOT_ACCEPTED -> tooLittle(reason, "The access token is of an issuer that is not accepted here");
            case CLAIM_MISSING -> tooLittle(reason, "The access token lacks a claim that is needed");
            case SCOPE_MISSING -> tooLittle(reason, "The access token lacks a scope that is needed");
            case AUTHENTICATION_TOO_WEAK -> stepUp(reason, "A stronger authentication is needed");
            case AUTHENTICATION_TOO_OLD -> stepUp(reason, "A more recent authentication is needed");
            case ROUTE_DENIED ->
                anonymous
                        ? plain(reason, 401, "An access token is needed")
                        : plain(reason, 403, "This is open to nobody");
            case KEYS_UNAVAILABLE, INTROSPECTION_UNAVAILABLE ->
                plain(reason, 503, "The access token cannot be checked at the moment");
        };
    }

    /** What the body says. */
    Problem problem(String correlationId, List<String> requiredScopes) {
        return new Problem(status, title(), reason, error, description, correlationId, requiredScopes);
    }

    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            default -> "Service Unavailable";
        };
    }

    private static Refusal plain(RefusalReason reason, int status, String description) {
        return new Refusal(reason, status, Optional.empty(), description);
    }

    private static Refusal request(RefusalReason reason, String description) {
        return new Refusal(reason, 400, Optional.of("invalid_request"), description);
    }

    private static Refusal token(RefusalReason reason, String description) {
        return new Refusal(reason, 401, Optional.of("invalid_token"), description);
    }

    private static Refusal tooLittle(RefusalReason reason, String description) {
        return new Refusal(reason, 403, Optional.of("insufficient_scope"), description);
    }

    private static Refusal stepUp(RefusalReason reason, String description) {
        return new Refusal(reason, 401, Optional.of("insufficient_user_authentication"), description);
    }
}
