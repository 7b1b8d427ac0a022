package dev.scopegate.extract;

import dev.scopegate.model.AccessToken;
import dev.scopegate.model.Credentials;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Transport;
import java.util.List;

/**
 * Reads the bearer token from the {@code Authorization} field: the scheme {@code Bearer} in any case, one or more spaces, the
 * rest.
 *
 * <p>Checks the length. Does not check the token, nor that its characters are those of one: whoever validates it does.
 * Immutable; safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750 §2.1</a>
 */
final class AuthorizationHeader {

    private static final String SCHEME = "Bearer";

    private final int maxBytes;

    /**
     * A reader of tokens of at most {@code maxBytes}.
     *
     * @param maxBytes the longest token, in bytes, which are characters here since a {@code b64token} is ASCII
     */
    AuthorizationHeader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The credentials in {@code fields}, the values of all {@code Authorization} fields of a request. */
    Credentials extract(List<String> fields) {
        if (fields.isEmpty()) {
            return new Credentials.Absent();
        }
        if (fields.size() > 1) {
            // Whoever takes the first and whoever takes the last see two different callers.
            return new Credentials.Malformed(RefusalReason.CREDENTIALS_REPEATED);
        }
        String field = fields.get(0).strip();
        if (!isBearer(field)) {
            return new Credentials.Absent();
        }
        int start = SCHEME.length();
        while (start < field.length() && field.charAt(start) == ' ') {
            start++;
        }
        if (field.length() - start > maxBytes) {
            // Before anything of it is read: a long token must not cost more than its transport.
            return new Credentials.Malformed(RefusalReason.TOKEN_TOO_LARGE);
        }
        return field.charAt(start - 1) == ' ' && start < field.length()
                ? new Credentials.Presented(new AccessToken(field, start), Transport.HEADER)
                : new Credentials.Malformed(RefusalReason.CREDENTIALS_MALFORMED);
    }

    /** Whether the scheme is ours; {@code Bearerish x} is another one, {@code Bearer} alone is ours and malformed. */
    private static boolean isBearer(String field) {
        return field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && (field.length() == SCHEME.length() || !isTokenCharacter(field.charAt(SCHEME.length())));
    }

    /** A character of a scheme name (RFC 9110 §5.6.2). */
    private static boolean isTokenCharacter(char c) {
        return isAlphanumeric(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
