package dev.scopegate.validate;

/**
 * The grammar of a token: {@code 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="}. Asked only of what is no readable
 * JWT, since the characters of a JWT are fewer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750 §2.1</a>
 */
final class B64Token {

    private B64Token() {}

    /** Whether {@code text} is a token. */
    static boolean is(String text) {
        int at = 0;
        while (at < text.length() && isCharacter(text.charAt(at))) {
            at++;
        }
        boolean any = at > 0;
        while (at < text.length() && text.charAt(at) == '=') {
            at++;
        }
        return any && at == text.length();
    }

    private static boolean isCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~+/".indexOf(c) >= 0;
    }
}
