package dev.scopegate.validate;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * base64url without padding, in its one canonical form: two texts never decode to the same octets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-3.5">RFC 4648 §3.5</a>
 */
final class StrictBase64Url {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final byte[] SEXTETS = sextets();

    private StrictBase64Url() {}

    private static byte[] sextets() {
        byte[] sextets = new byte[128];
        Arrays.fill(sextets, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            sextets[ALPHABET.charAt(i)] = (byte) i;
        }
        return sextets;
    }

    /** The octets, or nothing if {@code text} is empty or not canonical. */
    static Optional<byte[]> decode(String text) {
        return isCanonical(text) ? Optional.of(Base64.getUrlDecoder().decode(text)) : Optional.empty();
    }

    /** Whether {@code text} is what an encoder makes of one octet or more. */
    static boolean isCanonical(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (sextet(text.charAt(i)) < 0) {
                return false;
            }
        }
        // Bits of the last character that belong to no octet have to be zero; else its neighbours would decode alike.
        return switch (text.length() % 4) {
            case 0 -> !text.isEmpty();
            case 2 -> (sextet(text.charAt(text.length() - 1)) & 0b1111) == 0;
            case 3 -> (sextet(text.charAt(text.length() - 1)) & 0b11) == 0;
            default -> false;
        };
    }

    /** The six bits that {@code c} stands for, or a negative number. */
    static int sextet(char c) {
        return c < SEXTETS.length ? SEXTETS[c] : -1;
    }
}
