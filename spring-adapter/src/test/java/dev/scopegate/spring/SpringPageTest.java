package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.ResourceServer;
import dev.scopegate.test.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** That the code and the properties of {@code docs/spring.md} are compiled and run; {@code boot-tests} makes a whole application of them. */
class SpringPageTest {

    private static final Path SOURCES = Path.of("src/test/java/dev/scopegate/spring");

    @Test
    void springPage_handlers_areThoseOfTheTest() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("ContactsController.java"))).contains(block("spring.md", "java"));
    }

    @Test
    void springPage_properties_startAnApplication(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("application.yaml"), block("spring.md", "yaml"));

        new WebApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class))
                .withSystemProperties("spring.config.location=" + file.toUri())
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ResourceServer.class));
    }

    @Test
    void springPage_message_isWhatAMistakeLooksLike(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("application.yaml"), """
                scopegate:
                  resource: https://api.example.com/contacts
                  issuers:
                    - issuer: https://login.example.com
                  routes:
                    - route: GET /contacts/**
                      scpoes: read:contacts
                """);

        new WebApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class))
                .withSystemProperties("spring.config.location=" + file.toUri())
                .run(context -> assertThat(new BindingFailureAnalyzer().analyze(context.getStartupFailure()))
                        .extracting(FailureAnalysis::getDescription)
                        .isEqualTo(blocks("spring.md", "").get(0).strip()));
    }

    @Test
    void springPage_fileInsteadOfProperties_startsAnApplication(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("scopegate.yaml"), """
                issuers: [{ issuer: 'https://login.example.com' }]
                resource: https://api.example.com/contacts
                routes: [{ route: GET /news, access: public }]
                """);
        String property = blocks("spring.md", "properties").get(0).strip();
        assertThat(property).contains("/etc/contacts/scopegate.yaml");

        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class))
                .withPropertyValues(property.replace("/etc/contacts/scopegate.yaml", file.toString()))
                .run(context -> assertThat(
                                context.getBean(ResourceServer.class).config().routes())
                        .hasSize(1));
    }

    @Test
    void springPage_bundles_startAnApplication(@TempDir Path folder) throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        assertThat(certificates.authority("issuer-ca")).exists();
        assertThat(certificates.selfSigned("contacts-api", "localhost")).exists();
        assertThat(certificates.privateKey("contacts-api")).exists();
        String properties = blocks("spring.md", "properties").get(1).strip();
        assertThat(properties).contains("/etc/tls/");

        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, ScopegateAutoConfiguration.class))
                .withPropertyValues(
                        "scopegate.resource=https://api.example.com/contacts",
                        "scopegate.issuers[0].issuer=https://login.example.com",
                        "scopegate.issuers[0].introspection.client-id=contacts-api",
                        "scopegate.routes[0].route=GET /contacts/**",
                        "scopegate.routes[0].scopes=read:contacts")
                .withPropertyValues(
                        properties.replace("/etc/tls/", folder + "/").lines().toArray(String[]::new))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ResourceServer.class));
    }

    private static String block(String page, String language) throws IOException {
        assertThat(blocks(page, language)).isNotEmpty();
        return blocks(page, language).get(0);
    }

    /** The blocks of code of a page that are in {@code language}, in their order. */
    private static List<String> blocks(String page, String language) throws IOException {
        return Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs", page)))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
