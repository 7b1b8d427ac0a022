package dev.scopegate.validate;

import dev.scopegate.introspection.json.StrictJson;
import dev.scopegate.model.RefusalReason;
import java.util.Map;
import java.util.Optional;

/**
 * A JWS in compact serialisation, taken apart and read strictly; nothing in it is verified.
 *
 * <p>Immutable.
 *
 * @param algorithm the {@code alg} as it stands
 * @param keyId the {@code kid}, any text whatever
 * @param type the {@code typ} as it stands
 * @param claims the payload, which nobody vouches for yet
 * @param signingInput the very text that was signed
 * @param signature the signature, encoded canonically
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-7.1">RFC 7515 §7.1</a>
 */
record CompactJws(
        String algorithm,
        Optional<String> keyId,
        Optional<String> type,
        Map<String, Object> claims,
        String signingInput,
        String signature) {

    /** What reading a token came to. */
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
        int third = token.indexOf('.', second + 1);
        if (third >= 0) {
            // Five parts are a JWE. Whatever else has more than three is not worth counting.
            return new Reading.Unreadable(
                    token.chars().filter(c -> c == '.').count() == 4
                            ? RefusalReason.TOKEN_ENCRYPTED
                            : RefusalReason.TOKEN_MALFORMED);
        }
        Optional<Map<String, Object>> header = json(token.substring(0, first));
        Optional<Map<String, Object>> claims = json(token.substring(first + 1, second));
        String signature = token.substring(second + 1);
        if (header.isEmpty() || claims.isEmpty() || !StrictBase64Url.isCanonical(signature)) {
            return new Reading.Unreadable(RefusalReason.TOKEN_MALFORMED);
        }
        return read(header.get(), claims.get(), token.substring(0, second), signature);
    }

    private static Reading read(
            Map<String, Object> header, Map<String, Object> claims, String signingInput, String signature) {
        if (header.containsKey("crit") || header.containsKey("b64")) {
            // No extension is understood here, so none that is critical may pass (RFC 7515 §4.1.11, RFC 7797 §7).
            return new Reading.Unreadable(RefusalReason.HEADER);
        }
        if (!(header.get("alg") instanceof String algorithm)) {
            return new Reading.Unreadable(RefusalReason.ALGORITHM);
        }
        if (!isAbsentOrText(header, "kid") || !isAbsentOrText(header, "typ") || header.containsKey("cty")) {
            // A content type says that another token is nested in this one: its claims would not be the payload's.
            return new Reading.Unreadable(RefusalReason.HEADER);
        }
        return new Reading.Read(
                new CompactJws(algorithm, text(header, "kid"), text(header, "typ"), claims, signingInput, signature));
    }

    private static Optional<Map<String, Object>> json(String encoded) {
        return StrictBase64Url.decode(encoded).flatMap(StrictJson::object);
    }

    private static boolean isAbsentOrText(Map<String, Object> header, String name) {
        return !header.containsKey(name) || header.get(name) instanceof String;
    }

    private static Optional<String> text(Map<String, Object> header, String name) {
        return header.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
