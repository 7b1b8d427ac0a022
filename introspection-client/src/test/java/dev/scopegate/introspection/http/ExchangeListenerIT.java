package dev.scopegate.introspection.http;

import static dev.scopegate.introspection.http.RawServer.waitForHangUp;
import static dev.scopegate.introspection.http.RawServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.introspection.http.RawServer.Script;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a listener hears of exchanges over real sockets, and what it can do to them. */
@Timeout(30)
class ExchangeListenerIT {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Errand ERRAND =
            Errand.to("main", Errand.Purpose.KEYS, Optional.of(URI.create("https://login.example.com/keys")));

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final BoundedHttpClient plain = BoundedHttpClient.builder()
            .connectTimeout(Duration.ofSeconds(10))
            .exchangeTimeout(Duration.ofSeconds(10))
            .maxResponseBytes(100)
            .build();
    private final BoundedHttpClient impatient =
            BoundedHttpClient.builder().exchangeTimeout(Duration.ofMillis(300)).build();

    @AfterEach
    void close() {
        plain.close();
        impatient.close();
    }

    /** Hears everything, and sends these fields along. */
    private ExchangeListener listener(String... fields) {
        return (errand, method, along) -> {
            heard.add(method + " " + errand.purpose().code() + " of " + errand.server() + " at "
                    + errand.serverAddress().orElse("?"));
            for (int i = 0; i < fields.length; i += 2) {
                along.accept(fields[i], fields[i + 1]);
            }
            return new ExchangeListener.Course() {
                @Override
                public void answered(int status) {
                    heard.add("answered " + status);
                }

                @Override
                public void failed(ExchangeFailure why) {
                    heard.add("failed " + why.code());
                }
            };
        };
    }

    private BoundedHttpClient telling(String... fields) {
        return plain.toldTo(listener(fields), ERRAND);
    }

    @Test
    void get_answered_heardBeforeTheAnswerIsThereAndSentAlong() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            telling("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .get(server.uri("/keys?tenant=s3cret"), "*/*");

            assertThat(heard).containsExactly("GET keys of main at login.example.com", "answered 200");
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .contains("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n");
        }
    }

    @Test
    void get_clientThatTellsNobody_nothingHeardAndNothingSentAlong() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            BoundedHttpClient unused = telling("traceparent", "00");

            plain.get(server.uri("/"), "*/*");

            assertThat(heard).isEmpty();
            assertThat(server.requests().get(0)).doesNotContain("traceparent");
        }
    }

    @Test
    void postForm_errorStatus_isAnAnswer() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n")) {
            telling()
                    .postForm(server.uri("/"), Map.of("token", "t"), Map.of(), Duration.ofSeconds(5))
                    .get();

            assertThat(heard).containsExactly("POST keys of main at login.example.com", "answered 503");
        }
    }

    @Test
    void postForm_fieldsOfOurs_stayAsTheyAre() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            telling(
                            "authorization",
                            "Basic b3RoZXI6cw==",
                            "Content-type",
                            "text/plain",
                            "Content-Length",
                            "1",
                            "x y",
                            "z")
                    .postForm(
                            server.uri("/"),
                            Map.of("token", "t"),
                            Map.of("Authorization", "Basic b3Vyczpz"),
                            Duration.ofSeconds(5))
                    .get();

            assertThat(server.requests().get(0))
                    .contains("Authorization: Basic b3Vyczpz\r\n")
                    .contains("application/x-www-form-urlencoded")
                    .doesNotContain("b3RoZXI6cw==")
                    .doesNotContain("text/plain")
                    .doesNotContain("x y");
        }
    }

    @Test
    void get_fieldThatWouldBeginAnotherOrIsTooLong_leftOutAndOthersSent() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            telling("tracestate", "a=b\r\nX-Smuggled: 1", "b3", "b".repeat(513), "uber-trace-id", "u".repeat(512))
                    .get(server.uri("/"), "*/*");

            assertThat(server.requests().get(0).toLowerCase(Locale.ROOT))
                    .doesNotContain("smuggled")
                    .doesNotContain("b3:")
                    .contains("uber-trace-id: uuu");
        }
    }

    @Test
    void get_moreFieldsThanSixteen_sixteenSent() throws Exception {
        String[] fields = new String[40];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = "x-along-" + i / 2;
            fields[i + 1] = "1";
        }
        try (RawServer server = RawServer.answering(OK)) {
            telling(fields).get(server.uri("/"), "*/*");

            assertThat(server.requests().get(0)).contains("x-along-15: 1").doesNotContain("x-along-16: 1");
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(ExchangeFailure.TOO_LARGE, (Script)
                        (in, out) -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n")),
                Arguments.of(ExchangeFailure.NOT_HTTP, (Script) (in, out) -> write(out, "SSH-2.0-OpenSSH\r\n\r\n")),
                Arguments.of(ExchangeFailure.BROKEN_OFF, (Script)
                        (in, out) -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void get_noCompleteAnswer_heardOnceAsWhatItIs(ExchangeFailure kind, Script script) throws IOException {
        try (RawServer server = RawServer.running(script)) {
            assertThatThrownBy(() -> telling().get(server.uri("/"), "*/*")).isInstanceOf(IOException.class);
        }
        assertThat(heard).hasSize(2).last().isEqualTo("failed " + kind.code());
    }

    @Test
    void get_silence_timeout() throws IOException {
        try (RawServer server = RawServer.running((in, out) -> waitForHangUp(in))) {
            assertThatThrownBy(() -> impatient.toldTo(listener(), ERRAND).get(server.uri("/"), "*/*"))
                    .isInstanceOf(HttpTimeoutException.class);
        }
        assertThat(heard).hasSize(2).last().isEqualTo("failed timeout");
    }

    @Test
    void get_nobodyListensThere_noConnection() throws IOException {
        URI nowhere;
        try (ServerSocket free = new ServerSocket(0)) {
            nowhere = URI.create("http://localhost:" + free.getLocalPort());
        }
        assertThatThrownBy(() -> telling().get(nowhere, "*/*")).isInstanceOf(IOException.class);

        assertThat(heard).hasSize(2).last().isEqualTo("failed no_connection");
    }

    @Test
    void get_certificateThatNobodyTrusts_untrustedConnection(@TempDir Path folder) throws Exception {
        try (TlsServer server = TlsServer.start(folder, "dns:localhost")) {
            assertThatThrownBy(() -> telling().get(server.uri("/"), "*/*")).isInstanceOf(IOException.class);
        }
        assertThat(heard).hasSize(2).last().isEqualTo("failed untrusted_connection");
    }

    @Test
    void getAsync_cancelledOrClosed_heardOnce() throws IOException {
        try (RawServer server = RawServer.running((in, out) -> waitForHangUp(in))) {
            CompletableFuture<HttpAnswer> cancelled = telling().getAsync(server.uri("/"), "*/*");
            cancelled.cancel(true);
            assertThat(heard).hasSize(2).last().isEqualTo("failed given_up");

            CompletableFuture<HttpAnswer> open = telling().getAsync(server.uri("/"), "*/*");
            plain.close();
            assertThat(open).isCompletedExceptionally();
            assertThat(heard).hasSize(4).last().isEqualTo("failed broken_off");

            assertThat(telling().getAsync(server.uri("/"), "*/*")).isCompletedExceptionally();
            assertThat(heard).hasSize(4);
        }
    }

    @Test
    void get_listenerThatThrows_answeredAllTheSame() throws Exception {
        ExchangeListener atOnce = (errand, method, fields) -> {
            throw new IllegalStateException("at once");
        };
        ExchangeListener later = (errand, method, fields) -> new ExchangeListener.Course() {
            @Override
            public void answered(int status) {
                throw new IllegalStateException("later");
            }

            @Override
            public void failed(ExchangeFailure why) {
                throw new IllegalStateException("later");
            }
        };
        try (RawServer server = RawServer.answering(OK)) {
            for (ExchangeListener broken : List.of(atOnce, later)) {
                BoundedHttpClient http = plain.toldTo(broken, ERRAND);
                assertThat(http.get(server.uri("/"), "*/*").status()).isEqualTo(200);
            }
        }
        try (RawServer server = RawServer.running((in, out) -> waitForHangUp(in))) {
            assertThat(catchThrowable(() -> impatient.toldTo(later, ERRAND).get(server.uri("/"), "*/*")))
                    .hasMessage("no complete answer of localhost in time");
        }
    }

    @Test
    void onBehalfOfCaller_listener_wrapsTheWork() {
        ExchangeListener wrapping = new ExchangeListener() {
            @Override
            public Course begins(Errand errand, String method, BiConsumer<String, String> fields) {
                return Course.UNHEARD;
            }

            @Override
            public Runnable onBehalfOfCaller(Runnable work) {
                return () -> {
                    heard.add("before");
                    work.run();
                };
            }
        };
        plain.toldTo(wrapping, ERRAND).onBehalfOfCaller(() -> heard.add("work")).run();
        plain.onBehalfOfCaller(() -> heard.add("work alone")).run();

        assertThat(heard).containsExactly("before", "work", "work alone");
    }
}
