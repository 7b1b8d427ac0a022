package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.AuditConfig;
import dev.scopegate.config.ClaimMapping;
import dev.scopegate.config.ConfigException;
import dev.scopegate.config.ConfigReader;
import dev.scopegate.config.CryptoConfig;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.IpNetwork;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfig.CorsPreflight;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Mode;
import dev.scopegate.model.ProblemRenderer;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.model.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** That Boot's binder takes what the YAML reader takes, and refuses what that refuses. */
class ScopegatePropertiesTest {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class))
            .withPropertyValues(
                    "scopegate.resource=https://api.example.com/contacts",
                    "scopegate.issuers[0].issuer=http://localhost:1",
                    "scopegate.issuers[0].name=main",
                    "scopegate.http.allow-insecure-loopback=true",
                    "scopegate.routes[0].route=GET /contacts/**",
                    "scopegate.routes[0].scopes=read:contacts");

    @Test
    void properties_tree_isThatOfTheYaml() {
        assertThat(ScopegateProperties.class.getRecordComponents())
                // What there is of Spring alone.
                .filteredOn(
                        component -> !List.of("config", "coverage", "security").contains(component.getName()))
                .extracting(component -> component.getName() + " " + component.getGenericType())
                .containsExactly(Arrays.stream(ScopegateConfig.class.getRecordComponents())
                        .map(component -> component.getName() + " " + component.getGenericType())
                        .toArray(String[]::new));
    }

    @Test
    void properties_documentOfTheRoutesChanges_nextRequestIsHeldToIt(@TempDir Path folder) throws IOException {
        String document = """
                openapi: 3.1.0
                info: { title: Contacts, version: '1' }
                security: []
                paths: { /news: { get: { responses: {} } } }
                """;
        Path file = Files.writeString(folder.resolve("openapi.yaml"), document);
        RequestSnapshot news = new RequestSnapshot("GET", "/news", "/news", List.of());

        runner.withPropertyValues("scopegate.routes-from=" + file, "scopegate.reload-interval=20ms")
                .run(context -> {
                    ResourceServer server = context.getBean(ResourceServer.class);
                    assertThat(server.decide(news)).isInstanceOf(Decision.Permitted.class);
                    Files.writeString(file, document.replace("/news", "/old"));
                    await().atMost(Duration.ofSeconds(30)).until(() -> server.decide(news) instanceof Decision.Refused);
                });
    }

    @Test
    void properties_furtherKeys_landInTheSameRecordsAsYaml() {
        runner.withPropertyValues(
                        "scopegate.mode=shadow",
                        "scopegate.tokens.transports[0]=form",
                        "scopegate.tokens.transports[1]=cookie:token",
                        "scopegate.tokens.cache.ttl=1m",
                        "scopegate.routes[0].claims.tenant=acme",
                        "scopegate.routes[0].issuer=main",
                        "scopegate.routes[0].mode=enforce",
                        "scopegate.external-url=https://api.example.com",
                        "scopegate.trusted-proxies=10.0.0.0/8,::1",
                        "scopegate.cors-preflight=pass",
                        "scopegate.challenge.resource-name=Contacts",
                        "scopegate.http.proxy=http://localhost:3128",
                        "scopegate.crypto.provider=auto",
                        "scopegate.audit.log=ecs",
                        "scopegate.audit.accepts-one-in=10")
                .run(context -> {
                    ScopegateConfig config =
                            context.getBean(ScopegateProperties.class).toConfig();
                    RouteConfig route = config.routes().get(0);
                    assertThat(config.mode()).isEqualTo(Mode.SHADOW);
                    assertThat(config.tokens().transports())
                            .containsExactly(Transport.of("form"), Transport.of("cookie:token"));
                    assertThat(config.tokens().cache())
                            .isEqualTo(new TokensConfig.Cache(Duration.ofMinutes(1), 10_000));
                    assertThat(route.claims()).containsEntry("tenant", "acme");
                    assertThat(route.issuer()).containsExactly("main");
                    assertThat(route.mode()).contains(Mode.ENFORCE);
                    assertThat(config.externalUrl()).contains("https://api.example.com");
                    assertThat(config.trustedProxies())
                            .containsExactly(IpNetwork.of("10.0.0.0/8"), IpNetwork.of("::1"));
                    assertThat(config.corsPreflight()).isEqualTo(CorsPreflight.PASS);
                    assertThat(config.challenge().resourceName()).contains("Contacts");
                    assertThat(config.http().proxy()).contains(URI.create("http://localhost:3128"));
                    assertThat(config.crypto().provider()).isEqualTo(CryptoConfig.Provider.AUTO);
                    assertThat(config.audit()).isEqualTo(new AuditConfig(AuditConfig.Log.ECS, 10, 100));
                    assertThat(context).hasSingleBean(ResourceServer.class);
                });
    }

    @Test
    void properties_keysOfAnIssuerThatFewNeed_landInItsRecord(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("issuer.secret"), "n7Vx0Rq3Tz5Kc8Lb1Wm4Yp6Hd9Gf2Js0\n");

        runner.withPropertyValues(
                        "scopegate.issuers[0].profile=fapi2",
                        "scopegate.issuers[0].claims-as-scopes[0].claim=realm_access.roles",
                        "scopegate.issuers[0].claims-as-scopes[0].prefix=role:",
                        "scopegate.issuers[1].issuer=http://localhost:2",
                        "scopegate.issuers[1].name=shared",
                        "scopegate.issuers[1].algorithms=HS256",
                        "scopegate.issuers[1].shared-secret-file=" + secret)
                .run(context -> {
                    List<IssuerConfig> issuers = context.getBean(ScopegateProperties.class)
                            .toConfig()
                            .issuers();
                    assertThat(issuers.get(0).profile()).isEqualTo(IssuerConfig.Profile.FAPI2);
                    assertThat(issuers.get(0).algorithms()).isEqualTo(IssuerConfig.FAPI2_ALGORITHMS);
                    assertThat(issuers.get(0).claimsAsScopes())
                            .containsExactly(new ClaimMapping("realm_access.roles", "role:"));
                    assertThat(issuers.get(1).sharedSecretFile()).contains(new FileReference(secret));
                    assertThat(context).hasSingleBean(ResourceServer.class);
                });
    }

    @Test
    void properties_exampleOfTheDocuments_bindsAsTheReaderReadsIt() throws IOException {
        String example = Files.readString(Path.of("../docs/scopegate.example.yaml"));

        assertThat(bound(example))
                .isEqualTo(new ConfigReader(name -> Optional.empty())
                        .read("scopegate.yaml", example, Path.of(""))
                        .config());
    }

    @Test
    void properties_keysOfIntrospectionThatFewNeed_bindAsTheReaderReadsThem() throws IOException {
        String yaml = """
                issuers:
                  - issuer: https://a.example.com
                    introspection:
                      token-prefix: ory_at_
                      client-id: api
                      client-authentication: private_key_jwt
                      private-key: { file: key.pem, algorithm: PS256, key-id: k1, audience: https://a.example.com/token }
                      key-store: { file: store.p12, password-file: store.password }
                      bearer: { token-endpoint: https://a.example.com/token, scopes: introspect }
                      parameters: { resource_server: contacts, level: 7 }
                      headers: { X-Tenant: acme }
                      signed-answers: true
                      unencoded-basic-credentials: true
                      on-outage: last-known
                      last-known-for: 90s
                routes:
                  - { route: DELETE /a, scopes: a, max-staleness: 0s }
                """;

        ScopegateConfig config = bound(yaml);

        assertThat(config)
                .isEqualTo(new ConfigReader()
                        .read("scopegate.yaml", yaml, Path.of(""))
                        .config());
        assertThat(config.issuers().get(0).introspection().parameters()).containsEntry("resource_server", "contacts");
        assertThat(config.issuers().get(0).introspection().headers()).containsEntry("X-Tenant", "acme");
        assertThat(config.routes().get(0).maxStaleness()).contains(Duration.ZERO);
    }

    /** What Boot makes of the tree of a {@code scopegate.yaml} that stands in {@code application.yaml}. */
    private static ScopegateConfig bound(String yaml) throws IOException {
        String tree = "scopegate:\n" + yaml.indent(2);
        List<PropertySource<?>> sources = new YamlPropertySourceLoader()
                .load("application.yaml", new ByteArrayResource(tree.getBytes(StandardCharsets.UTF_8)));
        return new Binder(ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources))
                .bind("scopegate", ScopegateProperties.class)
                .get()
                .toConfig();
    }

    @ParameterizedTest
    @CsvSource({
        "scopegate.routes[0].any-scope=,      routes[0].any-scope",
        "scopegate.routes[0].scopes=,         routes[0].scopes",
        "scopegate.routes[0].scopes=${NOPE:}, routes[0].scopes",
        "scopegate.resource=,                 resource",
    })
    void properties_empty_doesNotStart(String property, String path) {
        runner.withPropertyValues("scopegate.routes[0].access=authenticated", property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("'" + path + "' is empty"));
    }

    @ParameterizedTest
    @CsvSource({
        "scopegate.tokens.transports=body",
        "scopegate.trusted-proxies=localhost",
        "scopegate.mode=off",
        "scopegate.audit.log=json",
        "scopegate.audit.lines-per-second=1",
        "scopegate.routes[0].issuer=other",
        "scopegate.routes[0].access=public",
        "scopegate.issuers[0].profile=fapi",
        "scopegate.issuers[0].algorithms=HS256",
        "scopegate.issuers[0].shared-secret-file=nowhere",
        "scopegate.issuers[0].claims-as-scopes[0].claim=roles",
        "scopegate.issuers[0].introspection.on-outage=perhaps",
        "scopegate.routes[0].max-staleness=soon",
        "scopegate.routes[0].max-staleness=0s",
    })
    void properties_mistake_doesNotStart(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
    }

    @Test
    void properties_mistakeInAFile_namedByFileLineAndColumn(@TempDir Path folder) throws IOException {
        Path yaml = Files.writeString(folder.resolve("application.yaml"), """
                scopegate:
                  resource: https://api.example.com
                  issuers:
                    - issuer: https://login.example.com
                  routes:
                    - route: get /contacts
                      scopes: read:contacts
                """);

        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ScopegateAutoConfiguration.class))
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("spring.config.location=" + yaml.toUri())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("application.yaml:6:14: 'routes[0].route'"));
    }

    @Test
    void context_ownRenderer_writesTheBodies() {
        runner.withUserConfiguration(OwnBodies.class).run(context -> {
            Conclusion conclusion = context.getBean(ResourceServer.class)
                    .judge(new RequestSnapshot("GET", "/contacts", "/contacts", List.of()), () -> Surroundings.NONE);
            assertThat(((Conclusion.Answered) conclusion).answer().body()).isEqualTo("no: 401");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBodies {

        @Bean
        ProblemRenderer bodies() {
            return (problem, accept) ->
                    Optional.of(new ProblemRenderer.Rendering("text/plain", "no: " + problem.status()));
        }
    }
}
