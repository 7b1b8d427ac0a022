package dev.scopegate.introspection;

import static dev.scopegate.introspection.http.RawServer.waitForHangUp;
import static dev.scopegate.introspection.http.RawServer.write;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.authentication.BearerToken;
import dev.scopegate.introspection.authentication.ClientCredentialsGrant;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.introspection.http.RawServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Calls to an issuer while the application blocks every thread that it shares with us. What is answered at once here would time
 * out if it waited for one of them.
 */
@Timeout(60)
class BlockedThreadsIT {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String ACTIVE =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"active\":true}";

    private final BoundedHttpClient http =
            BoundedHttpClient.builder().exchangeTimeout(LONG).build();
    private final BoundedHttpClient impatient =
            BoundedHttpClient.builder().exchangeTimeout(SHORT).build();

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private BlockedThreads application;

    @BeforeEach
    void block() throws InterruptedException {
        application = new BlockedThreads();
    }

    @AfterEach
    void release() {
        assertThat(application.hold()).isTrue();
        application.close();
        http.close();
        impatient.close();
    }

    private static IntrospectionClient client(RawServer server, BoundedHttpClient http, Duration timeout) {
        return IntrospectionClient.builder(server.uri("/introspect"), new ClientSecretBasic("contacts-api", "s3cret"))
                .http(http)
                .timeout(timeout)
                .build();
    }

    private CompletableFuture<HttpAnswer> post(RawServer server) {
        return http.postForm(server.uri("/"), Map.of("a", "b"), Map.of(), LONG);
    }

    @Test
    void get_keySet_isRead() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"keys\":[]}")) {
            assertThat(http.get(server.uri("/keys"), "*/*").bodyAsUtf8()).isEqualTo("{\"keys\":[]}");
        }
    }

    @Test
    void get_nobodyListens_refusedAtOnce() throws IOException {
        URI nowhere;
        try (ServerSocket closed = new ServerSocket(0)) {
            nowhere = URI.create("http://localhost:" + closed.getLocalPort());
        }
        assertThatThrownBy(() -> http.get(nowhere, "*/*")).isInstanceOf(ConnectException.class);
    }

    @Test
    void get_silence_endsAtTheDeadlineAndClosesTheConnection() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> waitForHangUp(in))) {
            assertThatThrownBy(() -> impatient.get(server.uri("/"), "*/*")).isInstanceOf(HttpTimeoutException.class);
            server.hungUp().get(10, SECONDS);
        }
    }

    @Test
    void postForm_connectionLostBeforeTheAnswer_answeredTheSecondTime() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {}, (in, out) -> write(out, ACTIVE))) {
            assertThat(post(server).get(15, SECONDS).status()).isEqualTo(200);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void postForm_connectionLostTwice_failsAtOnce() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> {})) {
            assertThat(catchThrowable(() -> post(server).get(15, SECONDS)))
                    .hasMessageEndingWith("the exchange with localhost was broken off");
        }
    }

    @Test
    void postForm_cancelledOrClosed_closesTheConnection() throws Exception {
        for (boolean cancelled : new boolean[] {true, false}) {
            CountDownLatch reached = new CountDownLatch(1);
            try (RawServer server = RawServer.running((in, out) -> {
                reached.countDown();
                waitForHangUp(in);
            })) {
                CompletableFuture<HttpAnswer> answer = post(server);
                assertThat(reached.await(10, SECONDS)).isTrue();

                if (cancelled) {
                    answer.cancel(true);
                } else {
                    http.close();
                }

                assertThat(answer).isCompletedExceptionally();
                server.hungUp().get(10, SECONDS);
            }
        }
    }

    @Test
    void introspect_answer_isGiven() throws Exception {
        try (RawServer server = RawServer.answering(ACTIVE);
                IntrospectionClient client = client(server, http, LONG)) {
            assertThat(client.introspect("token")).isInstanceOf(Active.class);
            assertThat(client.introspectAsync("another").get(15, SECONDS)).isInstanceOf(Active.class);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void introspect_silence_timeOutInTime() throws Exception {
        try (RawServer server = RawServer.running((in, out) -> waitForHangUp(in));
                IntrospectionClient client = client(server, http, SHORT)) {
            assertThatThrownBy(() -> client.introspect("token"))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            late -> assertThat(late.kind()).isEqualTo(Kind.TIMEOUT));
        }
    }

    @Test
    void introspect_addressThatDoesNotCome_timeOutInTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        EndpointSource slow = () -> {
            try {
                never.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("never");
        };
        try (IntrospectionClient client = IntrospectionClient.builder(slow, new ClientSecretBasic("a", "b"))
                .http(http)
                .timeout(SHORT)
                .build()) {
            CompletableFuture<IntrospectionResult> answer = client.introspectAsync("token");

            assertThat(catchThrowable(() -> answer.get(15, SECONDS)))
                    .cause()
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            late -> assertThat(late.kind()).isEqualTo(Kind.TIMEOUT));
        } finally {
            never.countDown();
        }
    }

    @Test
    void introspect_withATokenOfOurOwn_isGiven() throws Exception {
        try (RawServer tokens = RawServer.answering(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 45\r\n\r\n"
                                + "{\"access_token\":\"ours\",\"token_type\":\"Bearer\"}");
                RawServer server = RawServer.answering(ACTIVE)) {
            ClientCredentialsGrant grant = new ClientCredentialsGrant(
                    new ClientSecretBasic("contacts-api", "s3cret"), () -> tokens.uri("/token"), List.of(), LONG);
            try (IntrospectionClient client = IntrospectionClient.builder(
                            server.uri("/introspect"), new BearerToken(grant, http))
                    .http(http)
                    .timeout(LONG)
                    .build()) {
                assertThat(client.introspect("token")).isInstanceOf(Active.class);
                assertThat(server.requests()).singleElement().asString().contains("Authorization: Bearer ours\r\n");
            }
        }
    }
}
