package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** That the schema for editors says what the reader takes. */
class SchemaTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Path PUBLISHED = DOCS.resolve("scopegate.schema.json");
    private static final String SOUND = """
            resource: https://api.example.com
            issuers: [{ issuer: 'https://login.example.com' }]
            routes: [{ route: GET /a, scopes: read }]
            """;

    /** Run with {@code -Dscopegate.write-schema=true} after a change of the records. */
    @Test
    void schema_published_isThatOfTheRecords() throws IOException {
        String text = SchemaOfRecords.text(SchemaOfRecords.schema(), "") + "\n";
        if (Boolean.getBoolean("scopegate.write-schema")) {
            Files.writeString(PUBLISHED, text);
        }

        assertThat(Files.readString(PUBLISHED)).isEqualTo(text);
    }

    @Test
    void schema_eachKey_isDescribed() {
        assertThat(SchemaOfRecords.text(SchemaOfRecords.schema(), "")).doesNotContain("\"description\": null");
    }

    @Test
    void example_everyKey_validAndRead() throws IOException {
        String example = Files.readString(DOCS.resolve("scopegate.example.yaml"));

        assertThat(messages(example)).isEmpty();
        assertThat(ConfigChecks.problems(new ConfigReader()
                        .read("scopegate.example.yaml", example, Path.of(""))
                        .config()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: ${MODE:shadow}",
                "tokens: { max-bytes: '${MAX:8192}', transports: [form, 'cookie:token'] }",
                "tokens: { transports: query }",
                "trusted-proxies: 10.0.0.0/8",
                "reload-interval: 0s",
                "http: { proxy: 'http://proxy.example.com:3128' }",
                "audit: { log: ecs, accepts-one-in: '${ONE_IN:10}' }",
            })
    void schema_whatTheReaderTakes_valid(String line) {
        assertThat(reads(SOUND + line)).isTrue();
        assertThat(messages(SOUND + line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rutes: []",
                "mode: off",
                "tokens: { max-bytes: many }",
                "tokens: { transports: [] }",
                "tokens: { transports: [body] }",
                "tokens: {}",
                "http: { connect-timeout: 5 }",
                "http: { allow-insecure-loopback: maybe }",
                "challenge: contacts",
                "audit: ecs",
                "audit: { log: json }",
                "trusted-proxies: [[]]",
            })
    void schema_whatTheReaderRefuses_invalid(String line) {
        assertThat(reads(SOUND + line)).isFalse();
        assertThat(messages(SOUND + line)).isNotEmpty();
    }

    private static boolean reads(String yaml) {
        try {
            new ConfigReader().read("scopegate.yaml", yaml, Path.of(""));
            return true;
        } catch (ConfigException refused) {
            return false;
        }
    }

    private static Set<ValidationMessage> messages(String yaml) {
        try {
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(PUBLISHED));
            Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            return schema.validate(new ObjectMapper().convertValue(tree, JsonNode.class));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
