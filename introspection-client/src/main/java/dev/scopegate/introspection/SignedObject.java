package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.scopegate.introspection.jose.StrictBase64Url;
import dev.scopegate.introspection.json.StrictJson;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A JWS in compact serialisation, taken apart: three parts in canonical base64url, of which the first is a strict JSON object.
 * Nothing of it is verified.
 *
 * @param header the parameters of its header
 * @param payload the octets of the second part
 * @param signature the octets of the third part
 * @param signingInput the very octets that were signed
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-7.1">RFC 7515 §7.1</a>
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for the length of one call, in one thread.
record SignedObject(Map<String, Object> header, byte[] payload, byte[] signature, byte[] signingInput) {

    private static final int JWS_PARTS = 3;
    private static final int JWE_PARTS = 5;

    /**
     * Takes {@code octets} apart.
     *
     * @throws IntrospectionException if they are nothing of the kind
     */
    static SignedObject read(byte[] octets) throws IntrospectionException {
        // One character for each octet: what is not ASCII stays that, and is no base64url.
        String text = new String(octets, ISO_8859_1);
        String[] parts = text.split("\\.", JWE_PARTS + 1);
        if (parts.length == JWE_PARTS) {
            throw IntrospectionException.malformed("the answer is encrypted");
        }
        if (parts.length != JWS_PARTS) {
            throw unreadable();
        }
        Map<String, Object> header = StrictJson.header(decoded(parts[0])).orElseThrow(SignedObject::unreadable);
        return new SignedObject(
                header,
                decoded(parts[1]),
                decoded(parts[2]),
                Arrays.copyOf(octets, parts[0].length() + 1 + parts[1].length()));
    }

    private static byte[] decoded(String part) throws IntrospectionException {
        // RFC 4648 §3.5: padding, stray bits, line breaks: two texts of one meaning, where readers may differ.
        return StrictBase64Url.decode(part).orElseThrow(SignedObject::unreadable);
    }

    private static IntrospectionException unreadable() {
        return IntrospectionException.malformed("the answer is not one signed object");
    }

    /** A header parameter that is text. */
    Optional<String> text(String name) {
        return header.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
