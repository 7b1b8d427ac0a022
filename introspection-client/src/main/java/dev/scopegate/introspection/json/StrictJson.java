package dev.scopegate.introspection.json;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JSON object in strict UTF-8, with nothing behind it and no member name twice in any object of it: where two
 * readers could take two different values, neither is taken.
 *
 * <p>Does not limit the length; callers have done so before. Nesting is limited to {@value UniqueNames#MAX_DEPTH}. Safe for
 * concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725#section-3.7">RFC 8725 §3.7</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4">RFC 7519 §4</a>
 */
public final class StrictJson {

    private StrictJson() {}

    /**
     * The object: unmodifiable, deeply, with {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code List} and
     * {@code Map} values; members and items that are null are left out, since to whoever reads claims null and absent are the
     * same. Empty if {@code octets} are not such an object.
     */
    public static Optional<Map<String, Object>> object(byte[] octets) {
        try {
            // A decoder that replaces what it cannot read would make two different texts equal.
            return object(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /** The object in {@code text}, as {@link #object(byte[])} gives it. */
    public static Optional<Map<String, Object>> object(String text) {
        try {
            // The reader of the library also takes an array of pairs for a map.
            if (!text.stripLeading().startsWith("{") || !UniqueNames.holdIn(text)) {
                return Optional.empty();
            }
            return Optional.ofNullable(JSONObjectUtils.parse(text)).map(StrictJson::freeze);
        } catch (ParseException broken) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> freeze(Map<?, ?> object) {
        Map<String, Object> copy = new LinkedHashMap<>(object.size() * 2);
        object.forEach((name, value) -> {
            if (value != null) {
                copy.put(String.valueOf(name), frozen(value));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object frozen(Object value) {
        if (value instanceof Map<?, ?> object) {
            return freeze(object);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object item : list) {
                if (item != null) {
                    copy.add(frozen(item));
                }
            }
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
