package dev.scopegate.validate;

import dev.scopegate.introspection.json.StrictJson;
import dev.scopegate.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A JWS in compact serialisation, taken apart: three parts in canonical base64url, of which nothing is verified.
 *
 * <p>Immutable, if nobody changes the arrays, which are not copied.
 *
 * @param encodedHeader the first part as it was received
 * @param payload the octets of the second part, which may be none
 * @param signingInput the very octets that were signed
 * @param signature the octets of the third part
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-7.1">RFC 7515 §7.1</a>
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for the length of one call, in one thread.
record CompactJws(String encodedHeader, byte[] payload, byte[] signingInput, byte[] signature) {

    /** What taking a token apart came to. */
    sealed interface Reading {
        record Read(CompactJws jws) implements Reading {}

        record Unreadable(RefusalReason reason) implements Reading {}
    }

    /**
     * Whether {@code token} means to be a JOSE object: all of them begin with a JSON object, encoded. A token that does is
     * never sent to anyone as if it were opaque.
     */
    static boolean isShapeOf(String token) {
        if (token.length() < 2 || token.indexOf('.') < 0) {
            return false;
        }
        int first = StrictBase64Url.sextet(token.charAt(0)) << 2 | StrictBase64Url.sextet(token.charAt(1)) >> 4;
        return first == '{' || first == ' ' || first == '\t' || first == '\n' || first == '\r';
    }

    static Reading read(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (second < 0) {
            return new Reading.Unreadable(RefusalReason.TOKEN_MALFORMED);
        }
        if (token.indexOf('.', second + 1) >= 0) {
            // Five parts are a JWE. Whatever else has more than three is not worth counting.
            return new Reading.Unreadable(
                    token.chars().filter(c -> c == '.').count() == 4
                            ? RefusalReason.TOKEN_ENCRYPTED
                            : RefusalReason.TOKEN_MALFORMED);
        }
        // A JWS may well have no payload (RFC 7515 §7.1); what cannot be empty is a JSON object of claims.
        Optional<byte[]> payload = second == first + 1
                ? Optional.of(new byte[0])
                : StrictBase64Url.decode(token.substring(first + 1, second));
        Optional<byte[]> signature = StrictBase64Url.decode(token.substring(second + 1));
        if (payload.isEmpty() || signature.isEmpty()) {
            return new Reading.Unreadable(RefusalReason.TOKEN_MALFORMED);
        }
        return new Reading.Read(new CompactJws(
                token.substring(0, first),
                payload.get(),
                token.substring(0, second).getBytes(StandardCharsets.ISO_8859_1),
                signature.get()));
    }

    /** The payload as claims, which nobody vouches for yet; empty if it is not one strict JSON object. */
    Optional<Map<String, Object>> claims() {
        return StrictJson.object(payload);
    }
}
