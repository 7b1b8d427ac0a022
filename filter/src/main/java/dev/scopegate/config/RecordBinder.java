package dev.scopegate.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Fills records from YAML nodes: the components of a record are its keys, {@code clockSkew} being {@code clock-skew}.
 * Goes on after a mistake, so that one run reports them all.
 *
 * <p>Not thread-safe; use one per document.
 */
final class RecordBinder {

    private final ScalarBinder scalars;
    private final Consumer<ConfigProblem> problems;
    private final BiConsumer<String, Node> places;
    private final List<ConfigProblem> warnings = new ArrayList<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    RecordBinder(ScalarBinder scalars, Consumer<ConfigProblem> problems, BiConsumer<String, Node> places) {
        this.scalars = scalars;
        this.problems = problems;
        this.places = places;
    }

    <T extends Record> Optional<T> bind(Node root, Class<T> type) {
        return bindRecord(root, type, "").map(type::cast);
    }

    /** What is no mistake, but should not stay as it is. */
    List<ConfigProblem> warnings() {
        return warnings;
    }

    private Optional<Object> bindValue(Node node, Type type, String path) {
        if (!seen.add(node)) {
            // A few lines of aliases can stand for gigabytes; a policy has no need of them.
            return problem(path, "anchors and aliases are not supported; write the value out");
        }
        places.accept(path, node);
        if (type instanceof ParameterizedType generic) {
            return bindGeneric(node, generic, path);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord() && !scalars.isText(raw)) {
            return bindRecord(node, raw, path);
        }
        if (node instanceof ScalarNode scalar) {
            if (raw == Secret.class && !ScalarBinder.hasPlaceholder(scalar)) {
                warnings.add(new ConfigProblem(
                        path,
                        name(path) + " stands in the configuration, for all who read it; take it from the environment"
                                + " by ${NAME}, or from a file of its own"));
            }
            return scalars.bind(scalar, raw, message -> problem(path, name(path) + " " + message));
        }
        return problem(path, name(path) + " must be a single value");
    }

    private Optional<Object> bindGeneric(Node node, ParameterizedType type, String path) {
        Type last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
        if (type.getRawType() == Optional.class) {
            seen.remove(node);
            return bindValue(node, last, path).map(Optional::of);
        }
        return type.getRawType() == List.class ? bindList(node, last, path) : bindMap(node, last, path);
    }

    private Optional<Object> bindList(Node node, Type element, String path) {
        if (node instanceof SequenceNode sequence) {
            if (sequence.getValue().isEmpty()) {
                // An empty list of scopes must never come to mean "everyone".
                return problem(path, name(path) + " is an empty list; name at least one, or leave the key out");
            }
            List<Object> values = new ArrayList<>();
            int index = 0;
            for (Node item : sequence.getValue()) {
                bindValue(item, element, path + "[" + index++ + "]").ifPresent(values::add);
            }
            return Optional.of(values);
        }
        if (node instanceof ScalarNode) {
            seen.remove(node);
            return bindValue(node, element, path).map(List::of);
        }
        return problem(path, name(path) + " must be a list");
    }

    private Optional<Object> bindMap(Node node, Type element, String path) {
        if (!(node instanceof MappingNode mapping)) {
            return problem(path, name(path) + " must be a mapping of names to values");
        }
        Map<String, Node> entries = entries(mapping, path);
        if (entries.isEmpty()) {
            return problem(path, name(path) + " is empty; fill it or leave the key out");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : entries.entrySet()) {
            bindValue(entry.getValue(), element, path + "." + entry.getKey())
                    .ifPresent(value -> values.put(entry.getKey(), value));
        }
        return Optional.of(values);
    }

    private Optional<Object> bindRecord(Node node, Class<?> type, String path) {
        if (!(node instanceof MappingNode mapping)) {
            return problem(path, (path.isEmpty() ? "the file" : name(path)) + " must be a mapping of keys to values");
        }
        places.accept(path, node);
        Map<String, Node> entries = entries(mapping, path);
        if (entries.isEmpty()) {
            return problem(
                    path, (path.isEmpty() ? "the file" : name(path)) + " is empty; fill it or leave the key out");
        }
        RecordComponent[] components = type.getRecordComponents();
        Map<String, Node> unknown = new LinkedHashMap<>(entries);
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = key(components[i].getName());
            Node value = unknown.remove(key);
            if (value != null) {
                arguments[i] = bindValue(value, components[i].getGenericType(), child(path, key))
                        .orElse(null);
            }
        }
        List<String> keys = Arrays.stream(components)
                .map(component -> key(component.getName()))
                .toList();
        unknown.keySet().forEach(key -> reportUnknown(key, keys, path));
        return construct(type, components, arguments);
    }

    /** The entries of a mapping; a key that stands twice is reported, since the reader would silently take one. */
    private Map<String, Node> entries(MappingNode mapping, String path) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem(path, "a key must be a plain word");
                continue;
            }
            String name = key.getValue();
            places.accept(child(path, name), key);
            if (entries.put(name, tuple.getValueNode()) != null) {
                problem(child(path, name), "key '" + printable(name) + "' stands twice" + within(path));
            }
        }
        return entries;
    }

    private void reportUnknown(String key, List<String> known, String path) {
        String guess = Suggestions.nearest(key, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("; known keys: " + String.join(", ", known));
        problem(child(path, key), "unknown key '" + printable(key) + "'" + within(path) + guess);
    }

    private static Optional<Object> construct(
            Class<?> type, RecordComponent[] components, @Nullable Object[] arguments) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return Optional.of(type.getDeclaredConstructor(types).newInstance(arguments));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a configuration record without its constructor", impossible);
        }
    }

    private Optional<Object> problem(String path, String message) {
        problems.accept(new ConfigProblem(path, message));
        return Optional.empty();
    }

    /** {@code clockSkew} is written {@code clock-skew}. */
    static String key(String component) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            key.append(Character.isUpperCase(c) ? "-" + Character.toLowerCase(c) : String.valueOf(c));
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }

    private static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String within(String path) {
        return path.isEmpty() ? "" : " in " + path;
    }

    private static String name(String path) {
        return "'" + path + "'";
    }

    /** A key comes from the file; what is not a plain word is not repeated in a message. */
    private static String printable(String key) {
        return key.length() <= 40 && key.chars().allMatch(c -> c > ' ' && c < 0x7f) ? key : "…";
    }
}
