package dev.scopegate.introspection.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** After which failures a request is handed to the JDK's client once more. What that does by itself is in {@code RepetitionIT}. */
@Timeout(30)
class ExchangeTest {

    private static final URI ADDRESS = URI.create("http://localhost/");
    private static final HttpRequest GET = HttpRequest.newBuilder(ADDRESS).build();
    private static final HttpRequest POST =
            HttpRequest.newBuilder(ADDRESS).POST(BodyPublishers.noBody()).build();

    private static final Executor REFUSING = work -> {
        throw new RejectedExecutionException("shut down");
    };
    private static final Executor EXHAUSTED = work -> {
        throw new OutOfMemoryError("unable to create native thread");
    };

    private static final Told UNHEARD = Told.beginning(
            HttpRequest.newBuilder(ADDRESS),
            ExchangeListener.NONE,
            Errand.to("main", Errand.Purpose.KEYS, Optional.empty()));

    static Stream<Arguments> failures() {
        IOException nothing = new IOException("HTTP/1.1 header parser received no bytes", new IOException("reset"));
        return Stream.of(
                Arguments.of("nothing received", nothing, POST, 2),
                Arguments.of("nothing received, which the JDK has repeated itself", nothing, GET, 1),
                Arguments.of("a part of the head", parsing("status line, receiving [HTTP]"), POST, 1),
                Arguments.of(
                        "a head that says the words", parsing("receiving [" + nothing.getMessage() + "]"), POST, 1),
                Arguments.of("some failure", new IOException("Broken pipe"), POST, 1),
                Arguments.of("some failure without words", new IOException(), POST, 1),
                // The JDK tries each connection twice itself.
                Arguments.of("no connection", new ConnectException("Connection refused"), POST, 1),
                Arguments.of("no connection", new ConnectException("Connection refused"), GET, 1),
                Arguments.of("no connection in time", new HttpConnectTimeoutException("late"), POST, 1),
                Arguments.of("no TLS", new SSLException("unknown CA"), POST, 1),
                Arguments.of("no HTTP", new ProtocolException("Invalid status line"), POST, 1));
    }

    private static IOException parsing(String what) {
        return new IOException("parsing HTTP/1.1 " + what);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("failures")
    void start_failureEachTime_handedOverThatOften(String name, IOException failure, HttpRequest request, int times) {
        AtomicInteger sent = new AtomicInteger();
        try (Timer timer = new Timer(new DaemonThreads("exchange-test-"), Runnable::run)) {
            CompletableFuture<HttpAnswer> answer = new Exchange(
                            new ScriptedClient(() -> {
                                sent.incrementAndGet();
                                return failure;
                            }),
                            request,
                            1000,
                            InstantSource.system(),
                            UNHEARD)
                    .start(Runnable::run, timer, Duration.ofSeconds(10));

            assertThatThrownBy(() -> answer.get(20, SECONDS)).hasCauseInstanceOf(IOException.class);
        }
        assertThat(sent).hasValue(times);
    }

    static Stream<Arguments> noThread() {
        return Stream.of(
                Arguments.of(REFUSING, "the HTTP client is closed"),
                Arguments.of(EXHAUSTED, "no thread to ask localhost on"));
    }

    @ParameterizedTest
    @MethodSource("noThread")
    void start_noThread_failsAtOnceAndSendsNothing(Executor threads, String message) {
        AtomicInteger sent = new AtomicInteger();
        try (Timer timer = new Timer(new DaemonThreads("exchange-test-"), Runnable::run)) {
            CompletableFuture<HttpAnswer> answer = new Exchange(
                            new ScriptedClient(() -> new IOException("sent " + sent.incrementAndGet())),
                            POST,
                            1000,
                            InstantSource.system(),
                            UNHEARD)
                    .start(threads, timer, Duration.ofSeconds(10));

            assertThat(answer).isCompletedExceptionally();
            assertThatThrownBy(answer::get)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage(message);
        }
        assertThat(sent).hasValue(0);
    }

    @Test
    void start_deadlineWithoutAThreadForIt_isKeptAllTheSame() {
        try (Timer timer = new Timer(new DaemonThreads("exchange-test-"), EXHAUSTED)) {
            CompletableFuture<HttpAnswer> answer = new Exchange(
                            new ScriptedClient(ExchangeTest::silence), POST, 1000, InstantSource.system(), UNHEARD)
                    .start(ExchangeTest::onAThread, timer, Duration.ofMillis(100));

            assertThatThrownBy(() -> answer.get(20, SECONDS)).hasCauseInstanceOf(HttpTimeoutException.class);
        }
    }

    private static void onAThread(Runnable work) {
        new DaemonThreads("exchange-test-").newThread(work).start();
    }

    private static IOException silence() throws InterruptedException {
        new CountDownLatch(1).await();
        return new IOException("never");
    }

    @Test
    void cancel_whileItWaits_endsTheWaitingAndLeavesTheThreadUninterrupted() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        ScriptedClient silent = new ScriptedClient(() -> {
            waiting.countDown();
            // As one who notices an interrupt, but does not take note of it.
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return new IOException("interrupted");
        });
        try (Timer timer = new Timer(new DaemonThreads("exchange-test-"), Runnable::run)) {
            CompletableFuture<HttpAnswer> answer = new Exchange(silent, POST, 1000, InstantSource.system(), UNHEARD)
                    .start(
                            work -> onAThread(() -> {
                                work.run();
                                interrupted.complete(Thread.currentThread().isInterrupted());
                            }),
                            timer,
                            Duration.ofSeconds(20));
            assertThat(waiting.await(10, SECONDS)).isTrue();

            answer.cancel(true);

            assertThat(interrupted.get(10, SECONDS)).isFalse();
        }
    }
}
