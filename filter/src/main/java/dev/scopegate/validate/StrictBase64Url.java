package dev.scopegate.validate;

import java.util.Base64;
import java.util.Optional;

/**
 * base64url without padding, in its one canonical form: two texts never decode to the same octets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-3.5">RFC 4648 §3.5</a>
 */
final class StrictBase64Url {

    private StrictBase64Url() {}

    /** The octets, or nothing if {@code text} is empty or not canonical. */
    static Optional<byte[]> decode(String text) {
        if (text.isEmpty() || text.endsWith("=")) {
            return Optional.empty();
        }
        byte[] octets;
        try {
            octets = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException foreignCharacter) {
            return Optional.empty();
        }
        return isCanonical(text, octets) ? Optional.of(octets) : Optional.empty();
    }

    /** Whether the unused bits of the last character are zero; else its neighbours would decode to the same octets. */
    private static boolean isCanonical(String text, byte[] octets) {
        int rest = octets.length % 3;
        if (rest == 0) {
            return true;
        }
        byte[] tail = new byte[rest];
        System.arraycopy(octets, octets.length - rest, tail, 0, rest);
        return text.endsWith(Base64.getUrlEncoder().withoutPadding().encodeToString(tail));
    }

    /** The six bits that {@code c} stands for, or a negative number. */
    static int sextet(char c) {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(c);
    }
}
