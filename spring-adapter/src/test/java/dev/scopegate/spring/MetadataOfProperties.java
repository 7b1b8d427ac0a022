package dev.scopegate.spring;

import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata of {@code scopegate.*} for editors, made of the records of the tree and of the schema of {@code scopegate.yaml}, which
 * describes its keys. The keys of an entry in a list are described for the first one, as the format knows no other way.
 */
final class MetadataOfProperties {

    private static final Path SOURCES = Path.of("src/main/java/dev/scopegate/spring");

    private final List<Map<String, Object>> groups = new ArrayList<>();
    private final List<Map<String, Object>> properties = new ArrayList<>();
    private final List<Map<String, Object>> hints = new ArrayList<>();

    private MetadataOfProperties() {}

    static String text(Path schema) throws IOException {
        JsonNode root = new JsonMapper().readTree(Files.readString(schema));
        MetadataOfProperties metadata = new MetadataOfProperties();
        metadata.groups.add(group(
                "scopegate", ScopegateProperties.class, "What protects this application: the tree of scopegate.yaml."));
        metadata.visit("scopegate", ScopegateProperties.class, root);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("groups", metadata.groups);
        all.put("properties", metadata.properties);
        all.put("hints", metadata.hints);
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(all)
                        .replace("\r\n", "\n")
                + "\n";
    }

    private void visit(String path, Class<?> type, JsonNode schema) throws IOException {
        RecordComponent[] components = type.getRecordComponents();
        List<String> keys = PropertyTree.keys(type);
        for (int i = 0; i < components.length; i++) {
            JsonNode described = schema.path("properties").path(keys.get(i));
            String description = sentence(
                    described.isMissingNode()
                            ? javadoc(type, components[i].getName())
                            : described.path("description").asString());
            add(path + "." + keys.get(i), bound(components[i]), described, description, fallback(type, i, described));
        }
    }

    private void add(String name, Type type, JsonNode schema, String description, Optional<Object> fallback)
            throws IOException {
        if (type instanceof Class<?> raw && raw.isRecord() && !isText(raw)) {
            groups.add(group(name, raw, description));
            visit(name, raw, schema);
            return;
        }
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", name);
        property.put("type", written(type));
        property.put("description", description);
        property.put("sourceType", ScopegateProperties.class.getName());
        fallback.ifPresent(value -> property.put("defaultValue", value));
        properties.add(property);
        if (type instanceof Class<?> raw && raw.isEnum()) {
            hints.add(hint(name, raw));
        }
        if (type instanceof ParameterizedType list
                && last(list) instanceof Class<?> entry
                && entry.isRecord()
                && !isText(entry)) {
            visit(name + "[0]", entry, items(schema));
        }
    }

    /** A list may be written as its one entry. */
    private static JsonNode items(JsonNode schema) {
        return schema.has("items")
                ? schema.path("items")
                : schema.path("anyOf").path(1).path("items");
    }

    private static Map<String, Object> group(String name, Class<?> type, String description) {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("name", name);
        group.put("type", type.getName());
        group.put("description", description);
        group.put("sourceType", ScopegateProperties.class.getName());
        return group;
    }

    private static Map<String, Object> hint(String name, Class<?> type) {
        Map<String, Object> hint = new LinkedHashMap<>();
        hint.put("name", name);
        hint.put(
                "values",
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> Map.of("value", word(constant)))
                        .toList());
        return hint;
    }

    private static String word(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }

    private static Optional<Object> fallback(Class<?> type, int index, JsonNode schema) {
        JsonNode written = schema.path("default");
        if (written.isArray()) {
            List<String> values = new ArrayList<>();
            written.forEach(value -> values.add(value.asString()));
            return Optional.of(values);
        }
        if (!written.isMissingNode()) {
            return Optional.of(
                    written.isBoolean()
                            ? written.asBoolean()
                            : written.isNumber() ? written.asInt() : written.asString());
        }
        Parameter parameter = type.getDeclaredConstructors()[0].getParameters()[index];
        DefaultValue value = parameter.getAnnotation(DefaultValue.class);
        return value == null || value.value().length == 0 ? Optional.empty() : Optional.of(typed(value.value()[0]));
    }

    private static Object typed(String value) {
        return value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
    }

    private static Type bound(RecordComponent component) {
        Type type = component.getGenericType();
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? last(generic)
                : type;
    }

    private static Type last(ParameterizedType type) {
        return type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    }

    private static boolean isText(Class<?> type) {
        return PropertyTree.isText(type);
    }

    /** The type that is written, not what the binder makes of it. */
    private static String written(Type type) {
        if (type instanceof ParameterizedType generic) {
            String raw = ((Class<?>) generic.getRawType()).getName();
            return raw + "<" + (raw.equals("java.util.Map") ? "java.lang.String," : "") + written(last(generic)) + ">";
        }
        Class<?> raw = (Class<?>) type;
        return raw == boolean.class ? Boolean.class.getName() : isText(raw) ? String.class.getName() : raw.getName();
    }

    /** As Spring Boot writes them: no article first, a capital, and a full stop. */
    private static String sentence(String text) {
        String plain = text.replaceFirst("^(the|a|an) ", "");
        String capital = plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    private static String javadoc(Class<?> type, String component) throws IOException {
        String source = Files.readString(SOURCES.resolve(type.getSimpleName() + ".java"));
        Matcher matcher = Pattern.compile("@param " + component + " (.+?)\\n \\*(/| @)", Pattern.DOTALL)
                .matcher(source);
        if (!matcher.find()) {
            throw new IllegalStateException(component + " is not described");
        }
        return matcher.group(1).replaceAll("\\s*\\n \\*\\s*", " ").replaceAll("\\{@\\w+ ([^}]*)}", "$1");
    }
}
