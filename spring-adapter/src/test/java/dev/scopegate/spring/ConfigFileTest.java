package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigException;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RequestSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** A {@code scopegate.yaml} as the configuration of an application. */
@Timeout(60)
class ConfigFileTest {

    private static final RequestSnapshot NEWS = new RequestSnapshot("GET", "/news", "/news", List.of());

    private static final String SOUND = """
            resource: https://api.example.com
            issuers: [{ issuer: 'http://localhost:1' }]
            routes: [{ route: GET /news, access: public }]
            http: { allow-insecure-loopback: true }
            reload-interval: 20ms
            """;

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("scopegate.yaml"), SOUND);
    }

    @Test
    void config_pathFileUrlOrClassPath_isTheConfiguration() {
        for (String location : List.of(
                file.toString(),
                file.toUri().toString(),
                "file:" + file,
                "classpath:dev/scopegate/spring/scopegate.yaml")) {
            runner.withPropertyValues("scopegate.config=" + location, "scopegate.coverage=off")
                    .run(context -> assertThat(decision(context)).isInstanceOf(Decision.Permitted.class));
        }
    }

    @Test
    void config_systemProperty_isTheConfigurationToo() {
        runner.withSystemProperties("scopegate.config=" + file)
                .run(context -> assertThat(decision(context)).isInstanceOf(Decision.Permitted.class));
        runner.withSystemProperties("scopegate.config=" + file)
                .withPropertyValues("scopegate.mode=shadow")
                .run(context -> assertThat(message(context))
                        .startsWith("system property scopegate.config: 'config' names a file"));
    }

    @Test
    void config_fileChanges_nextRequestIsHeldToIt_andAMistakeLeavesItInForce() throws IOException {
        runner.withPropertyValues("scopegate.config=" + file).run(context -> {
            ResourceServer server = context.getBean(ResourceServer.class);

            Files.writeString(file, SOUND.replace("/news", "/old"));
            await().atMost(Duration.ofSeconds(30)).until(() -> server.decide(NEWS) instanceof Decision.Refused);

            Files.writeString(file, SOUND + "rutes: []\n");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.configStatus().isStale());
            assertThat(server.configStatus().problems()).startsWith("scopegate.yaml:6:1: unknown key 'rutes'");
            assertThat(server.decide(NEWS)).isInstanceOf(Decision.Refused.class);
        });
    }

    @Test
    void config_placeholder_resolvedByTheEnvironmentOfTheApplication() throws IOException {
        Files.writeString(file, SOUND.replace("GET /news", "'GET ${contacts.news}'"));

        runner.withPropertyValues("scopegate.config=" + file, "contacts.news=/news")
                .run(context -> assertThat(decision(context)).isInstanceOf(Decision.Permitted.class));
        runner.withPropertyValues("scopegate.config=" + file)
                .run(context -> assertThat(message(context))
                        .startsWith("scopegate.yaml:3:19: 'routes[0].route' names")
                        .contains("contacts.news"));
    }

    @Test
    void config_besideKeysOfTheTree_doesNotStartAndNamesBoth() throws IOException {
        Path yaml = Files.writeString(folder.resolve("application.yaml"), """
                scopegate:
                  coverage: warn
                  security: { authority-prefix: "" }
                  config: %s
                  defaultAccess: public
                """.formatted(file));

        runner.withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("spring.config.location=" + yaml.toUri())
                .run(
                        context -> assertThat(message(context))
                                .isEqualTo(
                                        "application.yaml:4:11: 'config' names a file that is the whole configuration, and there is"
                                                + " another one in 'default-access' (application.yaml:5:18); keep one of the two"));
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere.yaml, names a file that does not exist",
        "file:/nowhere/scopegate.yaml, names a file that does not exist",
        "classpath:nowhere.yaml, names a file that is not on the class path",
        "src, names a folder",
        "classpath:dev, names a folder",
    })
    void config_nothingThere_doesNotStartAndSaysWhere(String location, String expected) {
        runner.withPropertyValues("scopegate.config=" + location)
                .run(context ->
                        assertThat(message(context)).startsWith("property scopegate.config: 'config' " + expected));
    }

    @Test
    void config_mistakesInTheFile_namedByItsOwnLinesAndColumns() throws IOException {
        Files.writeString(file, SOUND.replace("access: public", "acess: public") + "mode: off\n");

        runner.withPropertyValues("scopegate.config=" + file).run(context -> {
            assertThat(message(context).lines())
                    .containsExactlyInAnyOrder(
                            "scopegate.yaml:3:30: unknown key 'acess' in routes[0]; did you mean 'access'?",
                            "scopegate.yaml:6:7: 'mode' must be one of enforce, shadow");
            assertThat(new ConfigFailureAnalyzer()
                            .analyze(context.getStartupFailure())
                            .getDescription())
                    .contains("scopegate.yaml:3:30");
        });
    }

    private static Decision decision(AssertableWebApplicationContext context) {
        return context.getBean(ResourceServer.class).decide(NEWS);
    }

    private static String message(AssertableWebApplicationContext context) {
        assertThat(context).getFailure().rootCause().isInstanceOf(ConfigException.class);
        Throwable failure = context.getStartupFailure();
        while (failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure.getMessage();
    }
}
