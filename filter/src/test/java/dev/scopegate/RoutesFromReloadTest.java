package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.ConfigSource;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.Locations;
import dev.scopegate.config.Reload;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An OpenAPI document that says rules, while a server runs. */
class RoutesFromReloadTest {

    private static final String DOCUMENT = """
            openapi: 3.1.0
            paths:
              /contacts: { get: { security: [] } }
            """;

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @TempDir
    private Path folder;

    private Path document;
    private Path yaml;

    @BeforeEach
    void write() throws IOException {
        document = Files.writeString(folder.resolve("openapi.yaml"), DOCUMENT);
        yaml = Files.writeString(folder.resolve("scopegate.yaml"), """
                resource: https://api.example.com/contacts
                issuers: [{ issuer: '%s' }]
                http: { allow-insecure-loopback: true }
                routes-from: openapi.yaml
                """.formatted(ISSUER.issuer()));
    }

    @Test
    void reload_changedDocument_itsRulesInForce() throws IOException {
        try (ResourceServer server = builder().build()) {
            assertThat(get(server)).isInstanceOf(Decision.Permitted.class);

            Files.writeString(document, DOCUMENT.replace("/contacts", "/health"));
            assertThat(server.reload())
                    .isEqualTo(new Reload.Applied(List.of("route GET /contacts removed", "route GET /health added")));

            assertThat(get(server)).isInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void reload_brokenDocument_oldRulesStayInForce() throws IOException {
        try (ResourceServer server = builder().build()) {
            Files.writeString(document, DOCUMENT.replace("security: []", ""));

            assertThat(server.reload())
                    .isInstanceOfSatisfying(
                            Reload.Failed.class,
                            failed -> assertThat(failed.problems())
                                    .isEqualTo(
                                            "openapi.yaml:3:16: GET /contacts: neither this operation nor the document has 'security'; write 'security: []' if it is public"));

            assertThat(get(server)).isInstanceOf(Decision.Permitted.class);
        }
    }

    @Test
    void build_ruleInJavaForTheSameRequests_winsOverTheDocument() {
        try (ResourceServer server =
                builder().route("GET /contacts", Access.DENY).build()) {
            assertThat(get(server)).isInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void check_configurationWithoutAFile_rulesOfTheDocumentAndItsFile() {
        LoadedConfig properties = new LoadedConfig(
                ScopegateConfigBuilder.builder()
                        .resource("https://api.example.com")
                        .issuers(List.of(IssuerConfig.of("https://login.example.com")))
                        .routesFrom(Optional.of(new FileReference(document)))
                        .build(),
                Locations.none("scopegate properties"));

        LoadedConfig checked = ResourceServer.builder(properties).check();

        assertThat(checked.config().routes()).hasSize(1);
        assertThat(checked.files()).containsExactly(document);
    }

    private ResourceServerBuilder builder() {
        return ResourceServer.builder(ConfigSource.of(yaml)).meterRegistry(new SimpleMeterRegistry());
    }

    private static Decision get(ResourceServer server) {
        return server.decide(new RequestSnapshot("GET", "/contacts", "/contacts", List.of()));
    }
}
