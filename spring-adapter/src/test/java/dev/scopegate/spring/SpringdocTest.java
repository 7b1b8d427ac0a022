package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.config.OpenApiOperation;
import dev.scopegate.config.OpenApiRoutes;
import dev.scopegate.test.TestIssuer;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The OpenAPI document of a whole application, asked from outside. */
class SpringdocTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static RunningApplication application;

    private static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("scopegate.issuers[0].issuer", ISSUER.issuer());
        List<List<String>> rules = List.of(
                List.of("GET /contacts/**", "scopes", "read:contacts"),
                List.of("POST /contacts", "any-scope", "create:contacts,admin:contacts"),
                List.of("DELETE /contacts/{id}", "access", "authenticated"),
                List.of("GET /health", "access", "public"),
                List.of("GET /hello", "access", "optional"),
                List.of("GET /v3/api-docs", "access", "public"));
        for (int i = 0; i < rules.size(); i++) {
            properties.put("scopegate.routes[" + i + "].route", rules.get(i).get(0));
            properties.put(
                    "scopegate.routes[" + i + "]." + rules.get(i).get(1),
                    rules.get(i).get(2));
        }
        return properties;
    }

    @BeforeAll
    static void start() {
        application = RunningApplication.withoutSecurity(Application.class, properties());
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static Map<String, Object> document(RunningApplication of) throws Exception {
        return JSONObjectUtils.parse(of.get("/v3/api-docs").body());
    }

    private static Object at(Map<String, Object> document, String... path) {
        Object found = document;
        for (String name : path) {
            assertThat(found).as(String.join(" ", path)).isInstanceOf(Map.class);
            found = ((Map<?, ?>) found).get(name);
        }
        return found;
    }

    private static Object security(String method, String path) throws Exception {
        return at(document(application), "paths", path, method, "security");
    }

    private static Map<String, List<String>> oauth2(String... scopes) {
        return Map.of("oauth2", List.of(scopes));
    }

    @Test
    void document_scopesOfTheRule_areThoseOfTheOperation() throws Exception {
        assertThat(security("get", "/contacts")).isEqualTo(List.of(oauth2("read:contacts")));
    }

    @Test
    void document_scopesOfTheHandler_comeBesides() throws Exception {
        assertThat(security("get", "/contacts/{id}")).isEqualTo(List.of(oauth2("read:contacts", "read:details")));
        assertThat(security("delete", "/contacts/{id}"))
                .isEqualTo(List.of(oauth2("delete:contacts"), oauth2("admin:contacts")));
    }

    @Test
    void document_anyScope_alternatives() throws Exception {
        assertThat(security("post", "/contacts"))
                .isEqualTo(List.of(oauth2("create:contacts"), oauth2("admin:contacts")));
    }

    @Test
    void document_publicOperation_emptyList() throws Exception {
        assertThat(security("get", "/health")).isEqualTo(List.of());
    }

    @Test
    void document_optionalToken_oneAlternativeIsNone() throws Exception {
        assertThat(security("get", "/hello")).isEqualTo(List.of(oauth2(), Map.of()));
    }

    @Test
    void document_nobodyMay_markedAndNeverOpen() throws Exception {
        assertThat(security("get", "/forgotten")).isEqualTo(List.of(oauth2()));
        assertThat(at(document(application), "paths", "/forgotten", "get", DocumentedSecurity.ACCESS))
                .isEqualTo("deny");
        assertThat(application.get("/v3/api-docs").body()).doesNotContain("x-scopegate-handlers");
    }

    @Test
    void document_scheme_isDefined() throws Exception {
        assertThat(at(document(application), "components", "securitySchemes", "oauth2", "type"))
                .isEqualTo("oauth2");
    }

    @Test
    void document_readAsRules_saysWhatTheRulesSay() throws Exception {
        List<OpenApiOperation> operations = OpenApiRoutes.read(
                        "api-docs", application.get("/v3/api-docs").body())
                .operations();

        assertThat(operations).extracting(OpenApiOperation::problem).allMatch(Optional::isEmpty);
        assertThat(operations)
                .filteredOn(operation -> operation.route().equals("POST /contacts"))
                .singleElement()
                .satisfies(
                        operation -> assertThat(operation.rule().orElseThrow().anyScope())
                                .containsExactlyInAnyOrder("create:contacts", "admin:contacts"));
    }

    @Test
    void document_schemeOfTheApplication_isTheOneThatIsNamed() throws Exception {
        try (RunningApplication own = RunningApplication.withoutSecurity(WithItsOwnScheme.class, properties())) {
            Map<String, Object> document = document(own);

            assertThat(at(document, "paths", "/contacts", "get", "security"))
                    .isEqualTo(List.of(Map.of("login", List.of("read:contacts"))));
            assertThat(at(document, "components", "securitySchemes"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsOnlyKeys("login");
        }
    }

    @Test
    void document_ruleThatKeepsItIn_notShownToStrangers() throws Exception {
        Map<String, String> properties = properties();
        properties.put("scopegate.routes[5].access", "authenticated");
        try (RunningApplication closed = RunningApplication.withoutSecurity(Application.class, properties)) {
            assertThat(closed.get("/v3/api-docs").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void springdoc_absent_nothingOfItIsNeeded() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ScopegateAutoConfiguration.class,
                        ScopegateWebMvcAutoConfiguration.class,
                        ScopegateSpringdocAutoConfiguration.class))
                .withPropertyValues("scopegate.issuers[0].issuer=" + ISSUER.issuer())
                .withPropertyValues("scopegate.issuers[0].audiences=a", "scopegate.http.allow-insecure-loopback=true")
                .withPropertyValues("scopegate.routes[0].route=GET /x", "scopegate.routes[0].scopes=x")
                .withClassLoader(new FilteredClassLoader("org.springdoc", "io.swagger"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("scopegateDocumentedSecurity"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @RestController
        static class Api {

            @GetMapping("/contacts")
            String list() {
                return "";
            }

            @GetMapping("/contacts/{id:[0-9]+}")
            @RequireScopes("read:details")
            String details(@PathVariable("id") String id) {
                return id;
            }

            @PostMapping("/contacts")
            @SecurityRequirement(name = "by-hand", scopes = "everything")
            String create() {
                return "";
            }

            @DeleteMapping("/contacts/{id}")
            @RequireScopes(any = {"delete:contacts", "admin:contacts"})
            String delete(@PathVariable("id") String id) {
                return id;
            }

            @GetMapping("/health")
            String health() {
                return "";
            }

            @GetMapping("/hello")
            String hello() {
                return "";
            }

            @GetMapping("/forgotten")
            String forgotten() {
                return "";
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithItsOwnScheme extends Application {

        @Bean
        OpenAPI described() {
            OAuthFlow flow = new OAuthFlow().tokenUrl("https://login.example.com/token");
            SecurityScheme login = new SecurityScheme()
                    .type(SecurityScheme.Type.OAUTH2)
                    .flows(new OAuthFlows().clientCredentials(flow));
            return new OpenAPI().components(new Components().addSecuritySchemes("login", login));
        }
    }
}
