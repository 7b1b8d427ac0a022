package dev.scopegate.spring;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.scopegate.test.TestIssuer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** Traces and meters of a whole application, as OpenTelemetry and Prometheus get them, asked from outside. */
@Timeout(120)
class TracesTest {

    private static final String AUDIENCE = "https://api.example.com/contacts";

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext application;

    /** One for each test, so that a span of the last one that ends late is not taken for one of this. */
    private final String trace = UUID.randomUUID().toString().replace("-", "");

    @BeforeAll
    static void startApplication() {
        application = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--management.tracing.sampling.probability=1.0",
                "--scopegate.resource=" + AUDIENCE,
                "--scopegate.http.allow-insecure-loopback=true",
                "--scopegate.issuers[0].name=main",
                "--scopegate.issuers[0].issuer=" + ISSUER.issuer(),
                "--scopegate.issuers[0].introspection.endpoint=" + ISSUER.introspectionEndpoint(),
                "--scopegate.issuers[0].introspection.client-id=" + TestIssuer.CLIENT_ID,
                "--scopegate.issuers[0].introspection.client-secret=" + TestIssuer.CLIENT_SECRET,
                "--scopegate.routes[0].route=GET /contacts",
                "--scopegate.routes[0].scopes=read:contacts");
        await().until(() -> finished().stream().anyMatch(span -> span.getName().equals("scopegate keys")));
    }

    @AfterAll
    static void stopApplication() {
        application.close();
    }

    @BeforeEach
    void forget() {
        ISSUER.wireMock().resetRequests();
    }

    private HttpResponse<String> get(String path, String... fields) throws Exception {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .header("tracestate", "vendor=1")
                .header("baggage", "customer=evil");
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> contacts(String scope) throws Exception {
        String token = ISSUER.opaque(Map.of("aud", AUDIENCE, "sub", "alice", "scope", scope));
        return get("/contacts", "Authorization", "Bearer " + token);
    }

    private static List<SpanData> finished() {
        return application.getBean(Spans.class).exporter().getFinishedSpanItems();
    }

    private List<SpanData> spans(String name) {
        return finished().stream()
                .filter(span ->
                        span.getTraceId().equals(trace) && span.getName().equals(name))
                .toList();
    }

    /** The spans of requests; each ends a little after its answer is there. */
    private List<SpanData> requests(int count) {
        return await().until(
                        () -> finished().stream()
                                .filter(span -> span.getTraceId().equals(trace) && span.getKind() == SpanKind.SERVER)
                                .toList(),
                        spans -> spans.size() == count);
    }

    private SpanData request() {
        return requests(1).get(0);
    }

    private static String attribute(SpanData span, String key) {
        return span.getAttributes().get(AttributeKey.stringKey(key));
    }

    @Test
    void accepted_opaqueToken_oneTraceFromTheCallerToTheIssuer() throws Exception {
        assertThat(contacts("read:contacts").body()).isEqualTo("contacts");

        SpanData request = request();
        assertThat(request.getTraceId()).isEqualTo(trace);
        assertThat(attribute(request, "scopegate.outcome")).isEqualTo("accepted");
        assertThat(attribute(request, "scopegate.reason")).isEqualTo("none");
        SpanData introspection = spans("scopegate introspection").get(0);
        assertThat(introspection.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(introspection.getTraceId()).isEqualTo(trace);
        assertThat(introspection.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(attribute(introspection, "scopegate.issuer")).isEqualTo("main");
        assertThat(attribute(introspection, "server.address")).isEqualTo("localhost");
        LoggedRequest sent = ISSUER.wireMock()
                .findAll(postRequestedFor(urlEqualTo("/introspect")))
                .get(0);
        assertThat(sent.getHeader("traceparent")).isEqualTo("00-" + trace + "-" + introspection.getSpanId() + "-01");
        assertThat(sent.getHeader("tracestate")).isEqualTo("vendor=1");
        assertThat(sent.containsHeader("baggage")).isFalse();
    }

    @Test
    void refused_tooLittleScope_bothSpansAndTheReason() throws Exception {
        assertThat(contacts("openid").statusCode()).isEqualTo(403);

        assertThat(attribute(request(), "scopegate.outcome")).isEqualTo("refused");
        assertThat(attribute(request(), "scopegate.reason")).isEqualTo("scope-missing");
        assertThat(spans("scopegate introspection")).hasSize(1);
    }

    @Test
    void refused_noToken_theReasonAndNoCall() throws Exception {
        assertThat(get("/contacts").statusCode()).isEqualTo(401);

        assertThat(attribute(request(), "scopegate.reason")).isEqualTo("credentials-absent");
        assertThat(spans("scopegate introspection")).isEmpty();
    }

    @Test
    void refused_hostileToken_nothingOfItInAnySpan() throws Exception {
        get("/contacts", "Authorization", "Bearer evil-token~1");
        get("/contacts", "Authorization", "Bearer eyJldmlsIjoxfQ.eyJldmlsIjoxfQ.ZXZpbA");

        assertThat(requests(2))
                .extracting(span -> attribute(span, "scopegate.outcome"))
                .containsOnly("refused");
        assertThat(spans("scopegate introspection")).hasSize(1);
        assertThat(finished())
                .allSatisfy(span -> assertThat(span.toString())
                        .doesNotContain("evil-token", "eyJldmls", TestIssuer.CLIENT_SECRET, "/introspect"));
    }

    @Test
    void prometheus_requestsWithADecisionAndWithout_areAllCounted() throws Exception {
        contacts("read:contacts");
        get("/contacts");
        // Published, not decided: its observation has no key of ours.
        assertThat(get("/.well-known/oauth-protected-resource/contacts").statusCode())
                .isEqualTo(200);

        await().untilAsserted(() -> assertThat(scraped("http_server_requests_seconds_count"))
                .anyMatch(series -> series.contains("status=\"200\"") && series.contains("uri=\"/contacts\""))
                .anyMatch(series -> series.contains("status=\"401\""))
                .anyMatch(series -> series.contains("status=\"200\"") && !series.contains("uri=\"/contacts\""))
                .noneMatch(series -> series.contains("scopegate")));
        assertThat(scraped("scopegate_http_client_seconds_count"))
                .anyMatch(series -> series.contains("scopegate_purpose=\"introspection\""))
                .anyMatch(series -> series.contains("scopegate_purpose=\"keys\""))
                .allMatch(series -> series.contains("error_type=\"none\""))
                .noneMatch(series -> series.contains("localhost"));
        assertThat(scraped("scopegate_introspection_seconds_count")).isNotEmpty();
    }

    private static List<String> scraped(String meter) {
        return application
                .getBean(PrometheusMeterRegistry.class)
                .scrape()
                .lines()
                .filter(line -> line.startsWith(meter + "{"))
                .toList();
    }

    @Test
    void filter_order_afterTheOneThatObservesRequests() {
        FilterRegistrationBean<?> observing = application.getBeansOfType(FilterRegistrationBean.class).values().stream()
                .filter(registration -> registration.getFilter() instanceof ServerHttpObservationFilter)
                .findFirst()
                .orElseThrow();

        assertThat(observing.getOrder()).isLessThan(ScopegateAutoConfiguration.FILTER_ORDER);
    }

    /** With a tracer whose spans stay here, and Prometheus. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Spans spans() {
            return new Spans(InMemorySpanExporter.create());
        }

        @Bean
        SpanProcessor atOnce(Spans spans) {
            return SimpleSpanProcessor.create(spans.exporter);
        }

        @Bean
        Contacts contacts() {
            return new Contacts();
        }
    }

    /** Hides the exporter from Spring Boot, which would send each span to it a second time. */
    record Spans(InMemorySpanExporter exporter) {}

    @RestController
    static class Contacts {

        @GetMapping("/contacts")
        String list() {
            return "contacts";
        }
    }
}
