package dev.scopegate.introspection.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one pass over a JSON text: values are built as they are read, frozen, and the limits are kept on the way. Within, null
 * says that the text is refused; the null of JSON is {@link #NOTHING}.
 *
 * <p>Not thread-safe; use one per text.
 */
final class JsonReader {

    /** The null of JSON. */
    private static final Object NOTHING = new Object();

    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final JsonCursor text;
    private final int maxMembers;
    private final int maxItems;
    private int members;
    private int items;
    private boolean nulls;

    /** A reader of {@code octets}, with the limits of claims and of answers. */
    JsonReader(byte[] octets) {
        this(octets, StrictJson.MAX_MEMBERS, Integer.MAX_VALUE);
    }

    /**
     * A reader of {@code octets}.
     *
     * @param maxMembers how many members all objects together may have
     * @param maxItems how many items all lists together
     */
    JsonReader(byte[] octets, int maxMembers, int maxItems) {
        this.text = new JsonCursor(octets);
        this.maxMembers = maxMembers;
        this.maxItems = maxItems;
    }

    /** The object that the text is; empty if it is another value, or refused. */
    Optional<Map<String, Object>> object() {
        Map<String, Object> object = text.next() == '{' ? object(1) : null;
        return object != null && text.next() == JsonCursor.END ? Optional.of(object) : Optional.empty();
    }

    /** Whether what was read says null anywhere. */
    boolean saysNull() {
        return nulls;
    }

    /** The value that the text is, of whatever kind; empty if it is refused. */
    Optional<Object> value() {
        Object value = value(1);
        return value != null && text.next() == JsonCursor.END ? Optional.of(value) : Optional.empty();
    }

    /** The value that comes next; {@code depth} is the level that it opens if it is an object or a list. */
    private @Nullable Object value(int depth) {
        return switch (text.next()) {
            case '"' -> text.string();
            case '{' -> object(depth);
            case '[' -> list(depth);
            case 't' -> text.takes(TRUE) ? Boolean.TRUE : null;
            case 'f' -> text.takes(FALSE) ? Boolean.FALSE : null;
            case 'n' -> text.takes(NULL) ? nothing() : null;
            default -> text.number();
        };
    }

    private Object nothing() {
        nulls = true;
        return NOTHING;
    }

    private @Nullable Map<String, Object> object(int depth) {
        if (!text.takes('{') || depth > StrictJson.MAX_DEPTH) {
            return null;
        }
        if (text.takes('}')) {
            return Collections.emptyMap();
        }
        Map<String, Object> object = new LinkedHashMap<>();
        do {
            if (!takesMember(object, depth)) {
                return null;
            }
        } while (text.takes(','));
        if (nulls) {
            // Not any sooner: a name whose value is null must not come twice either.
            object.values().removeIf(NOTHING::equals);
        }
        return text.takes('}') ? Collections.unmodifiableMap(object) : null;
    }

    private boolean takesMember(Map<String, Object> object, int depth) {
        String name = text.next() == '"' ? text.string() : null;
        members++;
        if (name == null || members > maxMembers || !text.takes(':')) {
            return false;
        }
        Object value = value(depth + 1);
        // A name twice: who takes its first value and who takes its last would read two different tokens.
        return value != null && object.put(name, value) == null;
    }

    private @Nullable List<Object> list(int depth) {
        if (!text.takes('[') || depth > StrictJson.MAX_DEPTH) {
            return null;
        }
        if (text.takes(']')) {
            return Collections.emptyList();
        }
        List<Object> list = new ArrayList<>();
        do {
            items++;
            Object item = value(depth + 1);
            if (item == null || items > maxItems) {
                return null;
            }
            if (!NOTHING.equals(item)) {
                list.add(item);
            }
        } while (text.takes(','));
        return text.takes(']') ? Collections.unmodifiableList(list) : null;
    }
}
