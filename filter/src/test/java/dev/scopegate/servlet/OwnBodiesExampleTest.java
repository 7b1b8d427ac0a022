package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.ResourceServer;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.model.Problem;
import dev.scopegate.model.ProblemRenderer.Rendering;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example of the documentation: bodies in the application's own format. */
class OwnBodiesExampleTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static ResourceServer server(String issuer) {
        // @start region="server"
        return ResourceServer.builder()
                .resource("https://api.example.com/contacts")
                .issuer(issuer)
                .route("GET /contacts/**", "read:contacts")
                .http(HttpConfig.allowingInsecureLoopback()) // plain HTTP to this machine is fine
                .problemRenderer(OwnBodiesExampleTest::render)
                .build();
        // @end
    }

    // @start region="renderer"
    private static Optional<Rendering> render(Problem problem, String accept) {
        if (!accept.contains("application/vnd.api+json")) {
            return Optional.empty(); // the default
        }
        String body = """
                {"errors":[{"id":"%s","status":"%d","code":"%s","title":"%s","detail":"%s"}]}""".formatted(
                problem.correlationId(), problem.status(), problem.reason().code(), problem.title(), problem.detail());
        return Optional.of(new Rendering("application/vnd.api+json", body));
    }
    // @end

    @Test
    void example_acceptNamesItsFormat_bodyInThatFormat() throws Exception {
        RecordedResponse response = answer("application/vnd.api+json");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.value("Content-Type")).isEqualTo("application/vnd.api+json");
        assertThat(response.value("WWW-Authenticate")).startsWith("Bearer realm=");
        assertThat(JSONObjectUtils.parse(response.body())).containsOnlyKeys("errors");
        assertThat(response.body())
                .matches(
                        "\\{\"errors\":\\[\\{\"id\":\"[0-9a-f]{16}\",\"status\":\"401\",\"code\":\"credentials-absent\","
                                + "\"title\":\"Unauthorized\",\"detail\":\"An access token is needed\"}]}");
    }

    @Test
    void example_acceptNamesAnother_defaultBody() throws Exception {
        assertThat(answer("application/json").value("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void document_codeBlocks_areTheRegionsThatAreCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/scopegate/servlet/OwnBodiesExampleTest.java"));
        String document = Files.readString(Path.of("../docs/challenges.md"));

        for (String region : List.of("server", "renderer")) {
            String start = "// @start region=\"" + region + "\"\n";
            int from = source.indexOf(start) + start.length();
            String code = source.substring(source.lastIndexOf('\n', from - 1) + 1, source.indexOf("// @end", from))
                    .stripTrailing()
                    .stripIndent()
                    .strip();
            assertThat(document).contains("```java\n" + code + "\n```\n");
        }
    }

    private static RecordedResponse answer(String accept) throws Exception {
        RecordedResponse recorded = new RecordedResponse(false);
        try (ResourceServer server = server(ISSUER.issuer())) {
            new ScopegateFilter(server)
                    .doFilter(
                            new SentRequest("GET", "/contacts")
                                    .with("Accept", accept)
                                    .request(),
                            recorded.response(),
                            (passed, response) -> {});
        }
        return recorded;
    }
}
