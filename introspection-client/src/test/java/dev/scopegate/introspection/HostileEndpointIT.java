package dev.scopegate.introspection;

import static dev.scopegate.introspection.http.RawServer.resetting;
import static dev.scopegate.introspection.http.RawServer.waitForHangUp;
import static dev.scopegate.introspection.http.RawServer.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.http.RawServer;
import dev.scopegate.introspection.http.RawServer.Script;
import dev.scopegate.test.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that break, stall, flood, redirect or lie. Each time: no verdict, in time, and nothing told that is secret. */
@Timeout(30)
class HostileEndpointIT {

    private static final String TOKEN = "t0ken-that-nobody-may-see";
    private static final String SECRET = "s3cret:%+é";
    private static final String ACTIVE = "{\"active\":true,\"sub\":\"alice\"}";
    private static final String INACTIVE = "{\"active\":false}";
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    /** An endpoint that misbehaves, and what comes of it. */
    private record Hostile(String name, Kind kind, int calls, Duration timeout, Script script) {

        static Hostile refused(String name, String answer) {
            return new Hostile(name, Kind.MALFORMED_ANSWER, 1, PATIENT, (in, out) -> write(out, answer));
        }

        static Hostile refused(String name, byte[] answer) {
            return refused(name, new String(answer, ISO_8859_1));
        }

        static Hostile flooding(String name, Script script) {
            return new Hostile(name, Kind.MALFORMED_ANSWER, 1, PATIENT, script);
        }

        static Hostile broken(String name, int calls, Script script) {
            return new Hostile(name, Kind.ENDPOINT_UNAVAILABLE, calls, PATIENT, script);
        }

        static Hostile stalling(String name, Script script) {
            return new Hostile(name, Kind.TIMEOUT, 1, IMPATIENT, script);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static IntrospectionClient client(URI endpoint, Duration timeout) {
        return IntrospectionClient.builder(endpoint, new ClientSecretBasic("contacts-api", SECRET))
                .timeout(timeout)
                .build();
    }

    private static String json(String status, String body, String... fields) {
        return answer(status, body, Stream.concat(Stream.of("Content-Type: application/json"), Arrays.stream(fields)));
    }

    private static String answer(String status, String body, Stream<String> fields) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        return head + "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    private static String raw(String fields, String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + fields + "\r\n\r\n" + body;
    }

    private static byte[] zipped(byte[] plain) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return zipped.toByteArray();
    }

    private static byte[] encoded(String encoding, byte[] body) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(raw("Content-Encoding: " + encoding + "\r\nContent-Length: " + body.length, "")
                .getBytes(ISO_8859_1));
        answer.writeBytes(body);
        return answer.toByteArray();
    }

    /** S10, A136: answers that are none. */
    static Stream<Hostile> answersThatAreNone() {
        String signed = "application/token-introspection+jwt";
        return Stream.of(
                Hostile.refused("HTML", answer("200 OK", "<html>" + TOKEN, Stream.of("Content-Type: text/html"))),
                Hostile.refused(
                        "JSON that is called HTML", answer("200 OK", ACTIVE, Stream.of("Content-Type: text/html"))),
                Hostile.refused("JSON that is called nothing", answer("200 OK", ACTIVE, Stream.of())),
                Hostile.refused("JSON that is called two things", json("200 OK", ACTIVE, "Content-Type: text/html")),
                Hostile.refused(
                        "signed, though not configured",
                        answer("200 OK", "eyJ.eyJ.x", Stream.of("Content-Type: " + signed))),
                Hostile.refused("empty", json("200 OK", "")),
                Hostile.refused("204", "HTTP/1.1 204 No Content\r\n\r\n"),
                Hostile.refused("201", json("201 Created", ACTIVE)),
                Hostile.refused("206", json("206 Partial Content", ACTIVE)),
                Hostile.refused("400", json("400 Bad Request", "{\"error\":\"s3cret\"}")),
                Hostile.refused("404", json("404 Not Found", ACTIVE)),
                Hostile.refused("JSON array", json("200 OK", "[" + ACTIVE + "]")),
                Hostile.refused("truncated JSON", json("200 OK", "{\"active\":true")),
                Hostile.refused("trailing garbage", json("200 OK", ACTIVE + " x")),
                Hostile.refused("two objects", json("200 OK", INACTIVE + ACTIVE)),
                Hostile.refused("duplicates", json("200 OK", "{\"active\":false,\"active\":true}")),
                Hostile.refused("not UTF-8", raw("Content-Length: 25", "{\"active\":true,\"sub\":\"\u00e9\"}")),
                Hostile.refused("Content-Length too short", raw("Content-Length: 9", ACTIVE)),
                Hostile.refused(
                        "two Content-Lengths that differ", raw("Content-Length: 29\r\nContent-Length: 9", ACTIVE)),
                Hostile.refused(
                        "Content-Length and chunks",
                        raw("Transfer-Encoding: chunked\r\nContent-Length: 29", "1d\r\n" + ACTIVE + "\r\n0\r\n\r\n")),
                Hostile.refused("no proper HTTP", "HTTP/1.1 2OO <script>" + TOKEN + "</script>\r\n\r\n"));
    }

    /** S10, A137: answers without measure. */
    static Stream<Hostile> answersWithoutMeasure() {
        byte[] bomb = zipped(zipped(new byte[10_000_000]));
        byte[] good = zipped(ACTIVE.getBytes(UTF_8));
        return Stream.of(
                Hostile.refused("gzip", encoded("gzip", good)),
                Hostile.refused("gzip by its old name", encoded("x-gzip", good)),
                Hostile.refused("gzip inside gzip", encoded("gzip, gzip", bomb)),
                Hostile.refused("gzip that is not said to be gzip", encoded("identity", good)),
                Hostile.refused("truncated gzip", encoded("gzip", Arrays.copyOf(good, good.length / 2))),
                Hostile.refused("an encoding nobody knows", encoded("zstd", ACTIVE.getBytes(UTF_8))),
                Hostile.refused("256 KiB and a byte", json("200 OK", filled(262_145))),
                Hostile.refused(
                        "256 KiB and a byte in a chunk",
                        raw("Transfer-Encoding: chunked", "40001\r\n" + filled(262_145) + "\r\n0\r\n\r\n")),
                Hostile.flooding("50 MB", (in, out) -> {
                    write(out, raw("Content-Length: 52428800", ""));
                    for (int i = 0; i < 52_428_800 / 1024; i++) {
                        write(out, " ".repeat(1024));
                    }
                }),
                Hostile.flooding("endless chunks", (in, out) -> {
                    write(out, raw("Transfer-Encoding: chunked", ""));
                    while (true) {
                        write(out, "400\r\n" + " ".repeat(1024) + "\r\n");
                    }
                }),
                Hostile.flooding("endless, without any length", (in, out) -> {
                    write(out, raw("Connection: close", ""));
                    while (true) {
                        write(out, " ".repeat(1024));
                    }
                }));
    }

    private static String filled(int bytes) {
        return ACTIVE + " ".repeat(bytes - ACTIVE.length());
    }

    /** F18, and endpoints in trouble. */
    static Stream<Hostile> brokenEndpoints() {
        return Stream.of(
                broken("500 Internal Server Error"),
                broken("502 Bad Gateway"),
                broken("503 Service Unavailable"),
                broken("504 Gateway Timeout"),
                broken("429 Too Many Requests"),
                Hostile.broken("closed without a byte", 2, (in, out) -> {}),
                Hostile.broken("reset without a byte", 2, resetting("")),
                Hostile.broken("closed within the head", 1, (in, out) -> write(out, "HTTP/1.1 200 OK\r\nContent-Ty")),
                Hostile.broken(
                        "half a body, then closed",
                        1,
                        (in, out) -> write(out, raw("Content-Length: 29", ACTIVE.substring(0, 14)))),
                Hostile.broken(
                        "Content-Length too long", 1, (in, out) -> write(out, raw("Content-Length: 100", ACTIVE))),
                Hostile.broken(
                        "closed within a chunk",
                        1,
                        (in, out) -> write(out, raw("Transfer-Encoding: chunked", "1d\r\n{\"active\""))),
                Hostile.broken(
                        "closed before the last chunk",
                        1,
                        (in, out) -> write(out, raw("Transfer-Encoding: chunked", "1d\r\n" + ACTIVE + "\r\n"))));
    }

    private static Hostile broken(String status) {
        return Hostile.broken(status, 1, (in, out) -> write(out, json(status, ACTIVE)));
    }

    static Stream<Hostile> stallingEndpoints() {
        return Stream.of(
                Hostile.stalling("silence", (in, out) -> waitForHangUp(in)),
                Hostile.stalling("a head, then silence", (in, out) -> {
                    write(out, raw("Content-Length: 29", ""));
                    waitForHangUp(in);
                }),
                Hostile.stalling("all but the last byte, then silence", (in, out) -> {
                    write(out, raw("Content-Length: 29", ACTIVE.substring(0, 28)));
                    waitForHangUp(in);
                }),
                Hostile.stalling("a body in drops", (in, out) -> {
                    write(out, raw("Content-Length: 100000", ACTIVE));
                    drip(() -> write(out, " "));
                }),
                Hostile.stalling("a head in drops", (in, out) -> {
                    write(out, "HTTP/1.1 200 OK\r\nX-Drops: ");
                    drip(() -> write(out, "x"));
                }));
    }

    private interface Drop {
        void fall() throws IOException;
    }

    /** Ten bytes a second: slow enough to outlast any deadline here, and no two bytes so far apart that silence would. */
    private static void drip(Drop drop) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!never.await(100, TimeUnit.MILLISECONDS)) {
                drop.fall();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource({"answersThatAreNone", "answersWithoutMeasure", "brokenEndpoints", "stallingEndpoints"})
    @DisplayName("A136, A137, F18: no verdict, in time, at the cost of one call, and nothing is kept or told")
    void introspect_hostileEndpoint_noVerdictInTimeAndNothingKept(Hostile hostile) throws Exception {
        try (Logs logs = new Logs();
                RawServer server = RawServer.running(hostile.script());
                IntrospectionClient client = client(server.uri("/introspect"), hostile.timeout())) {
            long startedAt = System.nanoTime();

            assertThat(failure(client).kind()).isEqualTo(hostile.kind());

            assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(8));
            // A second may be over before the request is sent, on a busy machine.
            assertThat(server.requests())
                    .hasSizeBetween(hostile.kind() == Kind.TIMEOUT ? 0 : hostile.calls(), hostile.calls());
            assertThat(client.keptAnswers()).isZero();
            assertThat(logs.text()).doesNotContain(TOKEN, "s3cret", "alice", "<html>", "<script>");
            assertThat(logs.warnings()).isEqualTo(hostile.kind() == Kind.MALFORMED_ANSWER ? 1 : 0);
        }
    }

    @ParameterizedTest
    @MethodSource("answersThatAreNone")
    void introspect_answerThatIsNoneAgain_askedEachTimeAndWarnedOfOnce(Hostile hostile) throws Exception {
        try (Logs logs = new Logs();
                RawServer server = RawServer.running(hostile.script());
                IntrospectionClient client = client(server.uri("/introspect"), PATIENT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
            }

            assertThat(server.requests()).hasSize(3);
            assertThat(logs.warnings()).isEqualTo(1);
        }
    }

    private static IntrospectionException failure(IntrospectionClient client) {
        Throwable failure = catchThrowable(() -> client.introspect(TOKEN));
        assertThat(failure).isInstanceOf(IntrospectionException.class);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(TOKEN, "s3cret", "<html>", "<script>");
        }
        return (IntrospectionException) failure;
    }

    @Test
    void introspect_answerOfJust256KiB_read() throws Exception {
        try (RawServer server = RawServer.answering(json("200 OK", filled(262_144)));
                IntrospectionClient client = client(server.uri("/introspect"), PATIENT)) {
            assertThat(client.introspect(TOKEN)).isInstanceOf(Active.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"true\"", "\"false\"", "1", "0", "[true]", "{}", "null", "\"\"", "{\"active\":true}", "missing"
            })
    @DisplayName("A128: whatever is not the boolean true is a no, and said so once")
    void introspect_activeThatIsNoBoolean_inactiveAndWarnedOfOnce(String value) throws Exception {
        String body = value.equals("missing") ? "{\"sub\":\"alice\"}" : "{\"active\":" + value + "}";
        try (Logs logs = new Logs();
                RawServer server = RawServer.answering(json("200 OK", body));
                IntrospectionClient client = client(server.uri("/introspect"), PATIENT)) {
            for (String token : new String[] {"one", "two", "three"}) {
                assertThat(client.introspect(token)).isEqualTo(new Inactive());
            }

            assertThat(server.requests()).hasSize(3);
            assertThat(logs.warnings()).isEqualTo(1);
            assertThat(logs.text()).doesNotContain("alice", "s3cret");
        }
    }

    @ParameterizedTest
    @DisplayName("A135: neither token nor secret go where a redirect points")
    @ValueSource(
            strings = {
                "301 Moved Permanently",
                "302 Found",
                "303 See Other",
                "307 Temporary Redirect",
                "308 Permanent Redirect"
            })
    void introspect_redirectToAnotherHost_nothingReachesIt(String status) throws Exception {
        try (RawServer second = RawServer.answering(json("200 OK", ACTIVE));
                RawServer first = RawServer.answering(json(status, ACTIVE, "Location: " + second.uri("/introspect")));
                IntrospectionClient client = client(first.uri("/introspect"), PATIENT)) {
            assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
            assertThat(second.connections()).isZero();
            assertThat(first.requests()).hasSize(1);
            assertThat(client.keptAnswers()).isZero();
        }
    }

    @ParameterizedTest
    @DisplayName("A134: our own credentials are refused")
    @Requirement("RFC7662 §2.3")
    @ValueSource(strings = {"401 Unauthorized", "403 Forbidden"})
    void introspect_ownCredentialsRefused_saidSoOnceWithoutTheSecret(String status) throws Exception {
        try (Logs logs = new Logs();
                RawServer server = RawServer.answering(json(status, "{\"active\":false,\"error\":\"s3cret\"}"));
                IntrospectionClient client = client(server.uri("/introspect"), PATIENT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(failure(client).kind()).isEqualTo(Kind.REFUSED_CLIENT);
            }

            assertThat(server.requests()).hasSize(3);
            assertThat(logs.text().lines().filter(line -> line.contains("does not accept our client")))
                    .hasSize(1);
            assertThat(logs.text()).doesNotContain(TOKEN, "s3cret");
            assertThat(client.keptAnswers()).isZero();
        }
    }

    @Test
    void introspect_tooManyRequests_carriesRetryAfterOn() throws Exception {
        try (RawServer server = RawServer.answering(json("429 Too Many Requests", "", "Retry-After: 30"));
                IntrospectionClient client = client(server.uri("/introspect"), PATIENT)) {
            IntrospectionException failure = failure(client);

            assertThat(failure.kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
        }
    }

    @Test
    void introspect_nobodyListens_unavailable() throws Exception {
        URI nowhere;
        try (ServerSocket closed = new ServerSocket(0)) {
            nowhere = URI.create("http://localhost:" + closed.getLocalPort() + "/");
        }
        try (IntrospectionClient client = client(nowhere, PATIENT)) {
            assertThat(failure(client).kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
        }
    }

    @Test
    @DisplayName("F18: the one repetition may well succeed")
    void introspect_connectionLostOnce_askedAgain() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {}, (in, out) -> write(out, json("200 OK", ACTIVE)));
                IntrospectionClient client = client(server.uri("/introspect"), PATIENT)) {
            assertThat(client.introspect(TOKEN)).isInstanceOf(Active.class);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void introspect_goodAnswer_leavesNoTraceInTheLog() throws IOException {
        try (Logs logs = new Logs();
                RawServer server = RawServer.answering(json("200 OK", ACTIVE));
                IntrospectionClient client = client(server.uri("/introspect"), PATIENT)) {
            assertThat(client.introspect(TOKEN).toString()).doesNotContain("alice");
            assertThat(logs.text()).doesNotContain(TOKEN, "s3cret", "alice");
            assertThat(logs.warnings()).isZero();
        }
    }
}
