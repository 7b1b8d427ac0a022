package dev.scopegate.validate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The grammar of a token: {@code 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="}.
 *
 * <p>Eight octets are judged at once, in the bytes of a {@code long}: all of them are below 0x80, so no sum carries into the next
 * one. A token that was valid before is known to be one, and does not come by here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750 §2.1</a>
 */
final class B64Token {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long LOWER_CASE = 0x2020202020202020L;

    private B64Token() {}

    /** Whether {@code octets}, in whatever encoding that has ASCII in it, is a token. */
    static boolean is(byte[] octets) {
        int end = octets.length;
        while (end > 0 && octets[end - 1] == '=') {
            end--;
        }
        if (end == 0) {
            return false;
        }
        long all = HIGH;
        int at = 0;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            all &= allowed((long) LONG.get(octets, at));
        }
        for (; at < end; at++) {
            all &= allowed((octets[at] & 0xff) * EACH);
        }
        return all == HIGH;
    }

    /** The highest bit of each of eight octets: set if the octet is a character of a token. */
    private static long allowed(long octets) {
        long ascii = octets & ~HIGH;
        // From "-" to "9" there are the dash, the dot, the slash and the digits.
        long allowed = between(ascii | LOWER_CASE, 'a', 'z')
                | between(ascii, '-', '9')
                | equal(ascii, '_')
                | equal(ascii, '~')
                | equal(ascii, '+');
        return allowed & ~octets & HIGH;
    }

    private static long between(long ascii, char first, char last) {
        return (ascii + (0x80 - first) * EACH) & ~(ascii + (0x7f - last) * EACH);
    }

    private static long equal(long ascii, char character) {
        return HIGH - (ascii ^ character * EACH);
    }
}
