package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.model.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code routes-from}: an OpenAPI document that says rules, live. */
class RoutesFromTest {

    private static final String HEAD = """
            resource: https://api.example.com
            issuers: [{ issuer: https://login.example.com }]
            routes-from: openapi.yaml
            """;

    private static final String DOCUMENT = """
            openapi: 3.1.0
            paths:
              /contacts/{id}:
                get: { security: [{ login: [read:contacts] }] }
                delete: { security: [{ login: [delete:contacts] }] }
            components: { securitySchemes: { login: { type: oauth2 } } }
            """;

    @TempDir
    private Path folder;

    private Path yaml;
    private Path document;

    @BeforeEach
    void write() throws IOException {
        yaml = folder.resolve("scopegate.yaml");
        document = folder.resolve("openapi.yaml");
        Files.writeString(document, DOCUMENT);
    }

    @Test
    void joined_document_addsItsRulesPlacesAndFile() throws IOException {
        LoadedConfig joined = joined(HEAD);

        assertThat(joined.config().routes())
                .containsExactly(
                        RouteConfig.requiring("GET /contacts/{id}", "read:contacts"),
                        RouteConfig.requiring("DELETE /contacts/{id}", "delete:contacts"));
        assertThat(joined.locations().nearest("routes[1].route")).isEqualTo("openapi.yaml:5:5");
        assertThat(joined.files()).containsExactly(yaml, document);
        assertThat(ConfigChecks.problems(joined.config())).isEmpty();
    }

    @Test
    void joined_routeInBoth_theConfigurationWins() throws IOException {
        LoadedConfig joined =
                joined(HEAD + "routes: [{ route: 'GET|PUT /contacts/{contact}', access: authenticated }]\n");

        assertThat(joined.config().routes())
                .extracting(RouteConfig::route)
                .containsExactly("GET|PUT /contacts/{contact}", "DELETE /contacts/{id}");
        assertThat(joined.config().routes().get(0).access()).contains(Access.AUTHENTICATED);
        assertThat(joined.locations().nearest("routes[0]")).isEqualTo("scopegate.yaml:4:10");
        assertThat(joined.locations().nearest("routes[1]")).isEqualTo("openapi.yaml:5:5");
    }

    @Test
    void joined_ruleForAllMethods_winsForItsPathAndNoOther() throws IOException {
        assertThat(joined(HEAD + "routes: [{ route: '* /contacts/{contact}', access: deny }]\n")
                        .config()
                        .routes())
                .containsExactly(RouteConfig.of("* /contacts/{contact}", Access.DENY));
        assertThat(joined(HEAD + "routes: [{ route: '* /contacts/**', access: deny }]\n")
                        .config()
                        .routes())
                .hasSize(3);
    }

    @Test
    void joined_operationWithoutSecurity_mistakeUnlessTheConfigurationHasARule() throws IOException {
        Files.writeString(document, DOCUMENT.replace("security: [{ login: [delete:contacts] }]", "responses: {}"));

        assertThatThrownBy(() -> joined(HEAD))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("openapi.yaml:5:5: DELETE /contacts/{id}: neither");
        assertThat(joined(HEAD + "routes: [{ route: 'DELETE /contacts/{id}', scopes: a }]\n")
                        .config()
                        .routes())
                .hasSize(2);
    }

    @Test
    void joined_mistakesInBoth_reportedTogether() throws IOException {
        Files.writeString(document, DOCUMENT.replace("security: [{ login: [delete:contacts] }]", "responses: {}"));

        assertThatThrownBy(() -> joined(HEAD + "external-url: nonsense\n"))
                .hasMessageContaining("scopegate.yaml:4:15: 'external-url'")
                .hasMessageContaining("openapi.yaml:5:5");
    }

    @Test
    void joined_noOperations_mistake() throws IOException {
        Files.writeString(document, "openapi: 3.1.0\npaths: {}\n");

        assertThatThrownBy(() -> joined(HEAD))
                .hasMessageContaining("scopegate.yaml:3:14: 'routes-from' names a document");
    }

    @Test
    void joined_missingDocument_leftToTheChecks() throws IOException {
        Files.delete(document);

        assertThat(ConfigChecks.problems(joined(HEAD).config()))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).startsWith("'routes-from' names a file that cannot be read"));
    }

    private LoadedConfig joined(String text) throws IOException {
        Files.writeString(yaml, text);
        return OpenApiRoutes.joined(new ConfigReader().read(yaml));
    }
}
