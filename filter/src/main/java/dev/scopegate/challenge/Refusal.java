package dev.scopegate.challenge;

import dev.scopegate.model.RefusalReason;
import java.util.Optional;

/**
 * How one reason is answered: the one mapping of reasons to statuses, error codes and sentences.
 *
 * @param status the status code
 * @param error the {@code error} code; empty where RFC 6750 §3.1 forbids one, or none is defined
 * @param description a fixed sentence
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750 §3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9470#section-3">RFC 9470 §3</a>
 */
record Refusal(int status, Optional<String> error, String description) {

    /**
     * The answer to {@code reason}.
     *
     * @param anonymous whether no valid token came with the request
     */
    static Refusal of(RefusalReason reason, boolean anonymous) {
        return switch (reason) {
            case CREDENTIALS_ABSENT -> plain(401, "An access token is needed");
            case CREDENTIALS_MALFORMED -> request("The Authorization field does not hold one bearer token");
            case CREDENTIALS_REPEATED -> request("The request holds more than one access token");
            case TOKEN_TOO_LARGE -> request("The access token is too long");
            case PATH_AMBIGUOUS -> plain(400, "The path can be read in more than one way");
            case TOKEN_MALFORMED -> token("The access token cannot be read");
            case TOKEN_ENCRYPTED -> token("Encrypted access tokens are not accepted");
            case TOKEN_TYPE -> token("The token is not an access token");
            case ISSUER_UNKNOWN -> token("The access token is not of a trusted issuer");
            case ALGORITHM -> token("The algorithm of the access token is not accepted");
            case HEADER -> token("The header of the access token is not accepted");
            case KEY_UNKNOWN -> token("The issuer has no key for the access token");
            case SIGNATURE -> token("The signature of the access token is not valid");
            case AUDIENCE -> token("The access token is for another audience");
            case EXPIRED -> token("The access token has expired");
            case NOT_YET_VALID -> token("The access token is not valid yet");
            case CLAIM -> token("A claim of the access token is missing or not accepted");
            case INACTIVE -> token("The access token is not active");
            case BOUND_TOKEN -> token("The access token is bound to a key and cannot be used as a bearer token");
            case ISSUER_NOT_ACCEPTED -> tooLittle("The access token is of an issuer that is not accepted here");
            case CLAIM_MISSING -> tooLittle("The access token lacks a claim that is needed");
            case SCOPE_MISSING -> tooLittle("The access token lacks a scope that is needed");
            case AUTHENTICATION_TOO_WEAK -> stepUp("A stronger authentication is needed");
            case AUTHENTICATION_TOO_OLD -> stepUp("A more recent authentication is needed");
            case ROUTE_DENIED ->
                anonymous ? plain(401, "An access token is needed") : plain(403, "This is open to nobody");
            case KEYS_UNAVAILABLE, INTROSPECTION_UNAVAILABLE ->
                plain(503, "The access token cannot be checked at the moment");
        };
    }

    private static Refusal plain(int status, String description) {
        return new Refusal(status, Optional.empty(), description);
    }

    private static Refusal request(String description) {
        return new Refusal(400, Optional.of("invalid_request"), description);
    }

    private static Refusal token(String description) {
        return new Refusal(401, Optional.of("invalid_token"), description);
    }

    private static Refusal tooLittle(String description) {
        return new Refusal(403, Optional.of("insufficient_scope"), description);
    }

    private static Refusal stepUp(String description) {
        return new Refusal(401, Optional.of("insufficient_user_authentication"), description);
    }
}
