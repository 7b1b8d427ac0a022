package dev.scopegate.introspection;

import static dev.scopegate.introspection.http.RawServer.waitForHangUp;
import static dev.scopegate.introspection.http.RawServer.write;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.http.RawServer;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that break, stall, flood, redirect or lie. Each time: no verdict, in time, and nothing told that is secret. */
@Timeout(30)
class HostileEndpointIT {

    private static final String TOKEN = "t0ken-that-nobody-may-see";
    private static final String SECRET = "s3cret:%+é";

    private static IntrospectionClient client(RawServer server) {
        return client(server.uri("/introspect"), Duration.ofSeconds(10));
    }

    private static IntrospectionClient client(URI endpoint, Duration timeout) {
        return IntrospectionClient.builder(endpoint, new ClientSecretBasic("contacts-api", SECRET))
                .timeout(timeout)
                .build();
    }

    private static String answer(String status, String contentType, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    private static IntrospectionException failure(IntrospectionClient client) {
        Throwable failure = catchThrowable(() -> client.introspect(TOKEN));
        assertThat(failure).isInstanceOf(IntrospectionException.class);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(TOKEN, "s3cret");
        }
        return (IntrospectionException) failure;
    }

    @Test
    @Requirement({"RFC7662 §2.1", "RFC6749 §2.3.1"})
    void introspect_oddTokenAndSecret_arriveLiterally() throws Exception {
        String odd = "a&active=true+%25%=/~é\u0000\"";
        try (RawServer server = RawServer.answering(answer("200 OK", "application/json", "{\"active\":false}"));
                IntrospectionClient client = client(server)) {
            client.introspect(odd);

            String request = server.requests().get(0);
            assertThat(request).startsWith("POST /introspect HTTP/1.1\r\n");
            String[] fields = request.substring(request.indexOf("\r\n\r\n") + 4).split("&", -1);
            assertThat(fields).hasSize(2);
            assertThat(fields[0]).startsWith("token=");
            assertThat(URLDecoder.decode(fields[0].substring(6), UTF_8)).isEqualTo(odd);
            assertThat(fields[1]).isEqualTo("token_type_hint=access_token");
            assertThat(request).containsIgnoringCase("\r\nAccept: application/json\r\n");

            Matcher basic =
                    Pattern.compile("(?i)\r\nAuthorization: Basic (\\S+)\r\n").matcher(request);
            assertThat(basic.find()).isTrue();
            String[] pair = new String(Base64.getDecoder().decode(basic.group(1)), US_ASCII).split(":", -1);
            assertThat(pair).hasSize(2);
            assertThat(URLDecoder.decode(pair[0], UTF_8)).isEqualTo("contacts-api");
            assertThat(URLDecoder.decode(pair[1], UTF_8)).isEqualTo(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"302 Found", "307 Temporary Redirect", "308 Permanent Redirect"})
    void introspect_redirectToAnotherHost_nothingReachesIt(String status) throws Exception {
        try (RawServer second = RawServer.answering(answer("200 OK", "application/json", "{\"active\":true}"));
                RawServer first = RawServer.answering("HTTP/1.1 " + status + "\r\nLocation: "
                        + second.uri("/introspect") + "\r\nContent-Length: 0\r\n\r\n");
                IntrospectionClient client = client(first)) {
            assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
            assertThat(second.requests()).isEmpty();
            assertThat(first.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @Requirement("RFC7662 §2.2")
    @CsvSource(
            delimiter = '!',
            value = {
                "200 OK         ! text/html                           ! <html>t0ken-that-nobody-may-see</html>",
                "200 OK         ! application/json                    ! ''",
                "204 No Content ! application/json                    ! ''",
                "200 OK         ! application/json                    ! [true]",
                "200 OK         ! application/json                    ! {\"active\":true",
                "200 OK         ! application/json                    ! {\"active\":true} x",
                "200 OK         ! application/token-introspection+jwt ! eyJ.eyJ.x",
            })
    void introspect_answerThatIsNone_malformedEachTimeAndWarnedOfOnce(String status, String type, String body)
            throws Exception {
        try (Logs logs = new Logs();
                RawServer server = RawServer.answering(answer(status, type, body));
                IntrospectionClient client = client(server)) {
            for (int i = 0; i < 3; i++) {
                assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
            }

            assertThat(server.requests()).hasSize(3);
            assertThat(logs.warnings()).isEqualTo(1);
            assertThat(logs.text()).doesNotContain(TOKEN, "s3cret", "<html>", "alice");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 Unauthorized", "403 Forbidden"})
    void introspect_ownCredentialsRefused_saidSoOnceWithoutTheSecret(String status) throws Exception {
        try (Logs logs = new Logs();
                RawServer server = RawServer.answering(answer(status, "application/json", "{\"error\":\"s3cret\"}"));
                IntrospectionClient client = client(server)) {
            for (int i = 0; i < 3; i++) {
                assertThat(failure(client).kind()).isEqualTo(Kind.REFUSED_CLIENT);
            }

            assertThat(server.requests()).hasSize(3);
            assertThat(logs.warnings()).isEqualTo(1);
            assertThat(logs.text()).doesNotContain(TOKEN, "s3cret");
        }
    }

    @Test
    void introspect_tooManyRequests_carriesRetryAfterOn() throws Exception {
        try (RawServer server = RawServer.answering(
                        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n");
                IntrospectionClient client = client(server)) {
            IntrospectionException failure = failure(client);

            assertThat(failure.kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
        }
    }

    @Test
    void introspect_serverErrors_unavailableAndQuiet() throws Exception {
        try (Logs logs = new Logs();
                RawServer server = RawServer.answering(answer("500 Oops", "text/plain", "stack trace"));
                IntrospectionClient client = client(server)) {
            assertThat(failure(client).kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
            assertThat(failure(client).retryAfter()).isEmpty();
            assertThat(logs.warnings()).isZero();
        }
    }

    @Test
    void introspect_answerCutOff_unavailable() throws Exception {
        try (RawServer server = RawServer.answering(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"active\":true}");
                IntrospectionClient client = client(server)) {
            assertThat(failure(client).kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
        }
    }

    @Test
    void introspect_nobodyListens_unavailable() throws Exception {
        URI nowhere;
        try (ServerSocket closed = new ServerSocket(0)) {
            nowhere = URI.create("http://localhost:" + closed.getLocalPort() + "/");
        }
        try (IntrospectionClient client = client(nowhere, Duration.ofSeconds(10))) {
            assertThat(failure(client).kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
        }
    }

    @Test
    void introspect_answerInDrops_timesOutAsAWhole() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {
                    write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{");
                    waitForHangUp(in);
                });
                IntrospectionClient client = client(server.uri("/"), Duration.ofMillis(300))) {
            long startedAt = System.nanoTime();

            assertThat(failure(client).kind()).isEqualTo(Kind.TIMEOUT);

            assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(5));
            server.hungUp().get(10, SECONDS);
        }
    }

    @Test
    void introspect_fiftyMegabytes_refused() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {
                    write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 52428800\r\n\r\n");
                    for (int i = 0; i < 52_428_800 / 1024; i++) {
                        write(out, " ".repeat(1024));
                    }
                });
                IntrospectionClient client = client(server)) {
            assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
            server.hungUp().get(10, SECONDS);
        }
    }

    @Test
    void introspect_chunksWithoutEnd_refused() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {
                    write(
                            out,
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
                    while (true) {
                        write(out, "400\r\n" + " ".repeat(1024) + "\r\n");
                    }
                });
                IntrospectionClient client = client(server)) {
            assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
            server.hungUp().get(10, SECONDS);
        }
    }

    @Test
    void introspect_compressedAnswer_refused() throws Exception {
        try (RawServer server = RawServer.answering(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nzip");
                IntrospectionClient client = client(server)) {
            assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
        }
    }

    @Test
    void introspect_connectionLostOnce_askedAgain() throws Exception {
        try (RawServer server = RawServer.running(
                        (in, out) -> {},
                        (in, out) -> write(out, answer("200 OK", "application/json", "{\"active\":true}")));
                IntrospectionClient client = client(server)) {
            assertThat(client.introspect(TOKEN)).isInstanceOf(Active.class);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void introspect_goodAnswer_leavesNoTraceInTheLog() throws IOException {
        try (Logs logs = new Logs();
                RawServer server = RawServer.answering(
                        answer("200 OK", "application/json", "{\"active\":true,\"sub\":\"alice\"}"));
                IntrospectionClient client = client(server)) {
            assertThat(client.introspect(TOKEN).toString()).doesNotContain("alice");
            assertThat(logs.text()).doesNotContain(TOKEN, "s3cret", "alice");
        }
    }
}
