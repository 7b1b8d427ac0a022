package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.ResourceServer;
import dev.scopegate.ResourceServerBuilder;
import dev.scopegate.config.ChallengeConfigBuilder;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.ScopegateConfig.CorsPreflight;
import dev.scopegate.model.Access;
import dev.scopegate.model.ProblemRenderer.Rendering;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets to read, from the filter down to the response. */
class WholeAnswerTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final String RESOURCE = "https://api.example.com/contacts";
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static ResourceServerBuilder server() {
        return ResourceServer.builder()
                .resource(RESOURCE)
                .issuer(ISSUER.issuer())
                .trustedProxies("10.0.0.1")
                .route("GET /contacts/**", "read:contacts")
                .route("DELETE /contacts/{id}", "delete:contacts")
                .route("GET /closed", Access.DENY)
                .http(HttpConfig.allowingInsecureLoopback());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @Requirement({"RFC6750 §3", "RFC9110 §11.6.1", "RFC9110 §15.5.2"})
    @CsvSource({
        "GET,    /contacts,  '',                401, realm scope resource_metadata",
        "GET,    /contacts,  Basic YTpi,        401, realm scope resource_metadata",
        "GET,    /contacts,  Bearer,            400, realm error error_description resource_metadata",
        "GET,    /contacts,  Bearer a b,        400, realm error error_description resource_metadata",
        "GET,    /contacts,  Bearer eyJ.e.y,    401, realm error error_description scope resource_metadata",
        "GET,    /contacts,  READER,            200, ''",
        "DELETE, /contacts/1, READER,           403, realm error error_description scope resource_metadata",
        "GET,    /closed,    '',                401, realm resource_metadata",
        "GET,    /closed,    READER,            403, realm resource_metadata",
        "GET,    /nowhere,   '',                401, realm resource_metadata",
        "GET,    /contacts;x, '',               400, ''",
    })
    void answer_credentials_statusAndOneChallenge(
            String method, String path, String authorization, int status, String parameters) throws Exception {
        String sent = authorization.equals("READER") ? reader() : authorization;
        SentRequest request = new SentRequest(method, path);
        try (ResourceServer server = warm(server())) {
            RecordedResponse response = answer(server, sent.isEmpty() ? request : request.with("Authorization", sent));

            assertThat(response.status()).as(response.toString()).isEqualTo(status);
            assertThat(response.values("WWW-Authenticate"))
                    .hasSize(parameters.isEmpty() ? 0 : 1)
                    .allMatch(challenge -> challenge.startsWith("Bearer realm=\"" + RESOURCE + "\""))
                    .allMatch(challenge -> List.of(challenge
                                    .replaceAll("=\"[^\"]*\"", "")
                                    .replaceFirst("Bearer ", "")
                                    .split(", "))
                            .equals(List.of(parameters.split(" "))));
            assertThat(response.values("Cache-Control")).isEqualTo(status == 200 ? List.of() : List.of("no-store"));
            assertThat(response.toString()).doesNotContain("evil.example");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "''               ! application/problem+json",
                "application/json ! application/json",
                "text/plain       ! text/plain;charset=utf-8",
                BROWSER + "       ! text/html;charset=utf-8",
            })
    void answer_accept_inThatFormatWithItsCorrelationId(String accept, String contentType) throws Exception {
        SentRequest request = new SentRequest("GET", "/contacts");
        try (ResourceServer server = server().build()) {
            RecordedResponse response = answer(server, accept.isEmpty() ? request : request.with("Accept", accept));

            assertThat(response.value("Content-Type")).isEqualTo(contentType);
            assertThat(response.value("Vary")).isEqualTo("Accept");
            assertThat(response.value("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.body()).containsPattern("[0-9a-f]{16}").doesNotContain("evil.example");
        }
    }

    @Test
    void answer_twoAcceptFields_readAsOne() throws Exception {
        try (ResourceServer server = server().build()) {
            assertThat(answer(
                                    server,
                                    new SentRequest("GET", "/contacts")
                                            .with("Accept", "application/json;q=0.1")
                                            .with("Accept", "text/plain"))
                            .value("Content-Type"))
                    .isEqualTo("text/plain;charset=utf-8");
        }
    }

    @ParameterizedTest
    @Requirement({"RFC9728 §3", "RFC9728 §3.2", "RFC9728 §3.3"})
    @ValueSource(strings = {"", "/contacts", "/contacts/", "/"})
    void metadata_withoutAToken_namesTheConfiguredResource(String suffix) throws Exception {
        try (ResourceServer server = server().build()) {
            RecordedResponse response = answer(server, spoofed(new SentRequest("GET", WELL_KNOWN + suffix)));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.value("Content-Type")).isEqualTo("application/json");
            assertThat(response.value("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(response.value("Cache-Control")).isEqualTo("public, max-age=300");
            assertThat(JSONObjectUtils.parse(response.body()))
                    .isEqualTo(Map.of(
                            "resource",
                            RESOURCE,
                            "authorization_servers",
                            List.of(ISSUER.issuer()),
                            "scopes_supported",
                            List.of("delete:contacts", "read:contacts"),
                            "bearer_methods_supported",
                            List.of("header")));
        }
    }

    @Test
    void metadata_preflight_answeredAndOtherMethodsJudged() throws Exception {
        try (ResourceServer server = server().corsPreflight(CorsPreflight.JUDGE).build()) {
            RecordedResponse asked = answer(
                    server,
                    new SentRequest("OPTIONS", WELL_KNOWN)
                            .with("Origin", "https://app.example.com")
                            .with("Access-Control-Request-Method", "GET")
                            .with("Access-Control-Request-Headers", "mcp-protocol-version"));

            assertThat(asked.status()).isEqualTo(204);
            assertThat(asked.value("Access-Control-Allow-Headers")).isEqualTo("*");
            assertThat(asked.body()).isEmpty();
            assertThat(answer(server, new SentRequest("OPTIONS", WELL_KNOWN)).status())
                    .isEqualTo(401);
            assertThat(answer(server, new SentRequest("POST", WELL_KNOWN)).status())
                    .isEqualTo(401);
            assertThat(answer(server, new SentRequest("GET", WELL_KNOWN + "/other"))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void metadata_switchedOff_neitherServedNorNamed() throws Exception {
        try (ResourceServer server = server().challenge(
                        ChallengeConfigBuilder.builder().metadata(false).build())
                .build()) {
            assertThat(answer(server, new SentRequest("GET", WELL_KNOWN)).status())
                    .isEqualTo(401);
            assertThat(answer(server, new SentRequest("GET", "/contacts")).value("WWW-Authenticate"))
                    .doesNotContain("resource_metadata");
        }
    }

    @ParameterizedTest(name = "from {0} below ''{1}''")
    @Requirement("RFC9728 §5.1")
    @CsvSource({
        "192.0.2.1, '',   https://api.example.com/.well-known/oauth-protected-resource/contacts",
        "192.0.2.1, /app, https://api.example.com/app/.well-known/oauth-protected-resource",
        "10.0.0.1,  '',   https://shop.example/.well-known/oauth-protected-resource/contacts",
        "10.0.0.1,  /app, https://shop.example/app/.well-known/oauth-protected-resource",
    })
    void challenge_forwardedFields_countFromATrustedProxyAlone(String peer, String context, String url)
            throws Exception {
        try (ResourceServer server = server().build()) {
            RecordedResponse response = answer(
                    server,
                    new SentRequest("GET", "/contacts")
                            .from(peer)
                            .below(context)
                            .with("X-Forwarded-Proto", "http, https")
                            .with("X-Forwarded-Host", "evil.example, shop.example"));

            assertThat(response.value("WWW-Authenticate")).endsWith("resource_metadata=\"" + url + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\", error=\"insufficient_scope",
                "evil.example/..",
                "a@evil.example",
                "[::::]",
                "evil.example\r\nX: y"
            })
    void challenge_hostileHostFromATrustedProxy_notRepeated(String host) throws Exception {
        try (ResourceServer server = server().build()) {
            RecordedResponse response = answer(
                    server,
                    new SentRequest("GET", "/contacts")
                            .from("10.0.0.1")
                            .with("X-Forwarded-Proto", "https")
                            .with("X-Forwarded-Host", host));

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.value("WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"" + RESOURCE + "\", scope=\"read:contacts\","
                            + " resource_metadata=\"https://api.example.com" + WELL_KNOWN + "/contacts\"");
        }
    }

    @Test
    void challenge_resourceThatIsNoUrl_documentUnderOurOwnAddress() throws Exception {
        try (ResourceServer server = server().resource("urn:example:contacts")
                .externalUrl("https://api.example.com/")
                .build()) {
            assertThat(answer(server, new SentRequest("GET", "/contacts")).value("WWW-Authenticate"))
                    .endsWith("resource_metadata=\"https://api.example.com" + WELL_KNOWN + "\"");
            assertThat(answer(server, new SentRequest("GET", WELL_KNOWN)).body())
                    .contains("\"resource\":\"urn:example:contacts\"");
        }
    }

    @Test
    void renderer_ofTheApplication_seesAcceptAndWritesTheBody() throws Exception {
        try (ResourceServer server = server().problemRenderer((problem, accept) -> accept.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Rendering(
                                "application/vnd.example+json",
                                "{\"code\":\"" + problem.reason().code() + "\"}")))
                .build()) {
            RecordedResponse own = answer(server, new SentRequest("GET", "/contacts").with("Accept", "*/*"));

            assertThat(own.value("Content-Type")).isEqualTo("application/vnd.example+json");
            assertThat(own.body()).isEqualTo("{\"code\":\"credentials-absent\"}");
            assertThat(own.status()).isEqualTo(401);
            assertThat(answer(server, new SentRequest("GET", "/contacts")).value("Content-Type"))
                    .isEqualTo("application/problem+json");
        }
    }

    private static SentRequest spoofed(SentRequest request) {
        return request.with("X-Forwarded-Host", "evil.example")
                .with("X-Forwarded-Proto", "http")
                .with("Forwarded", "proto=http;host=evil.example");
    }

    private static String reader() {
        return "Bearer "
                + ISSUER.token().audience(RESOURCE).scope("read:contacts").sign();
    }

    /** A server that has its keys. */
    private static ResourceServer warm(ResourceServerBuilder builder) {
        ResourceServer server = builder.build();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> answer(server, new SentRequest("GET", "/contacts").with("Authorization", reader()))
                                .status()
                        != 503);
        return server;
    }

    private static RecordedResponse answer(ResourceServer server, SentRequest request)
            throws IOException, ServletException {
        RecordedResponse recorded = new RecordedResponse(false);
        new ScopegateFilter(server).doFilter(request.request(), recorded.response(), (passed, response) -> {});
        return recorded;
    }
}
