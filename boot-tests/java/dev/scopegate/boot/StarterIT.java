package dev.scopegate.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigException;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.matrix.HostileCase;
import dev.scopegate.test.matrix.HostileMatrix;
import dev.scopegate.test.matrix.TestedApi;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The starter in a whole application, asked from outside. */
@Timeout(120)
class StarterIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static ConfigurableApplicationContext application;

    private static ConfigurableApplicationContext start(Map<String, String> others) {
        Map<String, String> properties = new LinkedHashMap<>(tree());
        properties.putAll(others);
        return run(properties);
    }

    private static Map<String, String> tree() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("scopegate.resource", "https://api.example.com/contacts");
        properties.put("scopegate.issuers[0].name", "main");
        properties.put("scopegate.issuers[0].issuer", ISSUER.issuer());
        properties.put("scopegate.issuers[0].introspection.client-id", TestIssuer.CLIENT_ID);
        properties.put("scopegate.issuers[0].introspection.client-secret", TestIssuer.CLIENT_SECRET);
        properties.put("scopegate.http.allow-insecure-loopback", "true");
        properties.put("scopegate.routes[0].route", "GET /contacts/**");
        properties.put("scopegate.routes[0].scopes", "read:contacts");
        properties.put("scopegate.routes[1].route", "DELETE /contacts/{id}");
        properties.put("scopegate.routes[1].access", "authenticated");
        properties.put("scopegate.routes[2].route", "GET /actuator/**");
        properties.put("scopegate.routes[2].scopes", "operate");
        return properties;
    }

    private static ConfigurableApplicationContext run(Map<String, String> scopegate) {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "management.endpoints.web.exposure.include", "scopegate,info,health",
                "management.endpoint.health.show-details", "always"));
        properties.putAll(scopegate);
        return SpringApplication.run(
                Application.class,
                properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    private static Throwable failure(Map<String, String> others) {
        return catchThrowable(() -> start(others).close());
    }

    @BeforeAll
    static void startApplication() {
        application = start(Map.of());
    }

    @AfterAll
    static void stopApplication() {
        application.close();
    }

    private static URI address(String target) {
        return address(application, target);
    }

    private static URI address(ConfigurableApplicationContext asked, String target) {
        return URI.create(
                "http://127.0.0.1:" + asked.getEnvironment().getRequiredProperty("local.server.port") + target);
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext asked, String target, String authorization)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(asked, target))
                .header("Authorization", authorization)
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> with(String scopes, String method, String target)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(target))
                .method(method, BodyPublishers.noBody())
                .header("Authorization", ISSUER.token().scope(scopes).authorization())
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    @HostileMatrix(route = "GET /contacts", scopes = "read:contacts")
    void contacts_caseOfTheMatrix_answeredAsItHasToBe(HostileCase each) throws Exception {
        Application.Contacts contacts = application.getBean(Application.Contacts.class);
        each.judge(TestedApi.http(address("")).countedBy(contacts::reached), ISSUER);
    }

    @Test
    void list_caller_isAnArgument() throws Exception {
        assertThat(with("read:contacts", "GET", "/contacts").body()).isEqualTo("contacts of alice");
    }

    @Test
    void delete_scopesOfTheHandler_needed() throws Exception {
        assertThat(with("delete:contacts", "DELETE", "/contacts/7").body()).isEqualTo("deleted 7");
        assertThat(with("read:contacts", "DELETE", "/contacts/7").statusCode()).isEqualTo(403);
    }

    @Test
    void actuator_endpoint_showsTheRulesToOperatorsAlone() throws Exception {
        assertThat(with("operate", "GET", "/actuator/scopegate").body())
                .contains("\"rule\":\"GET /contacts/**\"")
                .contains("\"requires\":\"scope read:contacts\"")
                .contains(ISSUER.issuer());
        assertThat(with("operate", "GET", "/actuator/info").body()).contains("\"scopegate\":{");
        assertThat(with("read:contacts", "GET", "/actuator/scopegate").statusCode())
                .isEqualTo(403);
    }

    @Test
    void actuator_endpoint_showsKeysCachesAndReload_andNoSecret() throws Exception {
        with("read:contacts", "GET", "/contacts");

        assertThat(with("operate", "GET", "/actuator/scopegate").body())
                .contains("\"config\":{\"since\":\"20")
                .contains("\"caches\":[{\"cache\":\"tokens\",\"entries\":")
                .contains("\"hits\":")
                .contains("\"keys\":{\"usable\":true,\"failing\":false,")
                .contains("\"ageSeconds\":")
                .contains("\"introspectionEndpoint\":{\"state\":\"asked\"")
                .doesNotContain(TestIssuer.CLIENT_SECRET);
        assertThat(with("operate", "GET", "/actuator/health").body())
                .contains("\"details\":{\"config-since\":\"20")
                .contains("\"keys-of-main\":\"usable, ")
                .contains("\"introspection-of-main\":\"asked\"")
                .doesNotContain(TestIssuer.CLIENT_SECRET);
        assertThat(with("operate", "GET", "/actuator/info").body()).doesNotContain(TestIssuer.CLIENT_SECRET);
    }

    @Test
    void health_aBadToken_leavesItUp() throws Exception {
        assertThat(get(application, "/contacts", "Bearer nonsense").statusCode())
                .isEqualTo(401);

        assertThat(with("operate", "GET", "/actuator/health").statusCode()).isEqualTo(200);
    }

    @Test
    void health_issuerThatRefusesUs_turnsItDown() throws Exception {
        String operator = ISSUER.token().scope("operate").authorization();
        try (ConfigurableApplicationContext other =
                start(Map.of("scopegate.issuers[0].introspection.client-secret", "another"))) {
            assertThat(get(other, "/contacts", "Bearer opaque-token").statusCode())
                    .isEqualTo(503);

            HttpResponse<String> health = get(other, "/actuator/health", operator);
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"introspection-of-main\":\"asked, refuses our client\"");
        }
    }

    @Test
    void start_healthSwitchedOff_hasNone() {
        assertThat(application.containsBean("scopegateHealthIndicator")).isTrue();
        try (ConfigurableApplicationContext other = start(Map.of("management.health.scopegate.enabled", "false"))) {
            assertThat(other.containsBean("scopegateHealthIndicator")).isFalse();
        }
    }

    @Test
    void start_configFile_isTheConfigurationAndStandsAlone(@TempDir Path folder) throws IOException {
        String yaml = """
                resource: https://api.example.com/contacts
                issuers: [{ issuer: '%s' }]
                http: { allow-insecure-loopback: true }
                routes: [{ route: GET /contacts/**, scopes: read }, { route: '* /**', access: authenticated }]
                """;
        Path file = Files.writeString(folder.resolve("scopegate.yaml"), yaml.formatted(ISSUER.issuer()));

        try (ConfigurableApplicationContext other = run(Map.of("scopegate.config", file.toString()))) {
            assertThat(other.getBean(ResourceServer.class).config().routes()).hasSize(2);
        }
        assertThat(failure(Map.of("scopegate.config", file.toString())))
                .hasStackTraceContaining("'config' names a file that is the whole configuration");
    }

    @Test
    void start_sslBundle_isAskedFor() {
        Map<String, String> trust = Map.of(
                "spring.ssl.bundle.jks.java.truststore.location",
                Path.of(System.getProperty("java.home"), "lib", "security", "cacerts")
                        .toUri()
                        .toString(),
                "spring.ssl.bundle.jks.java.truststore.password",
                "changeit");
        Map<String, String> named = new LinkedHashMap<>(trust);
        named.put("scopegate.http.ssl-bundle", "java");

        try (ConfigurableApplicationContext other = start(named)) {
            assertThat(other.getBean(ResourceServer.class).config().http().sslBundle())
                    .contains("java");
        }
        assertThat(failure(Map.of("scopegate.http.ssl-bundle", "java")))
                .hasStackTraceContaining("'http.ssl-bundle' names a bundle that does not exist: java");
    }

    @Test
    void meters_ofTheActuator_countRequests() throws Exception {
        with("read:contacts", "GET", "/contacts");

        assertThat(application
                        .getBean(MeterRegistry.class)
                        .get("scopegate.requests")
                        .tag("route", "GET /contacts/**")
                        .tag("outcome", "accepted")
                        .timers())
                .anyMatch(timer -> timer.count() > 0);
    }

    @Test
    void observations_ofTheActuator_holdCallsToIssuers() throws Exception {
        with("read:contacts", "GET", "/contacts");

        assertThat(application
                        .getBean(MeterRegistry.class)
                        .get("scopegate.http.client")
                        .tag("scopegate.issuer", "main")
                        .tag("scopegate.purpose", "keys")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void start_misspeltOrBrokenRule_doesNotStart() {
        assertThat(failure(Map.of("scopegate.routes[0].scpoes", "x")))
                .hasStackTraceContaining("scopegate.routes[0].scpoes");
        assertThat(failure(Map.of("scopegate.issuers[0].jwks.urri", "x")))
                .hasStackTraceContaining("unknown key 'urri' in issuers[0].jwks; did you mean 'uri'?");
        assertThat(failure(Map.of("scopegate.routes[0].route", "get /contacts")))
                .hasRootCauseInstanceOf(ConfigException.class);
    }

    @Test
    void start_handlerThatNothingProtects_doesNotStart() {
        assertThat(failure(Map.of("scopegate.routes[0].route", "GET /other/**", "scopegate.default-access", "public")))
                .hasStackTraceContaining("NOTHING PROTECTS IT");
    }
}
