package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.scopegate.ResourceServer;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** What the actuator shows of the filter, and what it keeps to itself. */
class ScopegateActuatorTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ScopegateAutoConfiguration.class, ScopegateActuatorAutoConfiguration.class))
            .withPropertyValues(
                    "scopegate.resource=https://api.example.com/contacts",
                    "scopegate.issuers[0].name=main",
                    "scopegate.issuers[0].issuer=" + ISSUER.issuer(),
                    "scopegate.issuers[0].introspection.client-id=contacts-api",
                    "scopegate.issuers[0].introspection.client-secret=s3cret-of-ours",
                    "scopegate.http.allow-insecure-loopback=true",
                    "scopegate.routes[0].route=GET /contacts/**",
                    "scopegate.routes[0].scopes=read:contacts");

    private final WebApplicationContextRunner exposed =
            runner.withPropertyValues("management.endpoints.web.exposure.include=scopegate");

    @Test
    void endpoint_exposed_showsRulesIssuersAndKeys() {
        exposed.run(context -> {
            ResourceServer server = context.getBean(ResourceServer.class);
            await().until(() -> server.keySets().get(0).usable());

            Map<String, Object> state = context.getBean(ScopegateEndpoint.class).state();

            assertThat(state)
                    .containsEntry("resource", "https://api.example.com/contacts")
                    .containsEntry("defaultAccess", "deny")
                    .containsEntry(
                            "rules",
                            List.of(Map.of(
                                    "rule", "GET /contacts/**", "requires", "scope read:contacts", "mode", "enforce")));
            Map<?, ?> issuer = (Map<?, ?>) ((List<?>) state.get("issuers")).get(0);
            assertThat(issuer.get("name")).isEqualTo("main");
            assertThat(issuer.get("introspection")).isEqualTo("opaque");
            assertThat(issuer.get("introspectionEndpoint"))
                    .isEqualTo(Map.of("state", "asked", "clientRefused", false, "callsUnderWay", 0));
            assertThat(((Map<?, ?>) issuer.get("keys")).get("usable")).isEqualTo(true);
            assertThat((List<?>) ((Map<?, ?>) issuer.get("keys")).get("keyIds")).isNotEmpty();
        });
    }

    @Test
    void endpoint_caches_countWhatThisServerLookedFor() {
        exposed.run(context -> {
            ResourceServer server = context.getBean(ResourceServer.class);
            String jwt = ISSUER.token()
                    .audience("https://api.example.com/contacts")
                    .scope("read:contacts")
                    .sign();
            for (int i = 0; i < 3; i++) {
                assertThat(server.decide(
                                new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer " + jwt))))
                        .isInstanceOf(Decision.Permitted.class);
            }

            assertThat(context.getBean(ScopegateEndpoint.class).state().get("caches"))
                    .isEqualTo(List.of(
                            Map.of("cache", "tokens", "entries", 1L, "hits", 2L, "misses", 1L, "evictions", 0L),
                            Map.of(
                                    "cache",
                                    "introspection",
                                    "entries",
                                    0L,
                                    "hits",
                                    0L,
                                    "misses",
                                    0L,
                                    "evictions",
                                    0L)));
        });
    }

    @Test
    void endpoint_configurationCannotBeUsed_saysSinceWhenAndWhy(@TempDir Path folder) throws IOException {
        String sound = """
                resource: https://api.example.com
                issuers: [{ issuer: 'http://localhost:1' }]
                routes: [{ route: GET /a, scopes: read }]
                http: { allow-insecure-loopback: true }
                reload-interval: 0s
                """;
        Path file = Files.writeString(folder.resolve("scopegate.yaml"), sound);
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ScopegateAutoConfiguration.class, ScopegateActuatorAutoConfiguration.class))
                .withPropertyValues("scopegate.config=" + file, "management.endpoints.web.exposure.include=scopegate")
                .run(context -> {
                    ScopegateEndpoint endpoint = context.getBean(ScopegateEndpoint.class);
                    assertThat(endpoint.state().get("config").toString())
                            .startsWith("{since=")
                            .doesNotContain(",");

                    Files.writeString(file, sound + "mode: off\n");
                    context.getBean(ResourceServer.class).reload();

                    Map<?, ?> config = (Map<?, ?>) endpoint.state().get("config");
                    assertThat(config.keySet().toString()).isEqualTo("[since, staleSince, mistakes]");
                    assertThat(config.get("mistakes"))
                            .isEqualTo(List.of("scopegate.yaml:6:7: 'mode' must be one of enforce, shadow"));
                });
    }

    @Test
    void endpoint_secret_notShown() {
        exposed.run(context -> assertThat(
                        context.getBean(ScopegateEndpoint.class).state().toString())
                .doesNotContain("s3cret-of-ours"));
    }

    @Test
    void endpoint_notExposedOrWithoutActuator_notThere() {
        runner.run(context -> assertThat(context).doesNotHaveBean(ScopegateEndpoint.class));
        exposed.withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("scopegateEndpoint"));
    }

    @Test
    void info_contributor_countsRulesAndIssuers() {
        runner.run(context -> {
            Info.Builder info = new Info.Builder();
            context.getBean("scopegateInfoContributor", InfoContributor.class).contribute(info);

            assertThat(info.build().get("scopegate")).isEqualTo(Map.of("rules", 1, "issuers", 1));
        });
    }
}
