package dev.scopegate.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A place in a request where an access token may stand.
 *
 * <p>Immutable.
 *
 * @param kind the kind of place
 * @param name the name of the cookie; for the others {@code access_token}, which RFC 6750 fixes
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2">RFC 6750 §2</a>
 */
public record Transport(Kind kind, String name) {

    private static final String COOKIE = "cookie:";
    private static final String PARAMETER = "access_token";
    private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    /** The {@code Authorization} field. */
    public static final Transport HEADER = new Transport(Kind.HEADER, PARAMETER);

    /** A kind of place. */
    public enum Kind {
        /** The {@code Authorization} field (RFC 6750 §2.1). */
        HEADER,
        /** A parameter of a form in the body (RFC 6750 §2.2). */
        FORM,
        /** A parameter of the query (RFC 6750 §2.3). */
        QUERY,
        /** A cookie: no standard knows it; the application has to defend itself against forged cross-site requests. */
        COOKIE
    }

    /**
     * A place as a configuration writes it: {@code header}, {@code form}, {@code query}, {@code cookie:NAME}.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Transport of(String text) {
        if (text.startsWith(COOKIE)) {
            String name = text.substring(COOKIE.length());
            if (!COOKIE_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("needs the name of a cookie after 'cookie:'");
            }
            return new Transport(Kind.COOKIE, name);
        }
        return switch (text) {
            case "header" -> HEADER;
            case "form" -> new Transport(Kind.FORM, PARAMETER);
            case "query" -> new Transport(Kind.QUERY, PARAMETER);
            default -> throw new IllegalArgumentException("must be one of header, form, query, cookie:NAME");
        };
    }

    /** As a configuration writes it. */
    @Override
    public String toString() {
        return kind == Kind.COOKIE ? COOKIE + name : kind.name().toLowerCase(Locale.ROOT);
    }
}
