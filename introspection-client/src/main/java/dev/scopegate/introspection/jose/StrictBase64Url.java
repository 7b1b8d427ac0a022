package dev.scopegate.introspection.jose;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * base64url without padding, in its one canonical form: two texts never decode to the same octets. The decoder of the JDK, which
 * is far quicker than a loop could be, takes padding and stray bits; but both can only be in the last character.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-3.5">RFC 4648 §3.5</a>
 */
public final class StrictBase64Url {

    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] SEXTETS = sextets();

    private StrictBase64Url() {}

    private static byte[] sextets() {
        byte[] sextets = new byte[256];
        Arrays.fill(sextets, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            sextets[ALPHABET[i]] = (byte) i;
        }
        return sextets;
    }

    /** The octets, or nothing if {@code text} is empty or not what an encoder makes of one octet or more. */
    public static Optional<byte[]> decode(String text) {
        byte[] characters = text.getBytes(StandardCharsets.UTF_8);
        return decode(characters, 0, characters.length);
    }

    /** The octets that {@code text} encodes from one index up to another, or nothing: see {@link #decode(String)}. */
    public static Optional<byte[]> decode(byte[] text, int start, int end) {
        if (start == end || !endsCanonically(text[end - 1], (end - start) & 3)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(Arrays.copyOfRange(text, start, end)));
        } catch (IllegalArgumentException otherCharacters) {
            return Optional.empty();
        }
    }

    /** Bits of the last character that belong to no octet have to be zero; else its neighbours would decode alike. */
    private static boolean endsCanonically(byte last, int rest) {
        int sextet = SEXTETS[last & 0xff];
        int unused = rest == 2 ? 0b1111 : rest == 3 ? 0b11 : 0;
        return rest != 1 && sextet >= 0 && (sextet & unused) == 0;
    }

    /** The six bits that {@code c} stands for, or a negative number. */
    public static int sextet(char c) {
        return c < SEXTETS.length ? SEXTETS[c] : -1;
    }
}
