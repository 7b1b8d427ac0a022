package dev.scopegate.introspection;

import dev.scopegate.introspection.json.StrictJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies what somebody holds for JSON into something that nobody can change any more, and refuses what JSON has not. What
 * {@link StrictJson} reads is frozen as it comes.
 */
final class FrozenClaims {

    private FrozenClaims() {}

    static Map<String, Object> of(Map<String, Object> claims) {
        return map(claims, StrictJson.MAX_DEPTH);
    }

    private static Map<String, Object> map(Map<?, ?> members, int depth) {
        if (depth == 0) {
            throw new IllegalArgumentException("nested too deeply");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value != null) {
                copy.put((String) name, value(value, depth - 1));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static List<Object> list(List<?> elements, int depth) {
        if (depth == 0) {
            throw new IllegalArgumentException("nested too deeply");
        }
        List<Object> copy = new ArrayList<>();
        elements.forEach(element -> copy.add(value(element, depth - 1)));
        return Collections.unmodifiableList(copy);
    }

    private static Object value(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> members) {
            return map(members, depth);
        }
        if (value instanceof List<?> elements) {
            return list(elements, depth);
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("a value that JSON does not have, or null in a list");
    }
}
