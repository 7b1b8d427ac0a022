package dev.scopegate.validate;

import dev.scopegate.introspection.jose.StrictBase64Url;
import dev.scopegate.introspection.json.StrictJson;
import dev.scopegate.model.AccessToken;
import dev.scopegate.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A JWS in compact serialisation, taken apart: three parts in canonical base64url. Nothing of it is verified.
 *
 * <p>Immutable, if nobody changes the arrays, which are not copied.
 *
 * @param encodedHeader the first part as it was received
 * @param payload the octets of the second part, which may be none
 * @param signature the octets of the third part; none in a token that says it is not signed
 * @param text the octets of the text that it stands in, as it was received
 * @param start where in the text it begins, and what was signed
 * @param signedEnd where what was signed ends
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-7.1">RFC 7515 §7.1</a>
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for the length of one call, in one thread.
record CompactJws(String encodedHeader, byte[] payload, byte[] signature, byte[] text, int start, int signedEnd) {

    /** What taking a token apart came to. */
    sealed interface Reading {
        record Read(CompactJws jws) implements Reading {}

        record Unreadable(RefusalReason reason) implements Reading {}
    }

    /**
     * Whether {@code token} means to be a JOSE object: all of them begin with a JSON object, encoded. A token that does is
     * never sent to anyone as if it were opaque.
     */
    static boolean isShapeOf(AccessToken token) {
        String text = token.text();
        int start = token.start();
        if (token.length() < 2 || text.indexOf('.', start) < 0) {
            return false;
        }
        int first =
                StrictBase64Url.sextet(text.charAt(start)) << 2 | StrictBase64Url.sextet(text.charAt(start + 1)) >> 4;
        return first == '{' || first == ' ' || first == '\t' || first == '\n' || first == '\r';
    }

    /**
     * The octets of a token, or of the text it stands in, one for each character: a mere copy, where UTF-8 would have to look at
     * each of them. What is beyond Latin-1 becomes a question mark, which no token has, so that no two texts of which one is a
     * token become the same.
     */
    static byte[] octets(String token) {
        return token.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Takes a token apart.
     *
     * @param octets those of its text: see {@link #octets}
     */
    static Reading read(AccessToken token, byte[] octets) {
        String text = token.text();
        int first = text.indexOf('.', token.start());
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            return new Reading.Unreadable(RefusalReason.TOKEN_MALFORMED);
        }
        int third = text.indexOf('.', second + 1);
        if (third >= 0) {
            // Five parts are a JWE. Whatever else has more than three is not worth counting.
            int fourth = text.indexOf('.', third + 1);
            boolean five = fourth >= 0 && text.indexOf('.', fourth + 1) < 0;
            return new Reading.Unreadable(five ? RefusalReason.TOKEN_ENCRYPTED : RefusalReason.TOKEN_MALFORMED);
        }
        // A JWS may have no payload, and an unsecured one has no signature (RFC 7515 §7.1, RFC 7519 §6). Neither is
        // good for a token, but that is said by whoever looks for claims and for an algorithm.
        Optional<byte[]> payload = part(octets, first + 1, second);
        Optional<byte[]> signature = part(octets, second + 1, octets.length);
        if (payload.isEmpty() || signature.isEmpty()) {
            return new Reading.Unreadable(RefusalReason.TOKEN_MALFORMED);
        }
        return new Reading.Read(new CompactJws(
                text.substring(token.start(), first), payload.get(), signature.get(), octets, token.start(), second));
    }

    private static Optional<byte[]> part(byte[] text, int start, int end) {
        return start == end ? Optional.of(new byte[0]) : StrictBase64Url.decode(text, start, end);
    }

    /** Whether the payload begins and ends as a JSON object does; says nothing of the rest. */
    boolean isObject() {
        return payload.length > 1 && payload[0] == '{' && payload[payload.length - 1] == '}';
    }

    /** The very octets that were signed. */
    byte[] signingInput() {
        return Arrays.copyOfRange(text, start, signedEnd);
    }

    /** The payload as claims, which nobody vouches for yet; empty if it is not one strict JSON object. */
    Optional<Map<String, Object>> claims() {
        return StrictJson.object(payload);
    }
}
