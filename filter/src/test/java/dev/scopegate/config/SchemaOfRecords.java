package dev.scopegate.config;

import dev.scopegate.model.Transport;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON Schema of the configuration, made of its records: keys, types, defaults, and the first sentence of each
 * {@code @param}.
 */
final class SchemaOfRecords {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final String PLACEHOLDER = "\\$\\{[A-Za-z_][A-Za-z0-9_.]*(:[^}]*)?\\}";
    private static final Set<Class<?>> TEXTS =
            Set.of(String.class, URI.class, Secret.class, FileReference.class, IpNetwork.class, Transport.class);
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "ScopegateConfig", List.of("issuers"),
            "IssuerConfig", List.of("issuer"),
            "ClaimMapping", List.of("claim", "prefix"),
            "PrivateKey", List.of("file"),
            "KeyStoreFile", List.of("file"),
            "RouteConfig", List.of("route"));

    private SchemaOfRecords() {}

    static Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "scopegate.yaml");
        schema.putAll(object(ScopegateConfig.class));
        schema.put("anyOf", List.of(Map.of("required", List.of("routes")), Map.of("required", List.of("routes-from"))));
        return schema;
    }

    private static Map<String, Object> object(Class<?> type) {
        Map<String, String> sentences = sentences(type);
        Object defaults = defaults(type);
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", sentences.get(component.getName()));
            property.putAll(value(component.getGenericType()));
            json(accessed(component, defaults)).ifPresent(value -> property.put("default", value));
            properties.put(RecordBinder.key(component.getName()), property);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("minProperties", 1);
        List<String> required = REQUIRED.get(type.getSimpleName());
        if (required != null) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == Optional.class) {
                return value(last);
            }
            if (generic.getRawType() == Map.class) {
                return ordered(
                        "type",
                        "object",
                        "minProperties",
                        1,
                        "additionalProperties",
                        Map.of("type", List.of("string", "number", "boolean")));
            }
            Map<String, Object> items = value(last);
            Map<String, Object> list = ordered("type", "array", "minItems", 1, "items", items);
            return isObject(last) ? list : ordered("anyOf", List.of(items, list));
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            List<String> words = Arrays.stream(raw.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .toList();
            return ordered("anyOf", List.of(Map.of("enum", words), placeholder()));
        }
        if (raw == Boolean.class || raw == Integer.class) {
            String name = raw == Boolean.class ? "boolean" : "integer";
            return ordered("anyOf", List.of(Map.of("type", name), placeholder()));
        }
        if (raw == Duration.class) {
            return ordered("type", "string", "pattern", "^[0-9]{1,9}(ms|s|m|h|d)$|" + PLACEHOLDER);
        }
        if (raw == Transport.class) {
            return ordered("type", "string", "pattern", "^(header|form|query|cookie:.+)$|" + PLACEHOLDER);
        }
        return TEXTS.contains(raw) ? ordered("type", "string") : object(raw);
    }

    private static boolean isObject(Type type) {
        return type instanceof Class<?> raw && raw.isRecord() && !TEXTS.contains(raw);
    }

    private static Map<String, Object> placeholder() {
        return ordered("type", "string", "pattern", PLACEHOLDER);
    }

    /** The first sentence of each {@code @param}, without Javadoc's markup. */
    private static Map<String, String> sentences(Class<?> type) {
        Class<?> outer = type.getEnclosingClass() == null ? type : type.getEnclosingClass();
        String source = read(SOURCES.resolve(outer.getName().replace('.', '/') + ".java"));
        String declaration = "public record " + type.getSimpleName() + "(";
        int end = source.indexOf(declaration);
        int start = source.lastIndexOf("/**\n", end);
        String comment = source.substring(start, source.lastIndexOf("*/", end)).replaceAll("\\n\\s*\\* ?", " ");
        Map<String, String> sentences = new LinkedHashMap<>();
        Matcher param = Pattern.compile("@param (\\w+) (.*?)(?=@param|@see|$)", Pattern.DOTALL)
                .matcher(comment);
        while (param.find()) {
            String text = param.group(2)
                    .replaceAll("\\{@(?:code|value) ([^}]*)}", "$1")
                    .replaceAll("\\{@link\\w* (?:\\S+ )?([^}]*)}", "$1")
                    .replaceAll("\\s+", " ");
            sentences.put(param.group(1), text.strip());
        }
        return sentences;
    }

    private static Object defaults(Class<?> type) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(new Object[types.length]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object accessed(RecordComponent component, Object instance) {
        try {
            return component.getAccessor().invoke(instance);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A default that is worth naming; what is empty or a part with defaults of its own is not. */
    private static Optional<Object> json(Object value) {
        if (value instanceof Boolean || value instanceof Integer) {
            return Optional.of(value);
        }
        if (value instanceof Duration duration) {
            return Optional.of(Durations.text(duration));
        }
        if (value instanceof Enum<?> constant) {
            return Optional.of(constant.name().toLowerCase(Locale.ROOT));
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            return Optional.of(list.stream().map(Object::toString).toList());
        }
        return Optional.empty();
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    /** The schema as text, two blanks deeper at each level; short lists on one line. */
    static String text(Object value, String indent) {
        if (value instanceof Map<?, ?> map) {
            List<String> members = new ArrayList<>();
            map.forEach(
                    (name, member) -> members.add(indent + "  " + text(name, "") + ": " + text(member, indent + "  ")));
            return "{\n" + String.join(",\n", members) + "\n" + indent + "}";
        }
        if (value instanceof List<?> list) {
            boolean simple = list.stream().noneMatch(Map.class::isInstance);
            List<String> items = list.stream()
                    .map(item -> (simple ? "" : indent + "  ") + text(item, indent + "  "))
                    .toList();
            return simple
                    ? "[" + String.join(", ", items) + "]"
                    : "[\n" + String.join(",\n", items) + "\n" + indent + "]";
        }
        return value instanceof String text
                ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : String.valueOf(value);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
