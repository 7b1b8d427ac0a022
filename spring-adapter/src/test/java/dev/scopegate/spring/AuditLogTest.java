package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.scopegate.model.DecisionEvent;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.DecisionListener;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.spring.forked.WithoutSecurity;
import dev.scopegate.test.TestIssuer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** What is written of requests to an application on a real Tomcat, in a file as the page describes it, and told to a listener. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditLogTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final String SAFE = "[ -~]*";

    private final Path folder;
    private final ConfigurableApplicationContext application;
    private final Heard heard;
    private final List<String> sent = new ArrayList<>();

    AuditLogTest(@TempDir Path folder) {
        this.folder = folder;
        application = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.main.banner-mode=off",
                        "spring.autoconfigure.exclude=" + WithoutSecurity.EXCLUDED,
                        "scopegate.resource=https://api.example.com/contacts",
                        "scopegate.issuers[0].issuer=" + ISSUER.issuer(),
                        "scopegate.issuers[0].name=main",
                        "scopegate.issuers[1].issuer=http://localhost:1",
                        "scopegate.issuers[1].name=down",
                        "scopegate.http.allow-insecure-loopback=true",
                        "scopegate.routes[0].route=GET /contacts",
                        "scopegate.routes[0].scopes=read:contacts",
                        "scopegate.routes[1].route=DELETE /contacts/{id}",
                        "scopegate.routes[1].access=authenticated",
                        "scopegate.routes[2].route=GET /hello",
                        "scopegate.routes[2].access=authenticated",
                        "scopegate.routes[2].mode=shadow",
                        "scopegate.audit.log=ecs",
                        "management.metrics.distribution.percentiles-histogram.scopegate.requests=true")
                .run();
        heard = application.getBean(Heard.class);
    }

    @BeforeAll
    void writeToAFileAsThePageSays() throws IOException, JoranException {
        String page = Files.readString(Path.of("../docs/observability.md"));
        String xml = page.substring(
                page.indexOf("```xml") + "```xml".length(), page.indexOf("```", page.indexOf("</logger>")));
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(
                ("<configuration>" + xml.replace("audit.json", file().toString()) + "</configuration>")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    @AfterAll
    void stop() {
        application.close();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.scopegate.audit");
        logger.detachAndStopAllAppenders();
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @BeforeEach
    void forget() throws IOException {
        heard.events.clear();
        Files.writeString(file(), "");
    }

    @AfterEach
    void nothingOfATokenWasWrittenOrTold() throws IOException {
        String written = Files.readString(file());
        assertThat(written.lines()).isNotEmpty().allMatch(line -> line.matches(SAFE));
        for (String token : sent) {
            assertThat(written).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
            assertThat(heard.events.toString()).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
        }
    }

    private Path file() {
        return folder.resolve("audit.json");
    }

    private List<Map<String, Object>> lines() throws IOException {
        return Files.readAllLines(file()).stream()
                .map(line -> JsonParserFactory.getJsonParser().parseMap(line))
                .toList();
    }

    private Map<String, Object> only() throws IOException {
        List<Map<String, Object>> lines = lines();
        assertThat(lines).hasSize(1);
        assertThat(heard.events).hasSize(1);
        return lines.get(0);
    }

    /** The status of the answer to a request, as it stands on the line. */
    private int status(String method, String target, String... fields) throws IOException {
        int port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String head = method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + String.join(
                            "",
                            Arrays.stream(fields).map(field -> field + "\r\n").toList()) + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }

    private String bearer(String token) {
        sent.add(token);
        return "Authorization: Bearer " + token;
    }

    private String bearer(String subject, String scope) {
        return bearer(ISSUER.token().subject(subject).scope(scope).sign());
    }

    @Test
    void accepted_callerAndRule_written() throws IOException {
        assertThat(status("GET", "/contacts?q=private", bearer("alice", "read:contacts")))
                .isEqualTo(200);

        assertThat(only())
                .containsEntry("event.action", "request-accepted")
                .containsEntry("event.type", List.of("access", "allowed"))
                .containsEntry("event.outcome", "success")
                .containsEntry("rule.name", "GET /contacts")
                .containsEntry("http.request.method", "GET")
                .containsEntry("url.path", "/contacts")
                .containsEntry("user.id", "alice")
                .containsEntry("scopegate.issuer", "main")
                .doesNotContainKey("http.response.status_code");
        assertThat(heard.events.get(0).caller().flatMap(ValidatedToken::subject))
                .contains("alice");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "none,       401, credentials-absent,   request-refused,   failure",
        "twice,      400, credentials-repeated, request-refused,   failure",
        "garbage,    401, token-malformed,      request-refused,   failure",
        "scopeless,  403, scope-missing,        request-refused,   failure",
        "of an issuer that is down, 503, keys-unavailable, request-undecided, unknown",
    })
    void refused_eachKind_reasonAndStatusOfTheAnswer(
            String token, int status, String reason, String action, String outcome) throws IOException {
        assertThat(status("GET", "/contacts", fields(token))).isEqualTo(status);

        assertThat(only())
                .containsEntry("event.action", action)
                .containsEntry("event.outcome", outcome)
                .containsEntry("event.type", List.of("access", "denied"))
                .containsEntry("event.reason", reason)
                .containsEntry("http.response.status_code", status)
                .containsEntry("rule.name", "GET /contacts");
        DecisionEvent event = heard.events.get(0);
        assertThat(event.status()).hasValue(status);
        assertThat(event.reason().map(RefusalReason::code)).contains(reason);
        assertThat(event.caller().isPresent()).isEqualTo(status == 403);
    }

    private String[] fields(String token) {
        String good = bearer("alice", "read:contacts");
        return switch (token) {
            case "none" -> new String[0];
            case "twice" -> new String[] {good, good};
            case "garbage" -> new String[] {"Authorization: Bearer eyJ.garbage.x"};
            case "scopeless" -> new String[] {bearer("alice", "other")};
            default ->
                new String[] {
                    bearer(ISSUER.token().claim("iss", "http://localhost:1").sign())
                };
        };
    }

    @Test
    void shadowed_route_goesOnAndSaysWhatWouldHaveBeen() throws IOException {
        assertThat(status("GET", "/hello")).isEqualTo(200);

        assertThat(only())
                .containsEntry("event.action", "request-shadowed")
                .containsEntry("event.type", List.of("access", "allowed"))
                .containsEntry("event.reason", "credentials-absent")
                .containsEntry("scopegate.shadowed.status_code", 401);
        assertThat(heard.events.get(0).outcome()).isEqualTo(Outcome.SHADOWED);
    }

    @Test
    void handler_asksForMoreThanTheRule_refusalIsAnEventOfItsOwn() throws IOException {
        assertThat(status("DELETE", "/contacts/7", bearer("bob", "read:contacts")))
                .isEqualTo(403);

        List<Map<String, Object>> lines = lines();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .containsEntry("event.action", "request-accepted")
                .containsEntry("rule.name", "DELETE /contacts/{id}");
        assertThat(lines.get(1))
                .containsEntry("event.action", "request-refused")
                .containsEntry("event.reason", "scope-missing")
                .containsEntry("rule.name", "@RequireScopes ContactsController.delete")
                .containsEntry("url.path", "/contacts/7")
                .containsEntry("user.id", "bob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/contacts%0d%0a%7B%22event.outcome%22:%22success%22%7D",
                "/contacts%1b%5b2J",
                "/contacts%e2%80%ae",
                "/contacts;x=1",
            })
    void path_thatForgesLines_writtenAsItWasSent(String path) throws IOException {
        status("GET", path, bearer("alice", "read:contacts"));

        assertThat(only()).containsEntry("url.path", path).containsEntry("event.type", List.of("access", "denied"));
    }

    @Test
    void path_veryLong_cut() throws IOException {
        String path = "/contacts/" + "a".repeat(6_000);
        assertThat(status("GET", path)).isEqualTo(401);

        assertThat(only()).containsEntry("url.path", path.substring(0, 256));
    }

    @Test
    void subject_thatForgesLines_escaped() throws IOException {
        String subject = "eve\"}\n{\"user.id\":\"root\"}\u202e";
        assertThat(status("GET", "/contacts", bearer(subject, "read:contacts"))).isEqualTo(200);

        assertThat(only()).containsEntry("user.id", subject);
    }

    @Test
    void histogram_switchedOnByTheProperty_hasBucketsForRequestsAlone() throws IOException {
        status("GET", "/contacts", bearer("alice", "read:contacts"));

        String scraped = application.getBean(PrometheusMeterRegistry.class).scrape();

        assertThat(scraped)
                .contains("scopegate_requests_seconds_bucket{", "scopegate_jwks_fetch_seconds_count{")
                .doesNotContain("scopegate_jwks_fetch_seconds_bucket{");
    }

    /** Takes note of what it is told. */
    static final class Heard implements DecisionListener {

        private final List<DecisionEvent> events = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void decided(DecisionEvent event) {
            events.add(event);
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(ContactsController.class)
    static class Application {

        @Bean
        Heard heard() {
            return new Heard();
        }
    }
}
