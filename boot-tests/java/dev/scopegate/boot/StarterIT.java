package dev.scopegate.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
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
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "management.endpoints.web.exposure.include", "scopegate,info"));
        properties.put("scopegate.resource", "https://api.example.com/contacts");
        properties.put("scopegate.issuers[0].name", "main");
        properties.put("scopegate.issuers[0].issuer", ISSUER.issuer());
        properties.put("scopegate.http.allow-insecure-loopback", "true");
        properties.put("scopegate.routes[0].route", "GET /contacts/**");
        properties.put("scopegate.routes[0].scopes", "read:contacts");
        properties.put("scopegate.routes[1].route", "DELETE /contacts/{id}");
        properties.put("scopegate.routes[1].access", "authenticated");
        properties.put("scopegate.routes[2].route", "GET /actuator/**");
        properties.put("scopegate.routes[2].scopes", "operate");
        properties.putAll(others);
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
        return URI.create(
                "http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port") + target);
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
    void meters_ofTheActuator_countRequests() throws Exception {
        with("read:contacts", "GET", "/contacts");

        assertThat(application
                        .getBean(MeterRegistry.class)
                        .get("scopegate.requests")
                        .tag("route", "GET /contacts/**")
                        .tag("outcome", "accepted")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void start_misspeltOrBrokenRule_doesNotStart() {
        assertThat(failure(Map.of("scopegate.routes[0].scpoes", "x")))
                .hasStackTraceContaining("scopegate.routes[0].scpoes");
        assertThat(failure(Map.of("scopegate.routes[0].route", "get /contacts")))
                .hasRootCauseInstanceOf(ConfigException.class);
    }

    @Test
    void start_handlerThatNothingProtects_doesNotStart() {
        assertThat(failure(Map.of("scopegate.routes[0].route", "GET /other/**", "scopegate.default-access", "public")))
                .hasStackTraceContaining("NOTHING PROTECTS IT");
    }
}
