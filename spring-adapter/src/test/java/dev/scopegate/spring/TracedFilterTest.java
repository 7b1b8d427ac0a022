package dev.scopegate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.servlet.ScopegateFilter;
import dev.scopegate.test.TestIssuer;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** That the code of {@code docs/observability.md} is this, and that a trace goes through it without Spring Boot. */
class TracedFilterTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static final String AUDIENCE = "https://api.example.com/contacts";

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @Test
    void page_code_isThatOfTheFilter() throws IOException {
        String page = Files.readString(Path.of("../docs/observability.md"));
        String begin = "```java\n";
        assertThat(page).contains(begin);
        int from = page.indexOf(begin) + begin.length();

        assertThat(Files.readString(Path.of("src/test/java/dev/scopegate/spring/TracedFilter.java")))
                .endsWith(page.substring(from, page.indexOf("```", from)));
    }

    @Test
    void filter_tracedRequest_introspectionInTheSameTrace() throws Exception {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build()) {
            send(provider.get("test"));

            List<SpanData> ours = spans.getFinishedSpanItems().stream()
                    .filter(span -> span.getTraceId().equals(TRACE))
                    .toList();
            assertThat(ours)
                    .extracting(SpanData::getName)
                    .containsExactly("scopegate introspection", "http.server.requests");
            SpanData request = ours.get(1);
            assertThat(request.getAttributes().get(AttributeKey.stringKey("scopegate.outcome")))
                    .isEqualTo("accepted");
            assertThat(ours.get(0).getParentSpanId()).isEqualTo(request.getSpanId());
        }
    }

    private static void send(Tracer tracer) throws Exception {
        TracedFilter traced = new TracedFilter(
                new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {}),
                new OtelPropagator(ContextPropagators.create(W3CTraceContextPropagator.getInstance()), tracer));
        IssuerConfig issuer = IssuerConfig.builder(ISSUER.issuer())
                .introspection(IntrospectionConfig.basic(TestIssuer.CLIENT_ID, Secret.of(TestIssuer.CLIENT_SECRET)))
                .build();
        try (ResourceServer server = ResourceServer.builder()
                .resource(AUDIENCE)
                .issuer(issuer)
                .route("GET /contacts", "read:contacts")
                .http(HttpConfig.allowingInsecureLoopback())
                .observationRegistry(traced.observations())
                .build()) {
            await().until(() -> server.keySets().get(0).usable());
            String token = ISSUER.opaque(Map.of("aud", AUDIENCE, "scope", "read:contacts"));
            MockHttpServletRequest request = new MockHttpServletRequest("GET", "/contacts");
            request.setServletPath("/contacts");
            request.addHeader("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
            request.addHeader("Authorization", "Bearer " + token);

            new MockFilterChain(new HttpServlet() {}, traced, new ScopegateFilter(server))
                    .doFilter(request, new MockHttpServletResponse());
        }
    }
}
