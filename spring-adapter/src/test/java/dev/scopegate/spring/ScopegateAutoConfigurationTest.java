package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigException;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.servlet.ScopegateFilter;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ScopegateAutoConfigurationTest {

    private static final String[] SOUND = {
        "scopegate.resource=https://api.example.com/contacts",
        "scopegate.issuers[0].issuer=http://localhost:1",
        "scopegate.http.allow-insecure-loopback=true",
        "scopegate.routes[0].route=GET /contacts/**",
        "scopegate.routes[0].scopes=read:contacts",
    };

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class));

    @Test
    void context_configured_filterRegisteredForEverything() {
        runner.withPropertyValues(SOUND).run(context -> {
            FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
            assertThat(registration.getFilter()).isInstanceOf(ScopegateFilter.class);
            assertThat(registration.getUrlPatterns()).containsExactly("/*");
            assertThat(registration.getOrder()).isEqualTo(ScopegateAutoConfiguration.FILTER_ORDER);
            assertThat(registration.determineDispatcherTypes()).containsExactlyInAnyOrder(DispatcherType.values());
            assertThat(context).hasSingleBean(ResourceServer.class);
        });
    }

    @Test
    void context_notConfigured_doesNotStart() {
        runner.run(context -> assertThat(context)
                .getFailure()
                .hasRootCauseInstanceOf(ConfigException.class)
                .rootCause()
                .hasMessageContaining("no issuers")
                .hasMessageContaining("no routes"));
    }

    @Test
    void context_ownServer_backsOff() {
        runner.withUserConfiguration(OwnServer.class)
                .run(context ->
                        assertThat(context).hasSingleBean(ResourceServer.class).hasBean("ownServer"));
    }

    @Test
    void context_notAServletApplication_nothingRegistered() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class))
                .run(context -> assertThat(context).doesNotHaveBean(ResourceServer.class));
        runner.withClassLoader(new FilteredClassLoader(jakarta.servlet.Filter.class))
                .run(context -> assertThat(context).doesNotHaveBean(ResourceServer.class));
    }

    @Test
    void properties_routesFrom_rulesOfTheDocument(@TempDir Path folder) throws IOException {
        Path document = folder.resolve("openapi.yaml");
        Files.writeString(document, "openapi: 3.1.0\npaths: { /about: { get: { security: [] } } }\n");
        RequestSnapshot request = new RequestSnapshot("GET", "/about", "/about", List.of());

        runner.withPropertyValues(SOUND)
                .run(context -> assertThat(context.getBean(ResourceServer.class).decide(request))
                        .isInstanceOf(Decision.Refused.class));
        runner.withPropertyValues(SOUND)
                .withPropertyValues("scopegate.routes-from=" + document)
                .run(context -> assertThat(context.getBean(ResourceServer.class).decide(request))
                        .isInstanceOf(Decision.Permitted.class));
    }

    @Test
    void properties_everyKey_landsInTheSameRecordsAsYaml() {
        runner.withPropertyValues(SOUND)
                .withPropertyValues(
                        "scopegate.mode=enforce",
                        "scopegate.default-access=authenticated",
                        "scopegate.issuers[0].name=main",
                        "scopegate.issuers[0].audiences=https://a,https://b",
                        "scopegate.issuers[0].profile=rfc9068",
                        "scopegate.issuers[0].algorithms[0]=RS256",
                        "scopegate.issuers[0].clock-skew=10s",
                        "scopegate.issuers[0].required-claims.tenant=acme",
                        "scopegate.issuers[0].scope-claims=scp",
                        "scopegate.issuers[0].jwks.uri=http://localhost:1/keys",
                        "scopegate.issuers[0].jwks.refresh-interval=10m",
                        "scopegate.issuers[0].introspection.endpoint=http://localhost:1/introspect",
                        "scopegate.issuers[0].introspection.client-id=api",
                        "scopegate.issuers[0].introspection.client-secret=s3cret",
                        "scopegate.issuers[0].introspection.cache.ttl=30s",
                        "scopegate.tokens.max-bytes=4096",
                        "scopegate.routes[1].route=DELETE /contacts/{id}",
                        "scopegate.routes[1].any-scope=a,b",
                        "scopegate.routes[1].acr=gold",
                        "scopegate.routes[1].max-age=5m",
                        "scopegate.routes[2].route=GET /health",
                        "scopegate.routes[2].access=public",
                        "scopegate.challenge.realm=contacts",
                        "scopegate.challenge.metadata=false",
                        "scopegate.http.connect-timeout=2s")
                .run(context -> {
                    ScopegateConfig config =
                            context.getBean(ScopegateProperties.class).toConfig();
                    IssuerConfig issuer = config.issuers().get(0);
                    assertThat(config.resource()).contains("https://api.example.com/contacts");
                    assertThat(config.defaultAccess()).isEqualTo(Access.AUTHENTICATED);
                    assertThat(issuer.name()).contains("main");
                    assertThat(issuer.audiences()).containsExactly("https://a", "https://b");
                    assertThat(issuer.profile()).isEqualTo(IssuerConfig.Profile.RFC9068);
                    assertThat(issuer.algorithms()).containsExactly("RS256");
                    assertThat(issuer.clockSkew()).isEqualTo(Duration.ofSeconds(10));
                    assertThat(issuer.requiredClaims()).containsEntry("tenant", "acme");
                    assertThat(issuer.scopeClaims()).containsExactly("scp");
                    assertThat(issuer.jwks().uri()).contains(URI.create("http://localhost:1/keys"));
                    assertThat(issuer.jwks().refreshInterval()).isEqualTo(Duration.ofMinutes(10));
                    assertThat(issuer.introspection().endpoint()).contains(URI.create("http://localhost:1/introspect"));
                    assertThat(issuer.introspection().readSecret().reveal()).isEqualTo("s3cret");
                    assertThat(issuer.introspection().cache().ttl()).isEqualTo(Duration.ofSeconds(30));
                    assertThat(issuer.introspection().cache().maxEntries()).isEqualTo(10_000);
                    assertThat(config.tokens().maxBytes()).isEqualTo(4096);
                    assertThat(config.routes().get(1).anyScope()).containsExactly("a", "b");
                    assertThat(config.routes().get(1).maxAge()).contains(Duration.ofMinutes(5));
                    assertThat(config.routes().get(2).access()).contains(Access.PUBLIC);
                    assertThat(config.challenge().realm()).contains("contacts");
                    assertThat(config.challenge().metadata()).isFalse();
                    assertThat(config.http().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
                });
    }

    @Test
    void properties_files_areBound() {
        runner.withPropertyValues(SOUND)
                .withPropertyValues("scopegate.issuers[0].jwks.file=pom.xml")
                .run(context -> assertThat(context.getBean(ScopegateProperties.class)
                                .issuers()
                                .get(0)
                                .jwks()
                                .file())
                        .contains(FileReference.of("pom.xml")));
    }

    @Test
    void properties_misspelt_doesNotStart() {
        runner.withPropertyValues(SOUND)
                .withPropertyValues("scopegate.routes[0].scpoes=x")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("scopegate.routes[0].scpoes"));
    }

    @Test
    void properties_mistake_namedWithItsPlace() {
        runner.withPropertyValues(SOUND)
                .withPropertyValues("scopegate.routes[1].route=get /x", "scopegate.routes[1].scopes=a")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("scopegate.routes[1].route")
                        .hasMessageContaining("upper-case"));
    }

    @Test
    void failureAnalyzer_configException_showsMistakesWithoutStackTrace() {
        ConfigException mistakes =
                new ConfigException(List.of(), dev.scopegate.config.Locations.none("application.yaml"));

        assertThat(new ConfigFailureAnalyzer().analyze(mistakes).getDescription())
                .contains("has mistakes");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnServer {

        @Bean
        ResourceServer ownServer() {
            return ResourceServer.builder()
                    .resource("https://api.example.com")
                    .issuer("http://localhost:1")
                    .http(HttpConfig.allowingInsecureLoopback())
                    .route(RouteConfig.requiring("GET /**", "a"))
                    .build();
        }
    }
}
