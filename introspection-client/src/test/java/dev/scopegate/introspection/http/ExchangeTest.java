package dev.scopegate.introspection.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.CookieHandler;
import java.net.ProtocolException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
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
                            new Failing(failure, sent), request, 1000, InstantSource.system(), UNHEARD)
                    .start(timer, Duration.ofSeconds(10));

            assertThatThrownBy(() -> answer.get(20, SECONDS)).hasCauseInstanceOf(IOException.class);
        }
        assertThat(sent).hasValue(times);
    }

    /** A client to which nobody ever answers. */
    private static final class Failing extends HttpClient {

        private final IOException failure;
        private final AtomicInteger sent;

        Failing(IOException failure, AtomicInteger sent) {
            this.failure = failure;
            this.sent = sent;
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
            sent.incrementAndGet();
            return CompletableFuture.failedFuture(new CompletionException(failure));
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
            return sendAsync(request, handler);
        }

        @Override
        public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<CookieHandler> cookieHandler() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> connectTimeout() {
            return Optional.empty();
        }

        @Override
        public Redirect followRedirects() {
            return Redirect.NEVER;
        }

        @Override
        public Optional<ProxySelector> proxy() {
            return Optional.empty();
        }

        @Override
        public SSLContext sslContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SSLParameters sslParameters() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Authenticator> authenticator() {
            return Optional.empty();
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }

        @Override
        public Optional<Executor> executor() {
            return Optional.empty();
        }
    }
}
