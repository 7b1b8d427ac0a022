package dev.scopegate.introspection.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JSON object in strict UTF-8, with nothing behind it and no member name twice in any object of it: where two
 * readers could take two different values, neither is taken.
 *
 * <p>Takes the grammar of RFC 8259 to the letter, and refuses of what that allows: a name twice, whether or not it is escaped;
 * half a surrogate pair, which UTF-8 cannot say; a number too great for a {@code double}; more than {@value #MAX_DEPTH} levels,
 * the outermost among them; more than {@value #MAX_MEMBERS} members in all objects together; numbers of more than {@value
 * #MAX_DIGITS} digits, not counting zeros in front, or of more than {@value #MAX_NUMBER} characters.
 *
 * <p>Does not limit the length; callers have done so before. Takes time in proportion to it, whatever the text. Safe for
 * concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725#section-3.7">RFC 8725 §3.7</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4">RFC 7519 §4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-9">RFC 8259 §9</a>
 */
public final class StrictJson {

    /** The levels that objects and lists may be nested in: more than any token or answer needs, far less than a stack holds. */
    public static final int MAX_DEPTH = 32;

    /** The members of all objects of one text together. */
    static final int MAX_MEMBERS = 1_000;

    /** Members and items of a header; it is read before anything is verified. */
    static final int MAX_HEADER_VALUES = 64;

    /** The digits of a number, not counting zeros in front. */
    static final int MAX_DIGITS = 64;

    /** The characters of a number, counting all of them. */
    static final int MAX_NUMBER = 128;

    private StrictJson() {}

    /**
     * The object: unmodifiable, deeply, its members in the order of the text, with {@code String}, {@code Long}, {@code Double},
     * {@code Boolean}, {@code List} and {@code Map} values. A number is a {@code Long} if it is written without a fraction or
     * exponent and fits into one, else the nearest {@code Double}. Members and items that are null are left out, since to
     * whoever reads claims null and absent are the same. Empty if {@code octets} are not such an object.
     */
    public static Optional<Map<String, Object>> object(byte[] octets) {
        return new JsonReader(octets).object();
    }

    /**
     * The object, as {@link #object(byte[])} gives it, of a JOSE header: also empty if it says null anywhere, since a parameter that
     * is null is there for one reader and not for the next, or holds more than {@value #MAX_HEADER_VALUES} values.
     */
    public static Optional<Map<String, Object>> header(byte[] octets) {
        JsonReader reader = new JsonReader(octets, MAX_HEADER_VALUES, MAX_HEADER_VALUES);
        return reader.object().filter(object -> !reader.saysNull());
    }

    /** The object in {@code text}, as {@link #object(byte[])} gives it. */
    public static Optional<Map<String, Object>> object(String text) {
        try {
            // String.getBytes would put a question mark for half a surrogate pair, and make two different texts equal.
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] octets = new byte[utf8.remaining()];
            utf8.get(octets);
            return object(octets);
        } catch (CharacterCodingException halfOfAPair) {
            return Optional.empty();
        }
    }
}
