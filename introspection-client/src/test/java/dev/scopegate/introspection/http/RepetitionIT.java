package dev.scopegate.introspection.http;

import static dev.scopegate.introspection.http.RawServer.waitForHangUp;
import static dev.scopegate.introspection.http.RawServer.write;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.introspection.http.RawServer.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How often one request is sent: counted where it arrives. */
@Timeout(30)
@DisplayName("F18: at most one repetition, and only when nothing of an answer was received")
class RepetitionIT {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n";

    /** Both ways to ask. */
    enum Method {
        GET {
            @Override
            CompletableFuture<HttpAnswer> send(BoundedHttpClient http, URI uri) {
                return http.getAsync(uri, "*/*");
            }
        },
        POST {
            @Override
            CompletableFuture<HttpAnswer> send(BoundedHttpClient http, URI uri) {
                return http.postForm(uri, Map.of("a", "b"), Map.of(), TIMEOUT);
            }
        };

        abstract CompletableFuture<HttpAnswer> send(BoundedHttpClient http, URI uri);
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final BoundedHttpClient http =
            BoundedHttpClient.builder().exchangeTimeout(TIMEOUT).build();

    @AfterEach
    void closeClient() {
        http.close();
    }

    private Throwable failure(Method method, RawServer server) {
        Throwable failure =
                catchThrowable(() -> method.send(http, server.uri("/")).get(20, SECONDS));
        assertThat(failure).isInstanceOf(ExecutionException.class);
        return failure.getCause();
    }

    static Stream<Arguments> brokenOff() {
        return Stream.of("", "H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Le", OK, OK + "half")
                .flatMap(bytes -> Stream.of(Method.values())
                        .flatMap(method -> Stream.of(true, false).map(reset -> Arguments.of(method, bytes, reset))));
    }

    @ParameterizedTest(name = "{0}, reset: {2}, after: {1}")
    @MethodSource("brokenOff")
    void send_connectionLostEachTime_twoRequestsAtMost(Method method, String bytes, boolean reset) throws Exception {
        Script script = reset ? RawServer.resetting(bytes) : (in, out) -> write(out, bytes);
        try (RawServer server = RawServer.running(script)) {
            assertThat(failure(method, server))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("the exchange with localhost was broken off");
            // A reset may overtake the bytes before it; then nothing was received either.
            int least = bytes.isEmpty() ? 2 : 1;
            assertThat(server.requests()).hasSizeBetween(least, reset ? 2 : least);
        }
    }

    @ParameterizedTest
    @EnumSource
    void send_connectionLostOnceBeforeTheAnswer_answeredTheSecondTime(Method method) throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {}, (in, out) -> write(out, OK + "second"))) {
            assertThat(method.send(http, server.uri("/")).get(20, SECONDS).bodyAsUtf8())
                    .isEqualTo("second");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void send_connectionLostTwice_notSentAThirdTime(Method method) throws Exception {
        try (RawServer server =
                RawServer.running((in, out) -> {}, (in, out) -> {}, (in, out) -> write(out, OK + "third."))) {
            assertThat(failure(method, server)).isExactlyInstanceOf(IOException.class);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void send_keptConnectionClosedWhenItIsUsedAgain_answeredOverAnother(Method method) throws Exception {
        try (RawServer server = RawServer.running(
                (in, out) -> {
                    write(out, OK + "first.");
                    RawServer.readRequest(in);
                },
                (in, out) -> write(out, OK + "second"))) {
            assertThat(method.send(http, server.uri("/")).get(20, SECONDS).bodyAsUtf8())
                    .isEqualTo("first.");
            assertThat(method.send(http, server.uri("/")).get(20, SECONDS).bodyAsUtf8())
                    .isEqualTo("second");
        }
    }

    @ParameterizedTest
    @EnumSource
    void send_silenceAfterTheRepetition_endsAtTheDeadlineOfTheFirst(Method method) throws Exception {
        Duration deadline = Duration.ofMillis(500);
        try (RawServer server = RawServer.running((in, out) -> {}, (in, out) -> waitForHangUp(in));
                BoundedHttpClient impatient =
                        BoundedHttpClient.builder().exchangeTimeout(deadline).build()) {
            long startedAt = System.nanoTime();
            CompletableFuture<HttpAnswer> answer = method == Method.GET
                    ? impatient.getAsync(server.uri("/"), "*/*")
                    : impatient.postForm(server.uri("/"), Map.of("a", "b"), Map.of(), deadline);

            assertThat(catchThrowable(() -> answer.get(20, SECONDS))).hasCauseInstanceOf(HttpTimeoutException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(5));
            server.hungUp().get(10, SECONDS);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void send_noProperAnswer_notSentAgain(Method method) throws Exception {
        try (RawServer server = RawServer.answering("SSH-2.0-OpenSSH_9.2p1\r\n")) {
            assertThat(failure(method, server)).isInstanceOf(IOException.class);
            assertThat(server.requests()).hasSize(1);
        }
    }
}
