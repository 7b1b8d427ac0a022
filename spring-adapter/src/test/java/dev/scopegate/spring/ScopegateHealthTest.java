package dev.scopegate.spring;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigSource;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

@Timeout(60)
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

    /** The endpoint answers each question with this status; what health says after three questions. */
    @ParameterizedTest
    @CsvSource({
        "200, UP, asked",
        "401, DOWN, 'asked, refuses our client'",
        "403, DOWN, 'asked, refuses our client'",
        "500, UP, asked",
        "404, UP, asked",
    })
    void health_introspection_downWhileOurClientIsRefused(int status, String health, String words) {
        try (TestIssuer issuer = TestIssuer.start()) {
            issuer.wireMock()
                    .stubFor(post("/introspect")
                            .willReturn(okJson("{\"active\":false}").withStatus(status)));
            runner.withBean(ResourceServer.class, () -> asking(issuer)).run(context -> {
                ResourceServer server = context.getBean(ResourceServer.class);
                HealthIndicator indicator = context.getBean(HealthIndicator.class);
                assertThat(health(indicator).getDetails()).containsEntry("introspection-of-main", "asked");

                for (int i = 0; i < 3; i++) {
                    server.decide(new RequestSnapshot("GET", "/a", "/a", List.of("Bearer opaque-" + i)));
                }

                assertThat(health(indicator).getStatus()).isEqualTo(new Status(health));
                assertThat(health(indicator).getDetails()).containsEntry("introspection-of-main", words);

                issuer.wireMock().stubFor(post("/introspect").willReturn(okJson("{\"active\":false}")));
                server.decide(new RequestSnapshot("GET", "/a", "/a", List.of("Bearer opaque-again")));
                assertThat(health(indicator).getStatus()).isEqualTo(Status.UP);
            });
        }
    }

    @Test
    void health_endpointRests_upAndSaysForHowLong() {
        try (TestIssuer issuer = TestIssuer.start()) {
            issuer.wireMock()
                    .stubFor(post("/introspect")
                            .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "30")));
            runner.withBean(ResourceServer.class, () -> asking(issuer)).run(context -> {
                context.getBean(ResourceServer.class)
                        .decide(new RequestSnapshot("GET", "/a", "/a", List.of("Bearer opaque")));

                Health resting = health(context.getBean(HealthIndicator.class));

                assertThat(resting.getStatus()).isEqualTo(Status.UP);
                assertThat(resting.getDetails().get("introspection-of-main"))
                        .asString()
                        .matches("resting, for [1-3]?[0-9] s");
            });
        }
    }

    private static ResourceServer asking(TestIssuer issuer) {
        return ResourceServer.builder()
                .resource("https://api.example.com")
                .issuer(IssuerConfig.builder(issuer.issuer())
                        .name("main")
                        .introspection(
                                IntrospectionConfig.basic(TestIssuer.CLIENT_ID, Secret.of(TestIssuer.CLIENT_SECRET)))
                        .build())
                .route("GET /a", "read")
                .http(HttpConfig.allowingInsecureLoopback())
                .meterRegistry(new SimpleMeterRegistry())
                .build();
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
