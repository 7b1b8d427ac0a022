package dev.scopegate.validate;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.introspection.jose.StrictBase64Url;
import dev.scopegate.introspection.json.StrictJson;
import dev.scopegate.model.RefusalReason;
import java.util.Map;
import java.util.Optional;

/**
 * The header of a JWS, read strictly: what of it may have a say. Addresses of keys and keys themselves ({@code jku}, {@code x5u},
 * {@code jwk}, {@code x5c}) have none, whatever they are.
 *
 * <p>Immutable. Nothing in it is verified.
 *
 * @param algorithm the {@code alg} as it stands
 * @param keyId the {@code kid}, any text whatever
 * @param type the {@code typ} as it stands
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-4.1">RFC 7515 §4.1</a>
 */
record JoseHeader(JWSAlgorithm algorithm, Optional<String> keyId, Optional<String> type) {

    /** What reading a header came to. */
    sealed interface Reading {
        record Read(JoseHeader header) implements Reading {}

        record Unreadable(RefusalReason reason) implements Reading {}
    }

    /** What {@code encoded}, the first part of a JWS, says; all of it counts as broken if it is more than a header ever is. */
    static Reading read(String encoded) {
        return StrictBase64Url.decode(encoded)
                .flatMap(StrictJson::header)
                .map(JoseHeader::read)
                .orElseGet(() -> new Reading.Unreadable(RefusalReason.TOKEN_MALFORMED));
    }

    private static Reading read(Map<String, Object> members) {
        if (members.containsKey("crit") || members.containsKey("b64")) {
            // No extension is understood here, so none that is critical may pass (RFC 7515 §4.1.11, RFC 7797 §7).
            return new Reading.Unreadable(RefusalReason.HEADER);
        }
        if (!(members.get("alg") instanceof String algorithm)) {
            return new Reading.Unreadable(RefusalReason.ALGORITHM);
        }
        if (!isAbsentOrText(members, "kid") || !isAbsentOrText(members, "typ") || members.containsKey("cty")) {
            // A content type says that another token is nested in this one: its claims would not be the payload's.
            return new Reading.Unreadable(RefusalReason.HEADER);
        }
        return new Reading.Read(
                new JoseHeader(JWSAlgorithm.parse(algorithm), text(members, "kid"), text(members, "typ")));
    }

    private static boolean isAbsentOrText(Map<String, Object> members, String name) {
        return !members.containsKey(name) || members.get(name) instanceof String;
    }

    private static Optional<String> text(Map<String, Object> members, String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
