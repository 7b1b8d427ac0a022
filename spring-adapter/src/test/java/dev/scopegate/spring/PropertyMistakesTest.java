package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.context.ConfigurableWebApplicationContext;

/** How an application that does not start says what is wrong with its properties, and where. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class PropertyMistakesTest {

    private static final String CANARY = "s3cret-canary";

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class))
            .withPropertyValues(
                    "scopegate.resource=https://api.example.com/contacts",
                    "scopegate.issuers[0].issuer=http://localhost:1",
                    "scopegate.http.allow-insecure-loopback=true",
                    "scopegate.routes[0].route=GET /contacts/**",
                    "scopegate.routes[0].scopes=read:contacts");

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void start_misspeltKeyInYaml_saysLineColumnAndFixButNoValue(CapturedOutput output, @TempDir Path folder)
            throws IOException {
        assertDoesNotStart(folder, "application.yaml", """
                scopegate:
                  resource: https://api.example.com
                  issuers:
                    - issuer: https://login.example.com
                      introspection:
                        client-id: api
                        client-secert: %s
                  routes:
                    - { route: GET /contacts, scopes: read }
                """.formatted(CANARY));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("application.yaml:7:24: unknown key 'client-secert' in issuers[0].introspection; did you mean"
                        + " 'client-secret'?")
                .doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scopegate.issuers[0].jwks.urri",
                "scopegate.issuers[0].introspection.cache.tll",
                "scopegate.issuers[0].introspection.key-store.pasword",
                "scopegate.issuers[0].issuer.uri",
            })
    void start_unknownKeyDeepInAList_doesNotStart(String key) {
        runner.withPropertyValues(key + "=" + CANARY)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("property " + key + ": unknown key '")
                        .hasMessageNotContaining(CANARY));
    }

    @Test
    void start_misspeltKeyInProperties_saysLineColumnAndFixButNoValue(CapturedOutput output, @TempDir Path folder)
            throws IOException {
        assertDoesNotStart(folder, "application.properties", """
                scopegate.resource=https://api.example.com
                scopegate.issuers[0].issuer=https://login.example.com
                scopegate.routes[0].route=GET /contacts
                scopegate.routes[0].scopes=read
                scopegate.mood=%s
                """.formatted(CANARY));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("application.properties:5:16: unknown key 'mood'; did you mean 'mode'?")
                .doesNotContain(CANARY);
    }

    private static void assertDoesNotStart(Path folder, String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        assertThatThrownBy(() -> SpringApplication.run(
                                Application.class,
                                "--server.port=0",
                                "--spring.main.banner-mode=off",
                                "--spring.config.location=" + file.toUri())
                        .close())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scopegate.mode=off | property scopegate.mode: 'mode' must be one of enforce, shadow",
                "scopegate.issuers[0].clock-skew=long"
                        + " | property scopegate.issuers[0].clock-skew: 'issuers[0].clock-skew' must be a duration, such as 30s",
                "scopegate.tokens.maxBytes=many | 'tokens.max-bytes' must be a whole number",
                "scopegate.challenge.metadata=maybe | 'challenge.metadata' must be true or false",
                "scopegate.trusted-proxies=10.0.0.300 | must be an address or a network",
                "scopegate.tokens.transports=body | must be one of header, form, query, cookie:NAME",
            })
    void start_valueThatDoesNotFit_namesKeyAndForm(String property, String expected) {
        runner.withPropertyValues(property)
                .run(context -> assertThat(description(context))
                        .contains(expected)
                        .doesNotContain(property.substring(property.indexOf('=') + 1) + "'"));
    }

    @Test
    void start_valueWhereKeysAreTaken_doesNotStart() {
        runner.withPropertyValues("scopegate.http=direct")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(
                                "'http' takes no value, but has keys of its own: allow-insecure-loopback,"));
    }

    @Test
    void start_placeholderThatNothingResolves_isNoSecret() {
        WebApplicationContextRunner introspecting = runner.withPropertyValues(
                "scopegate.issuers[0].introspection.client-id=api",
                "scopegate.issuers[0].introspection.client-secret=${INTROSPECTION_SECRET}");

        introspecting.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("client-secret' has a placeholder that nothing resolves"));
        introspecting
                .withPropertyValues("INTROSPECTION_SECRET=" + CANARY)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void start_mistakeThatAnotherSourceOverrides_doesNoHarm(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("application.properties"), """
                scopegate.resource=${NOWHERE}
                scopegate.issuers[0].introspection.client-secret=${NOWHERE}
                scopegate.challenge.realm=${NOWHERE}
                """);
        WebApplicationContextRunner withFile = runner.withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("spring.config.location=" + file.toUri());

        withFile.withPropertyValues("scopegate.challenge.realm=contacts")
                .run(context -> assertThat(context).hasNotFailed());
        withFile.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage(
                        "application.properties:3:27: 'challenge.realm' has a placeholder that nothing resolves; set it,"
                                + " or give it a default"));
    }

    @Test
    void start_variableThatIsNoKeyOfAList_overridesNoneOfIt(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("application.properties"), """
                scopegate.resource=https://api.example.com
                scopegate.issuers[0].issuer=https://login.example.com
                scopegate.issuers[0].jwks.urri=https://login.example.com/keys
                scopegate.routes[0].route=GET /contacts
                scopegate.routes[0].scopes=read
                """);
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class))
                .withInitializer(variables(Map.of("SCOPEGATE_ISSUERS_0_NONSENSE", "x")))
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("spring.config.location=" + file.toUri())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("application.properties:3:32: unknown key 'urri' in issuers[0].jwks"));
    }

    @Test
    void start_mistakeInAVariable_namesTheVariable() {
        withVariables(Map.of("SCOPEGATE_EXTERNAL_URL", "nonsense"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("environment variable SCOPEGATE_EXTERNAL_URL: 'external-url' must be"));
        withVariables(Map.of("SCOPEGATE_HTTP_CONNECT_TIMEOUT", "long"))
                .run(context -> assertThat(description(context))
                        .contains(
                                "environment variable SCOPEGATE_HTTP_CONNECT_TIMEOUT: 'http.connect-timeout' must be"));
        withVariables(Map.of("SCOPEGATE_DEFAULT_ACCESS", ""))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(
                                "environment variable SCOPEGATE_DEFAULT_ACCESS: 'default-access' is empty"));
    }

    @Test
    void start_misspeltVariable_warnsAndStarts_andOthersVariablesAreLeftAlone(CapturedOutput output) {
        withVariables(new LinkedHashMap<>(Map.of(
                        "SCOPEGATE_HTTP_CONECT_TIMEOUT",
                        CANARY,
                        "SCOPEGATE_DEFALT_ACCESS",
                        CANARY,
                        "SCOPEGATE_HTTP_CONNECT_TIMEOUT",
                        "2s",
                        "SCOPEGATE_PORT_8080_TCP_ADDR",
                        "10.0.0.1")))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output)
                            .contains(
                                    "environment variable SCOPEGATE_HTTP_CONECT_TIMEOUT: unknown key 'conect-timeout' in"
                                            + " http; did you mean 'connect-timeout'?")
                            .contains(
                                    "environment variable SCOPEGATE_DEFALT_ACCESS: unknown key 'defalt-access'; did you mean"
                                            + " 'default-access'?")
                            .doesNotContain("SCOPEGATE_HTTP_CONNECT_TIMEOUT")
                            .doesNotContain("SCOPEGATE_PORT_8080_TCP_ADDR")
                            .doesNotContain(CANARY);
                });
    }

    private WebApplicationContextRunner withVariables(Map<String, String> variables) {
        return runner.withInitializer(variables(variables));
    }

    private static ApplicationContextInitializer<ConfigurableWebApplicationContext> variables(
            Map<String, String> variables) {
        return context -> context.getEnvironment()
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new Variables(new LinkedHashMap<>(variables)));
    }

    /** As Spring Boot has it in an application. */
    private static final class Variables extends SystemEnvironmentPropertySource implements OriginLookup<String> {

        Variables(Map<String, Object> variables) {
            super(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables);
        }

        @Override
        public Origin getOrigin(String key) {
            return new SystemEnvironmentOrigin(key);
        }
    }

    private static String description(AssertableWebApplicationContext context) {
        FailureAnalysis analysis = new BindingFailureAnalyzer().analyze(context.getStartupFailure());
        assertThat(analysis).isNotNull();
        return analysis.getDescription();
    }
}
