package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.IpNetwork;
import dev.scopegate.model.Transport;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That editors are told of each property, and of none that is not there. */
class ScopegateMetadataTest {

    private static final Path PUBLISHED = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");

    /** Run with {@code -Dscopegate.write-schema=true} after a change of the records, and after the schema was written. */
    @Test
    void metadata_published_isThatOfTheTree() throws IOException {
        String text = MetadataOfProperties.text(Path.of("../docs/scopegate.schema.json"));
        if (Boolean.getBoolean("scopegate.write-schema")) {
            Files.writeString(PUBLISHED, text);
        }

        assertThat(Files.readString(PUBLISHED)).isEqualTo(text);
    }

    @Test
    void metadata_onTheClassPath_isFoundByEditors() throws IOException {
        try (var stream =
                ScopegateProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(stream).isNotNull();
            assertThat(stream.readAllBytes()).isEqualTo(Files.readAllBytes(PUBLISHED));
        }
    }

    private static Stream<JsonNode> entries(String kind) throws IOException {
        JsonNode entries =
                new JsonMapper().readTree(Files.readString(PUBLISHED)).path(kind);
        return StreamSupport.stream(entries.spliterator(), false);
    }

    static Stream<String> names() throws IOException {
        return entries("properties").map(entry -> entry.path("name").asString());
    }

    @Test
    void metadata_eachProperty_hasATypeAndADescription() throws IOException {
        assertThat(entries("properties")).hasSizeGreaterThan(80).allSatisfy(property -> {
            String description = property.path("description").asString();
            assertThat(property.path("type").asString()).isNotEmpty();
            assertThat(description).hasSizeGreaterThan(8).endsWith(".").doesNotMatch("(?i)^(the|a|an) .*");
            assertThat(description).doesNotContain("{@", "null", "\n");
            if (property.path("type").asString().equals("java.lang.Boolean")) {
                assertThat(description).containsIgnoringCase("whether");
            }
        });
    }

    @Test
    void metadata_choices_haveTheirValues() throws IOException {
        assertThat(entries("hints").map(hint -> hint.path("name").asString()))
                .contains("scopegate.mode", "scopegate.coverage", "scopegate.routes[0].access");
        assertThat(entries("hints").filter(hint -> hint.path("name").asString().equals("scopegate.mode")))
                .singleElement()
                .extracting(hint -> hint.path("values").toString())
                .isEqualTo("[{\"value\":\"enforce\"},{\"value\":\"shadow\"}]");
    }

    @ParameterizedTest
    @MethodSource("names")
    void metadata_property_changesWhatIsBound(String name) {
        Type type =
                PropertyTree.meaning(ConfigurationPropertyName.of(name)).type().orElseThrow();

        if (!isListOfEntries(type)) {
            assertThat(examples(name, type).map(ScopegateMetadataTest::bound))
                    .anySatisfy(bound -> assertThat(bound).isNotEqualTo(bound(Map.of())));
        }
    }

    private static boolean isListOfEntries(Type type) {
        return type instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> entry
                && entry.isRecord()
                && !PropertyTree.isText(entry);
    }

    private static Stream<Map<String, String>> examples(String name, Type type) {
        if (type instanceof ParameterizedType several) {
            Type last = several.getActualTypeArguments()[several.getActualTypeArguments().length - 1];
            return examples(several.getRawType() == Map.class ? name + ".some" : name, last);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants()).map(value -> Map.of(name, value.toString()));
        }
        Map<Class<?>, List<String>> examples = Map.of(
                Boolean.class, List.of("true", "false"),
                boolean.class, List.of("true", "false"),
                Integer.class, List.of("7"),
                Duration.class, List.of("7s"),
                URI.class, List.of("https://a.example"),
                IpNetwork.class, List.of("10.0.0.0/8"),
                Transport.class, List.of("form"));
        return examples.getOrDefault(raw, List.of("some")).stream().map(value -> Map.of(name, value));
    }

    private static ScopegateProperties bound(Map<String, String> properties) {
        // Entries that a key may stand in.
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "scopegate.issuers[0].issuer", "https://login.example.com",
                "scopegate.issuers[0].claims-as-scopes[0].claim", "roles",
                "scopegate.routes[0].route", "GET /a"));
        all.putAll(properties);
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("scopegate", Bindable.of(ScopegateProperties.class))
                .get();
    }
}
