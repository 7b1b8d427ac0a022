package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.ConfigSource;
import dev.scopegate.config.Reload;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.observe.AuditLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log as {@code scopegate.yaml} switches it on and off. */
class AuditReloadTest {

    private static final String TOP = """
            resource: https://api.example.com/contacts
            http: { allow-insecure-loopback: true }
            reload-interval: 0s
            issuers: [{ issuer: 'http://localhost:1', name: main }]
            routes:
              - { route: GET /contacts/**, scopes: read:contacts }
              - { route: GET /health, access: public }
            """;

    @TempDir
    private Path folder;

    private Path file;
    private ResourceServer server;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("scopegate.yaml"), TOP);
        server = ResourceServer.builder(ConfigSource.of(file))
                .meterRegistry(new SimpleMeterRegistry())
                .build();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private List<Map<String, Object>> lines(int requests, String path) {
        return AuditLines.during(() -> {
            for (int i = 0; i < requests; i++) {
                server.judge(new RequestSnapshot("GET", path, path, List.of()), () -> Surroundings.NONE);
            }
        });
    }

    private Reload reloaded(String audit) throws IOException {
        Files.writeString(file, TOP + audit);
        return server.reload();
    }

    @Test
    void audit_notConfigured_nothingWritten() {
        assertThat(lines(3, "/contacts")).isEmpty();
    }

    @Test
    void reload_switchedOnAndOff_heldToFromTheNextRequest() throws IOException {
        assertThat(reloaded("audit: { log: ecs }")).isEqualTo(new Reload.Applied(List.of("audit changed")));
        assertThat(lines(1, "/contacts"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .containsEntry("event.reason", "credentials-absent")
                        .containsEntry("rule.name", "GET /contacts/**"));

        reloaded("audit: { log: none }");
        assertThat(lines(3, "/contacts")).isEmpty();
    }

    @Test
    void reload_otherLimits_taken() throws IOException {
        reloaded("audit: { log: ecs, lines-per-second: 1000 }");
        assertThat(lines(100, "/health")).hasSize(100);

        reloaded("audit: { log: ecs, accepts-one-in: 1000000 }");
        assertThat(lines(100, "/health")).hasSizeLessThan(5);
    }

    @Test
    void reload_mistake_oldLogGoesOn() throws IOException {
        reloaded("audit: { log: ecs }");

        assertThat(reloaded("audit: { log: ecs, lines-per-second: 1 }")).isInstanceOf(Reload.Failed.class);
        assertThat(lines(1, "/contacts")).hasSize(1);
    }

    @Test
    void close_requestsNoLonger_logEnds() throws IOException {
        reloaded("audit: { log: ecs, lines-per-second: 10 }");
        lines(100, "/contacts");

        assertThat(AuditLines.during(server::close))
                .singleElement()
                .satisfies(line -> assertThat(line).containsEntry("event.action", "lines-dropped"));
    }
}
