package dev.scopegate.validate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * base64url without padding, in its one canonical form: two texts never decode to the same octets. The decoder of the JDK takes
 * padding and stray bits, so each text would have to be gone through once more to refuse them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-3.5">RFC 4648 §3.5</a>
 */
final class StrictBase64Url {

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
    static Optional<byte[]> decode(String text) {
        byte[] characters = text.getBytes(StandardCharsets.UTF_8);
        return decode(characters, 0, characters.length);
    }

    /** The octets that {@code text} encodes from one index up to another, or nothing: see {@link #decode(String)}. */
    static Optional<byte[]> decode(byte[] text, int start, int end) {
        int rest = (end - start) & 3;
        if (start == end || rest == 1) {
            return Optional.empty();
        }
        int wholeEnd = end - rest;
        byte[] octets = new byte[(end - start) / 4 * 3 + Math.max(0, rest - 1)];
        int written = 0;
        // What is no sextet is negative, and whatever it is joined with is so, too.
        int all = 0;
        for (int at = start; at < wholeEnd; at += 4) {
            int bits = sextet(text[at]) << 18
                    | sextet(text[at + 1]) << 12
                    | sextet(text[at + 2]) << 6
                    | sextet(text[at + 3]);
            all |= bits;
            octets[written++] = (byte) (bits >> 16);
            octets[written++] = (byte) (bits >> 8);
            octets[written++] = (byte) bits;
        }
        // Bits of the last character that belong to no octet have to be zero; else its neighbours would decode alike.
        if (rest == 2) {
            int bits = sextet(text[wholeEnd]) << 6 | sextet(text[wholeEnd + 1]);
            all |= bits | -(bits & 0b1111);
            octets[written] = (byte) (bits >> 4);
        } else if (rest == 3) {
            int bits = sextet(text[wholeEnd]) << 12 | sextet(text[wholeEnd + 1]) << 6 | sextet(text[wholeEnd + 2]);
            all |= bits | -(bits & 0b11);
            octets[written++] = (byte) (bits >> 10);
            octets[written] = (byte) (bits >> 2);
        }
        return all < 0 ? Optional.empty() : Optional.of(octets);
    }

    /** The six bits that {@code c} stands for, or a negative number. */
    static int sextet(char c) {
        return c < SEXTETS.length ? SEXTETS[c] : -1;
    }

    private static int sextet(byte character) {
        return SEXTETS[character & 0xff];
    }
}
