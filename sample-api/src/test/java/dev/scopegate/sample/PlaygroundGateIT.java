package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets at the playground and at the endpoints that its page calls: this machine's own names, and the page's origin. */
@ExtendWith(RunningSample.class)
class PlaygroundGateIT {

    private final Sample sample;

    private final Http http = new Http();

    PlaygroundGateIT(Sample sample) {
        this.sample = sample;
    }

    @Test
    void host_ownName_200() throws IOException {
        assertThat(raw("/playground/setup", "localhost:" + sample.api().getPort()))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"attacker.example", "attacker.example:PORT", "localhost:1", "localhost.attacker.example:PORT"})
    void host_foreignNameThatResolvesHere_421(String host) throws IOException {
        String name = host.replace("PORT", "" + sample.api().getPort());

        assertThat(raw("/playground/setup", name)).startsWith("HTTP/1.1 421").doesNotContain("attacker");
        assertThat(raw("/", name)).startsWith("HTTP/1.1 421");
        assertThat(raw("/actuator/scopegate", name)).startsWith("HTTP/1.1 421");
    }

    @Test
    void page_byAddress_redirectedToTheNameThatTheServerKnows() throws IOException {
        assertThat(raw("/", "127.0.0.1:" + sample.api().getPort()))
                .startsWith("HTTP/1.1 302")
                .contains("Location: " + sample.api() + "/");
    }

    @Test
    void files_servedWithAStrictPolicy_andAskedAboutEachTime() {
        HttpResponse<String> file = http.get(page("/playground/probe.txt"));

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(header(file, "Content-Security-Policy"))
                .contains(
                        "default-src 'none'",
                        "script-src 'self';",
                        "style-src 'self';",
                        "connect-src 'self' " + sample.authorizationServer() + ";",
                        "frame-ancestors 'none'",
                        "base-uri 'none'",
                        "form-action 'none'")
                .doesNotContain("unsafe");
        assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(file, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(file, "Cache-Control")).isEqualTo("no-cache");
        assertThat(http.get(page("/playground/probe.txt"), "If-None-Match", header(file, "ETag"))
                        .statusCode())
                .isEqualTo(304);
        assertThat(http.get(page("/playground/probe.txt"), "If-None-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/playground/missing.js", "/playground/../application.yaml", "/playground/static/probe.txt"})
    void files_notOfThePage_notServed(String path) throws IOException {
        assertThat(raw(path, "localhost:" + sample.api().getPort())).containsPattern("^HTTP/1.1 40[04]");
    }

    @Test
    void files_lookOfBothServers_isOneSheet() {
        HttpResponse<String> ours = http.get(page("/playground/look.css"));
        HttpResponse<String> theirs = http.get(sample.authorizationServer().resolve("/look.css"));

        assertThat(ours.statusCode()).isEqualTo(200);
        assertThat(theirs.statusCode()).isEqualTo(200);
        assertThat(header(ours, "Content-Type")).startsWith("text/css");
        assertThat(header(theirs, "Content-Type")).startsWith("text/css");
        assertThat(theirs.body()).contains("--paper").isEqualTo(ours.body());
    }

    @Test
    void actuator_metersOfTheApi_andNothingElse() {
        assertThat(http.get(page("/contacts")).statusCode()).isEqualTo(401);

        assertThat(http.get(page("/actuator/prometheus")).body())
                .contains("scopegate_requests_seconds_count{")
                .contains("route=\"GET /contacts\"");
        assertThat(http.get(page("/actuator/scopegate")).body())
                .contains("DELETE /contacts/{id}")
                .doesNotContain("api-secret");
        assertThat(http.get(page("/actuator/health")).statusCode()).isEqualTo(200);
        assertThat(http.get(page("/actuator/env")).statusCode()).isEqualTo(401);
        assertThat(http.get(sample.authorizationServer().resolve("/actuator/health"))
                        .statusCode())
                .isNotEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/token",
                "/oauth2/revoke",
                "/oauth2/device_authorization",
                "/oauth2/jwks",
                "/.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration"
            })
    void authorizationServer_scriptOfThePage_mayCall_ofAnotherOriginMayNot(String path) {
        HttpResponse<String> allowed = preflight(path, sample.api().toString());
        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(header(allowed, "Access-Control-Allow-Origin"))
                .isEqualTo(sample.api().toString());
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();

        HttpResponse<String> refused = preflight(path, "https://attacker.example");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/authorize",
                "/oauth2/device_verification",
                "/oauth2/introspect",
                "/activate",
                "/login",
                "/consent",
                "/"
            })
    void authorizationServer_otherEndpoints_notEvenForThePage(String path) {
        HttpResponse<String> answer = preflight(path, sample.api().toString());

        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void api_callsNoOriginItsOwn() {
        HttpResponse<String> answer = http.get(page("/contacts"), "Origin", "https://attacker.example");

        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private HttpResponse<String> preflight(String path, String origin) {
        return http.send(HttpRequest.newBuilder(sample.authorizationServer().resolve(path))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", path.startsWith("/oauth2/") ? "POST" : "GET"));
    }

    /** With a Host of one's own, and a path that no client tidied up. */
    private String raw(String path, String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), sample.api().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private URI page(String path) {
        return sample.api().resolve(path);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
