package dev.scopegate.introspection.http;

import static dev.scopegate.introspection.http.RawServer.waitForHangUp;
import static dev.scopegate.introspection.http.RawServer.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.test.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers that do their worst. None of them may hold a test longer than the deadline that it set. */
@Timeout(30)
class BoundedHttpClientIT {

    private static final int LIMIT = 1000;
    private static final Duration SHORT = Duration.ofMillis(300);

    private final BoundedHttpClient http = BoundedHttpClient.builder()
            .maxResponseBytes(LIMIT)
            .exchangeTimeout(Duration.ofSeconds(10))
            .clock(MutableClock.at(Instant.parse("2026-11-21T08:00:00Z")))
            .build();

    private final BoundedHttpClient impatient =
            BoundedHttpClient.builder().exchangeTimeout(SHORT).build();

    @AfterEach
    void closeClients() {
        http.close();
        impatient.close();
    }

    private static String ok(String body, String... fields) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n"
                + String.join(
                        "", Arrays.stream(fields).map(field -> field + "\r\n").toList()) + "\r\n"
                + body;
    }

    @Test
    void get_goodAnswer_isReadWhole() throws IOException {
        try (RawServer server = RawServer.answering(
                ok("{\"a\":1}", "Content-Type: Application/JSON; charset=utf-8", "Retry-After: 7"))) {
            HttpAnswer answer = http.get(server.uri("/path?q=1"), "application/json");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo("application/json");
            assertThat(answer.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(answer.bodyAsUtf8()).isEqualTo("{\"a\":1}");
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .startsWith("GET /path?q=1 HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nAccept: application/json\r\n")
                    .doesNotContainIgnoringCase("Accept-Encoding")
                    .doesNotContainIgnoringCase("Upgrade");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void postForm_redirect_isAnAnswerAndNotFollowed(int status) throws Exception {
        try (RawServer second = RawServer.answering(ok("stolen"));
                RawServer first = RawServer.answering("HTTP/1.1 " + status + " Elsewhere\r\nLocation: "
                        + second.uri("/") + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(post(first.uri("/"), Map.of("token", "t")).get().status())
                    .isEqualTo(status);
            assertThat(second.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407, 404, 503})
    void get_errorStatus_isAnAnswer(int status) throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 " + status + " No\r\nContent-Length: 2\r\n\r\nno")) {
            assertThat(http.get(server.uri("/"), "*/*").status()).isEqualTo(status);
        }
    }

    @Test
    void get_silence_endsAtTheDeadlineAndClosesTheConnection() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> waitForHangUp(in))) {
            assertThatThrownBy(() -> impatient.get(server.uri("/?token=s3cret"), "*/*"))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessage("no complete answer of localhost in time");
            server.hungUp().get(10, SECONDS);
        }
    }

    @Test
    void get_bodyThatStopsHalfway_endsAtTheDeadlineAndClosesTheConnection() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            waitForHangUp(in);
        })) {
            assertThatThrownBy(() -> impatient.get(server.uri("/"), "*/*")).isInstanceOf(HttpTimeoutException.class);
            server.hungUp().get(10, SECONDS);
        }
    }

    @Test
    void get_bodyInDrops_endsAtTheDeadlineAllTheSame() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (RawServer server = RawServer.running((in, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (!awaits(never, 10)) {
                write(out, "x");
            }
        })) {
            long startedAt = System.nanoTime();

            assertThatThrownBy(() -> impatient.get(server.uri("/"), "*/*")).isInstanceOf(HttpTimeoutException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - startedAt))
                    .isBetween(SHORT.minusMillis(20), Duration.ofSeconds(5));
            server.hungUp().get(10, SECONDS);
        }
    }

    @Test
    void get_headWithoutEnd_endsInAnError() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {
            write(out, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; ; i++) {
                write(out, "X-" + i + ": " + "x".repeat(500) + "\r\n");
            }
        })) {
            assertThatThrownBy(() -> impatient.get(server.uri("/"), "*/*")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void get_exactlyTheLimit_readAndOneByteMoreRefused() throws Exception {
        try (RawServer server = RawServer.answering(ok("x".repeat(LIMIT)));
                RawServer larger = RawServer.answering(ok("x".repeat(LIMIT + 1)))) {
            assertThat(http.get(server.uri("/"), "*/*").body()).hasSize(LIMIT);
            assertThatThrownBy(() -> http.get(larger.uri("/"), "*/*"))
                    .isInstanceOf(ResponseTooLargeException.class)
                    .hasMessage("the answer of localhost is larger than 1000 bytes");
        }
    }

    @Test
    void get_exactlyTheLimitInChunks_readAndOneByteMoreRefused() throws Exception {
        try (RawServer server = RawServer.answering(chunked(LIMIT));
                RawServer larger = RawServer.answering(chunked(LIMIT + 1))) {
            assertThat(http.get(server.uri("/"), "*/*").body()).hasSize(LIMIT);
            assertThatThrownBy(() -> http.get(larger.uri("/"), "*/*")).isInstanceOf(ResponseTooLargeException.class);
        }
    }

    @Test
    void get_chunksWithoutEnd_refusedAndConnectionClosed() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                write(out, "a\r\n0123456789\r\n");
            }
        })) {
            assertThatThrownBy(() -> http.get(server.uri("/"), "*/*")).isInstanceOf(ResponseTooLargeException.class);
            server.hungUp().get(10, SECONDS);
        }
    }

    @Test
    void get_fiftyMegabytesAnnounced_refusedBeforeTheyAreSent() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n");
            waitForHangUp(in);
        })) {
            assertThatThrownBy(() -> http.get(server.uri("/"), "*/*")).isInstanceOf(ResponseTooLargeException.class);
            server.hungUp().get(10, SECONDS);
        }
    }

    @Test
    void get_gzip_refusedUnread() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write("{\"active\":true}".getBytes(UTF_8));
        }
        try (RawServer server = RawServer.running((in, out) -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n");
            out.write(zipped.toByteArray());
        })) {
            assertThatThrownBy(() -> http.get(server.uri("/"), "*/*")).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void get_encodingIdentity_read() throws IOException {
        try (RawServer server = RawServer.answering(ok("plain", "Content-Encoding: identity"))) {
            assertThat(http.get(server.uri("/"), "*/*").bodyAsUtf8()).isEqualTo("plain");
        }
    }

    @Test
    void get_noProperHttp_isAnErrorThatQuotesNothing() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 2OO <script>alert(1)</script>\r\n\r\n")) {
            Throwable failure = catchThrowable(() -> http.get(server.uri("/?access_token=s3cret"), "*/*"));

            assertThat(failure).isInstanceOf(IOException.class);
            assertThat(failure.toString()).contains("localhost").doesNotContain("script", "s3cret", "2OO");
            assertThat(failure).hasNoCause();
        }
    }

    @Test
    void get_nobodyListens_refusedNamingTheHostAlone() throws IOException {
        URI nowhere;
        try (ServerSocket closed = new ServerSocket(0)) {
            nowhere = URI.create("http://localhost:" + closed.getLocalPort() + "/?access_token=s3cret");
        }
        assertThatThrownBy(() -> http.get(nowhere, "*/*"))
                .isInstanceOf(ConnectException.class)
                .hasMessage("no connection to localhost")
                .hasNoCause();
    }

    @Test
    void postForm_anyText_arrivesAsOneParameter() throws Exception {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", "a&active=true+%=é \r\n");
        form.put("token_type_hint", "access_token");
        try (RawServer server = RawServer.answering(ok(""))) {
            post(server.uri("/"), form).get();

            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("\r\nContent-Type: application/x-www-form-urlencoded\r\n")
                    .endsWith("\r\n\r\ntoken=a%26active%3Dtrue%2B%25%3D%C3%A9+%0D%0A&token_type_hint=access_token");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "s3crét", "a\u0000b"})
    void postForm_headerThatIsNotVisibleAscii_refusedWithoutQuotingIt(String value) {
        assertThatThrownBy(() ->
                        http.postForm(URI.create("http://localhost/"), Map.of(), Map.of("Authorization", value), SHORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value of header Authorization is not visible ASCII");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd?s3cret", "ftp://h/s3cret", "http:/s3cret", "s3cret", "mailto:s3cret"})
    void get_addressThatIsNotHttp_refusedWithoutQuotingIt(String address) {
        assertThatThrownBy(() -> http.get(URI.create(address), "*/*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void get_interrupted_endsAtOnceAndStaysInterrupted() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> waitForHangUp(in))) {
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread waiter = new Thread(() -> {
                outcome.complete(catchThrowable(() -> http.get(server.uri("/"), "*/*")));
                flag.complete(Thread.currentThread().isInterrupted());
            });
            waiter.start();
            waiter.interrupt();

            assertThat(outcome.get(5, SECONDS)).isInstanceOf(InterruptedIOException.class);
            assertThat(flag.get(5, SECONDS)).isTrue();
        }
    }

    @Test
    void getAsync_cancelled_closesTheConnection() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        try (RawServer server = RawServer.running((in, out) -> {
            reached.countDown();
            waitForHangUp(in);
        })) {
            CompletableFuture<HttpAnswer> answer = http.getAsync(server.uri("/"), "*/*");
            assertThat(reached.await(10, SECONDS)).isTrue();

            answer.cancel(true);

            server.hungUp().get(10, SECONDS);
        }
    }

    @Test
    void close_exchangeUnderWay_failsItAndEachLaterOne() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        try (RawServer server = RawServer.running((in, out) -> {
            reached.countDown();
            waitForHangUp(in);
        })) {
            CompletableFuture<HttpAnswer> answer = http.getAsync(server.uri("/"), "*/*");
            assertThat(reached.await(10, SECONDS)).isTrue();

            http.close();
            http.close();

            assertThatThrownBy(() -> answer.get(5, SECONDS)).hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> http.get(server.uri("/"), "*/*"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the HTTP client is closed");
            server.hungUp().get(10, SECONDS);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void threads_ofAClient_areDaemonsWithAName() throws IOException {
        try (RawServer server = RawServer.answering(ok("x"))) {
            http.get(server.uri("/"), "*/*");

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("scopegate-http-"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void builder_noTimeOrNoBytes_refused() {
        BoundedHttpClient.Builder builder = BoundedHttpClient.builder();

        assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.exchangeTimeout(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxResponseBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private CompletableFuture<HttpAnswer> post(URI uri, Map<String, String> form) {
        return http.postForm(uri, form, Map.of("Accept", "application/json"), Duration.ofSeconds(10));
    }

    private static String chunked(int bytes) {
        return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(bytes) + "\r\n"
                + "x".repeat(bytes) + "\r\n0\r\n\r\n";
    }

    private static boolean awaits(CountDownLatch latch, long millis) throws IOException {
        try {
            return latch.await(millis, MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
