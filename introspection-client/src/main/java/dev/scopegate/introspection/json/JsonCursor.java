package dev.scopegate.introspection.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON text, and what can be taken from there: marks, words, strings, numbers. What is not to be had is null or
 * false; the text is refused then, so where the cursor stands does not matter any more.
 *
 * <p>Not thread-safe; use one per text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-6">RFC 8259 §6, §7</a>
 */
final class JsonCursor {

    /** What comes behind the last octet. */
    static final int END = -1;

    /** Any number of so many digits fits into a long. */
    private static final int DIGITS_OF_A_LONG = 18;

    private static final int DIGITS_OF_A_UNIT = 4;
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final byte[] octets;
    private int at;

    JsonCursor(byte[] octets) {
        this.octets = octets;
    }

    /** The next octet that is no white space, from 0 to 255; it is not taken. {@link #END} if there is none. */
    int next() {
        while (at < octets.length) {
            int octet = octets[at] & 0xff;
            if (octet > ' ' || (octet != ' ' && octet != '\n' && octet != '\r' && octet != '\t')) {
                return octet;
            }
            at++;
        }
        return END;
    }

    /** Takes {@code mark}, and white space before it, if it comes next. */
    boolean takes(char mark) {
        boolean there = next() == mark;
        at += there ? 1 : 0;
        return there;
    }

    /** Takes {@code word} if it comes at once. What is behind it is not looked at. */
    boolean takes(byte[] word) {
        int start = at;
        at = Math.min(start + word.length, octets.length);
        return Arrays.equals(octets, start, at, word, 0, word.length);
    }

    /** The string whose first quotation mark comes at once. */
    @Nullable
    String string() {
        int start = at + 1;
        boolean ascii = true;
        boolean escaped = false;
        for (int i = start; i < octets.length; i++) {
            byte octet = octets[i];
            if (octet == '"') {
                at = i + 1;
                String raw = ascii ? new String(octets, start, i - start, ISO_8859_1) : utf8(start, i);
                return escaped && raw != null ? unescaped(raw) : raw;
            }
            if (octet == '\\') {
                escaped = true;
                i++;
            } else if (octet < 0) {
                ascii = false;
            } else if (octet < ' ') {
                return null;
            }
        }
        return null;
    }

    private @Nullable String utf8(int start, int end) {
        try {
            // A decoder that replaces what it cannot read would make two different texts equal.
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(octets, start, end - start))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private static @Nullable String unescaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        boolean halves = false;
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            // No string ends in a backslash: it would have escaped the quotation mark.
            char escape = raw.charAt(i++);
            int index = ESCAPES.indexOf(escape);
            if (index >= 0) {
                text.append(ESCAPED.charAt(index));
            } else if (escape == 'u' && isUnit(raw, i)) {
                char unit = (char) HexFormat.fromHexDigits(raw, i, i + DIGITS_OF_A_UNIT);
                halves |= Character.isSurrogate(unit);
                text.append(unit);
                i += DIGITS_OF_A_UNIT;
            } else {
                return null;
            }
        }
        return halves && !isWhole(text) ? null : text.toString();
    }

    private static boolean isUnit(String raw, int start) {
        int end = start + DIGITS_OF_A_UNIT;
        boolean unit = end <= raw.length();
        for (int i = start; unit && i < end; i++) {
            // Not Character.digit, which knows the digits of all the world's scripts.
            unit = HexFormat.isHexDigit(raw.charAt(i));
        }
        return unit;
    }

    /** Whether {@code text} has no half of a surrogate pair: there is no UTF-8 for it, and readers differ on what it is. */
    private static boolean isWhole(CharSequence text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** The number that comes at once. What is behind it is not looked at. */
    @Nullable
    Number number() {
        int start = at;
        boolean negative = skips('-');
        int first = at;
        // A zero in front stands alone.
        if (!skips('0') && !skipsDigits()) {
            return null;
        }
        int point = at;
        if (skips('.') && !skipsDigits()) {
            return null;
        }
        if (skips('e') || skips('E')) {
            if (!skips('+')) {
                skips('-');
            }
            if (!skipsDigits()) {
                return null;
            }
        }
        if (at - start > StrictJson.MAX_DIGITS && isTooLong(start)) {
            return null;
        }
        if (at == point && at - first <= DIGITS_OF_A_LONG) {
            return small(first, negative);
        }
        String text = new String(octets, start, at - start, ISO_8859_1);
        return at == point ? great(new BigInteger(text)) : finite(Double.parseDouble(text));
    }

    private boolean isTooLong(int start) {
        int digits = 0;
        for (int i = start; i < at; i++) {
            if (isDigit(octets[i]) && (digits > 0 || octets[i] != '0')) {
                digits++;
            }
        }
        return at - start > StrictJson.MAX_NUMBER || digits > StrictJson.MAX_DIGITS;
    }

    private Long small(int first, boolean negative) {
        long value = 0;
        for (int i = first; i < at; i++) {
            value = value * 10 + (octets[i] - '0');
        }
        return negative ? -value : value;
    }

    private static @Nullable Number great(BigInteger value) {
        // Not by a conditional expression, which would make a double of either.
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        return finite(value.doubleValue());
    }

    private static @Nullable Double finite(double value) {
        return Double.isInfinite(value) ? null : value;
    }

    private boolean skips(char expected) {
        boolean there = at < octets.length && octets[at] == expected;
        at += there ? 1 : 0;
        return there;
    }

    private boolean skipsDigits() {
        int start = at;
        while (at < octets.length && isDigit(octets[at])) {
            at++;
        }
        return at > start;
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }
}
