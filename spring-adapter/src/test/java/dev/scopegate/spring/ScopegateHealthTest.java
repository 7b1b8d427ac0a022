package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class ScopegateHealthTest {

    private static final String SOUND = """
            resource: https://api.example.com
            issuers: [{ issuer: 'http://localhost:1' }]
            routes: [{ route: GET /a, scopes: read }]
            http: { allow-insecure-loopback: true }
            reload-interval: 0s
            """;

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ScopegateAutoConfiguration.class, ScopegateHealthAutoConfiguration.class));

    @Test
    void health_configurationCannotBeUsed_saysSinceWhenAndStaysUp(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("scopegate.yaml"), SOUND);

        runner.withBean(
                        ResourceServer.class,
                        () -> ResourceServer.builder(ConfigSource.of(file)).build())
                .run(context -> {
                    ResourceServer server = context.getBean(ResourceServer.class);
                    assertThat(health(context.getBean(HealthIndicator.class)).getDetails())
                            .containsOnlyKeys("config-since", "keys-of-localhost")
                            .hasEntrySatisfying(
                                    "keys-of-localhost",
                                    words -> assertThat(words.toString()).startsWith("unusable, none yet"));

                    Files.writeString(file, "rutes: []\n");
                    server.reload();
                    Health stale = health(context.getBean(HealthIndicator.class));
                    assertThat(stale.getStatus()).isEqualTo(Status.UP);
                    assertThat(stale.getDetails())
                            .containsEntry(
                                    "config-stale-since",
                                    server.configStatus().staleSince().orElseThrow());
                    assertThat(stale.toString()).doesNotContain("rutes");

                    Files.writeString(file, SOUND);
                    server.reload();
                    assertThat(health(context.getBean(HealthIndicator.class)).getDetails())
                            .containsOnlyKeys("config-since", "keys-of-localhost")
                            .hasEntrySatisfying(
                                    "keys-of-localhost",
                                    words -> assertThat(words.toString()).startsWith("unusable, none yet"));
                });
    }

    @Test
    void health_switchedOffOrNotThere_noContributor() {
        WebApplicationContextRunner sound = runner.withPropertyValues(
                "scopegate.resource=https://api.example.com",
                "scopegate.issuers[0].issuer=https://login.example.com",
                "scopegate.routes[0].route=GET /a",
                "scopegate.routes[0].scopes=read");

        sound.run(context -> assertThat(context).hasBean("scopegateHealthIndicator"));
        sound.withPropertyValues("management.health.scopegate.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("scopegateHealthIndicator"));
        sound.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context -> assertThat(context)
                        .doesNotHaveBean("scopegateHealthIndicator")
                        .hasSingleBean(ResourceServer.class));
    }

    private static Health health(HealthIndicator indicator) {
        Health health = indicator.health();
        assertThat(health).isNotNull();
        return health;
    }
}
