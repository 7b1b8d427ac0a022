package dev.scopegate.spring;

import dev.scopegate.config.FileReference;
import dev.scopegate.config.IpNetwork;
import dev.scopegate.config.Secret;
import dev.scopegate.config.Suggestions;
import dev.scopegate.model.Transport;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The keys of {@code scopegate.*}, as the records name them: which of them a property means, however it is written. Dashes and
 * capitals do not count, and neither does where an environment variable has its underscores.
 */
final class PropertyTree {

    /** Records that are written as one text. */
    private static final Set<Class<?>> TEXTS =
            Set.of(Secret.class, FileReference.class, IpNetwork.class, Transport.class);

    private PropertyTree() {}

    /**
     * What a property means.
     *
     * @param path the key, such as {@code routes[2].max-age}; where it is unknown, as it was written from there on
     * @param type what the key takes; empty if it is unknown
     * @param problem for an unknown one, what is wrong and what was probably meant
     * @param near whether it begins as a key does, or nearly so
     */
    record Meaning(String path, Optional<Type> type, Optional<String> problem, boolean near) {

        boolean isKnown() {
            return type.isPresent();
        }

        /** For a key that has keys of its own and takes no value: which ones. */
        Optional<String> ownKeys() {
            return type.filter(each -> each instanceof Class<?> raw && raw.isRecord() && !TEXTS.contains(raw))
                    .map(each -> String.join(", ", keys((Class<?>) each)));
        }

        /** The key at the top of the tree, such as {@code routes}. */
        String top() {
            return path.split("[.\\[]", 2)[0];
        }
    }

    /** What {@code name} means, which begins with {@code scopegate}. */
    static Meaning meaning(ConfigurationPropertyName name) {
        StringBuilder path = new StringBuilder();
        Type type = ScopegateProperties.class;
        int at = 1;
        while (at < name.getNumberOfElements()) {
            Class<?> raw = raw(type);
            if (raw == List.class && name.isNumericIndex(at)) {
                path.append('[').append(element(name, at++)).append(']');
                type = last(type);
            } else if (raw == Map.class) {
                path.append('.').append(element(name, at++));
                type = last(type);
            } else if (raw.isRecord() && !TEXTS.contains(raw)) {
                Optional<Key> key = key(name, at, raw);
                if (key.isEmpty()) {
                    return unknown(name, at, raw, path);
                }
                append(path, key.get().name);
                type = key.get().type;
                at += key.get().elements;
            } else {
                return unknown(name, at, raw, path);
            }
        }
        return new Meaning(path.toString(), Optional.of(type), Optional.empty(), true);
    }

    /** Whether a record is written as one text. */
    static boolean isText(Class<?> type) {
        return TEXTS.contains(type);
    }

    /** The keys of a record. */
    static List<String> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> dashed(component.getName()))
                .toList();
    }

    /** A key of a record, and of how many elements of the name it was put together. */
    private record Key(String name, Type type, int elements) {}

    private static Optional<Key> key(ConfigurationPropertyName name, int at, Class<?> type) {
        StringBuilder joined = new StringBuilder();
        for (int end = at; end < name.getNumberOfElements() && !name.isNumericIndex(end); end++) {
            joined.append(name.getElement(end, Form.UNIFORM));
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.getName().toLowerCase(Locale.ROOT).contentEquals(joined)) {
                    String key = dashed(component.getName());
                    return Optional.of(new Key(key, value(component.getGenericType()), end - at + 1));
                }
            }
        }
        return Optional.empty();
    }

    private static Meaning unknown(ConfigurationPropertyName name, int at, Class<?> type, StringBuilder path) {
        List<String> known = type.isRecord() && !TEXTS.contains(type) ? keys(type) : List.of();
        String first = element(name, at);
        // A variable has underscores where a key has dashes, and where one key ends and the next begins.
        String joined = joined(name, at);
        String key = Suggestions.nearest(first, known).isPresent()
                        || Suggestions.nearest(joined, known).isEmpty()
                ? first
                : joined;
        String within = path.isEmpty() ? "" : " in " + path;
        Optional<String> near = Suggestions.nearest(key, known);
        String hint = near.map(word -> "; did you mean '" + word + "'?")
                .orElse(known.isEmpty() ? "; it has no keys of its own" : "; known keys: " + String.join(", ", known));
        boolean begins = !path.isEmpty();
        append(path, name.subName(at).toString());
        return new Meaning(
                path.toString(),
                Optional.empty(),
                Optional.of("unknown key '" + key + "'" + within + hint),
                begins || near.isPresent());
    }

    private static void append(StringBuilder path, String key) {
        path.append(path.isEmpty() || key.startsWith("[") ? "" : ".").append(key);
    }

    private static String joined(ConfigurationPropertyName name, int from) {
        StringBuilder joined = new StringBuilder(element(name, from));
        for (int i = from + 1; i < name.getNumberOfElements() && !name.isNumericIndex(i); i++) {
            joined.append('-').append(element(name, i));
        }
        return joined.toString();
    }

    private static String element(ConfigurationPropertyName name, int at) {
        return name.getElement(at, Form.ORIGINAL);
    }

    /** {@code clockSkew} is written {@code clock-skew}. */
    private static String dashed(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Type value(Type type) {
        return raw(type) == Optional.class ? last(type) : type;
    }

    private static Type last(Type type) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        return arguments[arguments.length - 1];
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }
}
