package dev.scopegate.introspection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies what a JSON parser made into something that nobody can change any more. */
final class FrozenClaims {

    /** Real answers have three or four levels. Whoever walks through the claims later must not run out of stack. */
    private static final int MAX_DEPTH = 32;

    /** The last second of the year 9999; a date behind it is no date but an accident of units. */
    private static final double LAST_SECOND = 253_402_300_799d;

    private FrozenClaims() {}

    static Map<String, Object> of(Map<String, Object> claims) {
        return map(claims, MAX_DEPTH);
    }

    /** The NumericDate of RFC 7519 §2, in which a second may have a fraction; empty if it is none. */
    static Optional<Instant> instant(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return Optional.empty();
        }
        double seconds = number.doubleValue();
        return seconds >= 0 && seconds <= LAST_SECOND
                ? Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)))
                : Optional.empty();
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
