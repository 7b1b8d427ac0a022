package dev.scopegate.servlet;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.matrix.ApiAnswer;
import dev.scopegate.test.matrix.ApiRequest;
import dev.scopegate.test.matrix.HostileCase;
import dev.scopegate.test.matrix.HostileMatrix;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The matrix that users run against their own API, against the filter alone. */
class HostileMatrixTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final ResourceServer SERVER = ResourceServer.builder()
            .resource("https://api.example.com/contacts")
            .issuer(ISSUER.issuer())
            .route("GET /contacts/**", "read:contacts")
            .http(HttpConfig.allowingInsecureLoopback())
            .build();

    private final ScopegateFilter filter = new ScopegateFilter(SERVER);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @HostileMatrix(route = "GET /contacts", scopes = "read:contacts")
    void contacts_caseOfTheMatrix_answeredAsItHasToBe(HostileCase each) throws Exception {
        each.judge(this::send, ISSUER);
    }

    private ApiAnswer send(ApiRequest sent) throws IOException, ServletException {
        String path = sent.target().split("\\?", 2)[0];
        SentRequest request = new SentRequest(sent.method(), path);
        sent.fields().forEach(field -> request.with(field.name(), field.value()));
        RecordedResponse response = new RecordedResponse(false);
        AtomicBoolean handled = new AtomicBoolean();
        filter.doFilter(request.request(), response.response(), (behind, answer) -> handled.set(true));
        Map<String, List<String>> fields = Stream.of("WWW-Authenticate", "Retry-After")
                .filter(Predicate.not(name -> response.values(name).isEmpty()))
                .collect(Collectors.toMap(name -> name, response::values));
        return new ApiAnswer(response.status(), fields, handled.get());
    }
}
