package dev.scopegate.introspection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many who ask at once, and what one of them may do to the others: nothing. The endpoint is held back by its address. */
@Timeout(60)
class IntrospectionClientIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final ClientSecretBasic CREDENTIALS =
            new ClientSecretBasic(TestIssuer.CLIENT_ID, TestIssuer.CLIENT_SECRET);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger lookups = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Counted counted = new Counted();
    private IntrospectionClient client = client(Duration.ofSeconds(50), 64);

    private IntrospectionClient client(Duration timeout, int maxConcurrent) {
        return IntrospectionClient.builder(this::endpoint, CREDENTIALS)
                .timeout(timeout)
                .maxConcurrent(maxConcurrent)
                .listener(counted)
                .build();
    }

    private URI endpoint() throws IOException {
        lookups.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return ISSUER.introspectionEndpoint();
    }

    @AfterEach
    void release() {
        gate.countDown();
        threads.shutdownNow();
        client.close();
    }

    private void awaitWaiters(int count) {
        await().until(() -> counted.kept.get() + counted.waited.get() == count && lookups.get() > 0);
    }

    @Test
    void introspect_fiftyThreadsOneToken_oneCall() throws Exception {
        String token = ISSUER.opaque(Map.of("sub", "alice"));
        int before = ISSUER.introspectionCalls();
        List<Future<IntrospectionResult>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            results.add(threads.submit(() -> client.introspect(token)));
        }
        awaitWaiters(50);

        gate.countDown();

        for (Future<IntrospectionResult> result : results) {
            assertThat(result.get(20, SECONDS)).isInstanceOf(Active.class);
        }
        assertThat(ISSUER.introspectionCalls() - before).isEqualTo(1);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void introspect_oneWaiterInterrupted_theOtherGetsItsAnswer() throws Exception {
        String token = ISSUER.opaque(Map.of());
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
        // The first one to ask is the one whose request began the call.
        Thread impatient = new Thread(() -> {
            outcome.complete(catchThrowable(() -> client.introspect(token)));
            stillInterrupted.complete(Thread.currentThread().isInterrupted());
        });
        impatient.start();
        awaitWaiters(1);
        Future<IntrospectionResult> other = threads.submit(() -> client.introspect(token));
        awaitWaiters(2);

        impatient.interrupt();

        assertThat(outcome.get(20, SECONDS))
                .isInstanceOfSatisfying(
                        IntrospectionException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT));
        assertThat(stillInterrupted.get(20, SECONDS)).isTrue();
        gate.countDown();
        assertThat(other.get(20, SECONDS)).isInstanceOf(Active.class);
    }

    @Test
    void introspectAsync_oneCancelled_theOtherGetsItsAnswer() throws Exception {
        String token = ISSUER.opaque(Map.of());
        CompletableFuture<IntrospectionResult> one = client.introspectAsync(token);
        CompletableFuture<IntrospectionResult> other = client.introspectAsync(token);

        one.cancel(true);
        one.obtrudeValue(new Inactive());
        gate.countDown();

        assertThat(other.get(20, SECONDS)).isInstanceOf(Active.class);
        assertThat(client.introspect(token)).isInstanceOf(Active.class);
    }

    @Test
    void introspectAsync_keptAnswer_isThereAtOnce() throws Exception {
        String token = ISSUER.opaque(Map.of());
        gate.countDown();
        client.introspect(token);

        assertThat(client.introspectAsync(token)).isCompletedWithValueMatching(Active.class::isInstance);
    }

    @Test
    void introspect_oneMoreThanMayBeUnderWay_refusedAtOnceAndLaterNot() throws Exception {
        client.close();
        // A quarter of the places is not for tokens that nobody has heard of.
        client = client(Duration.ofSeconds(50), 3);
        CompletableFuture<IntrospectionResult> first = client.introspectAsync("one");
        CompletableFuture<IntrospectionResult> second = client.introspectAsync("two");

        assertThatThrownBy(() -> client.introspect("three"))
                .isInstanceOfSatisfying(
                        IntrospectionException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED));
        // Whoever waits for a call that is under way needs no call of his own.
        CompletableFuture<IntrospectionResult> joined = client.introspectAsync("one");

        gate.countDown();
        assertThat(first.get(20, SECONDS)).isInstanceOf(Inactive.class);
        assertThat(second.get(20, SECONDS)).isInstanceOf(Inactive.class);
        assertThat(joined.get(20, SECONDS)).isInstanceOf(Inactive.class);
        assertThat(client.introspect("three")).isInstanceOf(Inactive.class);
    }

    @Test
    void introspect_failuresOfAnyKind_giveTheirPlaceBack() throws Exception {
        client.close();
        AtomicInteger asked = new AtomicInteger();
        client = IntrospectionClient.builder(
                        () -> {
                            if (asked.incrementAndGet() % 2 == 0) {
                                throw new IllegalStateException("a mistake of the source");
                            }
                            throw new IOException("no address");
                        },
                        CREDENTIALS)
                .maxConcurrent(1)
                .build();

        for (int i = 0; i < 10; i++) {
            String token = "token-" + i;
            assertThatThrownBy(() -> client.introspect(token))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE));
        }
        assertThat(asked).hasValue(10);
    }

    @Test
    void introspect_addressThatNeverComes_timesOutForAllAndKeepsItsPlace() {
        client.close();
        client = client(Duration.ofMillis(200), 1);

        CompletableFuture<IntrospectionResult> other = client.introspectAsync("token");
        assertThatThrownBy(() -> client.introspect("token"))
                .isInstanceOfSatisfying(
                        IntrospectionException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT));
        assertThatThrownBy(() -> other.get(20, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IntrospectionException.class);

        // The thread that looks the address up still hangs, so it still counts.
        assertThatThrownBy(() -> client.introspect("another"))
                .isInstanceOfSatisfying(
                        IntrospectionException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED));
    }

    @Test
    void introspect_failedCall_eachWaiterGetsAnExceptionOfHisOwn() {
        client.close();
        client = client(Duration.ofMillis(200), 1);
        Throwable one = catchThrowable(() -> client.introspectAsync("token").get(20, SECONDS));
        Throwable other = catchThrowable(() -> client.introspectAsync("token").get(20, SECONDS));

        assertThat(one.getCause()).isInstanceOf(IntrospectionException.class).isNotSameAs(other.getCause());
    }

    @Test
    void introspect_eachWayItCanEnd_tellsTheTokenToNobody() throws Exception {
        String token = ISSUER.opaque(Map.of("sub", "alice"));
        gate.countDown();
        try (Logs logs = new Logs();
                IntrospectionClient stranger = IntrospectionClient.builder(
                                ISSUER.introspectionEndpoint(), new ClientSecretBasic("contacts-api", "wr0ng-secret"))
                        .build()) {
            IntrospectionResult result = client.introspect(token);
            Throwable refused = catchThrowable(() -> stranger.introspect(token));
            client.close();
            Throwable closed = catchThrowable(() -> client.introspect(token + "x"));

            assertThat(logs.text()).contains("does not accept our client");
            assertThat(List.of(
                            logs.text(),
                            result,
                            stackTrace(refused),
                            stackTrace(closed),
                            new TokenDigest.Maker("a").of(token)))
                    .extracting(Object::toString)
                    .noneMatch(text -> text.contains(token) || text.contains("alice") || text.contains("wr0ng-secret"));
        }
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void introspect_afterClose_unavailable() {
        client.close();

        assertThatThrownBy(() -> client.introspect("token"))
                .isInstanceOfSatisfying(
                        IntrospectionException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE));
        assertThatThrownBy(() -> client.introspectAsync("token").get(20, SECONDS))
                .hasCauseInstanceOf(IntrospectionException.class);
    }

    @Test
    void close_givenHttpClient_staysOpen() throws Exception {
        gate.countDown();
        try (BoundedHttpClient http = BoundedHttpClient.builder().build()) {
            IntrospectionClient.builder(this::endpoint, CREDENTIALS)
                    .http(http)
                    .build()
                    .close();

            assertThat(http.get(ISSUER.jwksUri(), "*/*").status()).isEqualTo(200);
        }
    }

    @Test
    void introspect_emptyToken_refused() {
        assertThatThrownBy(() -> client.introspect("")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///introspect", "/introspect", "urn:x", "https:///introspect"})
    void builder_addressThatIsNotHttp_refused(String address) {
        assertThatThrownBy(() -> IntrospectionClient.builder(URI.create(address), CREDENTIALS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void builder_noTimeOrTooMuchOrNoCalls_refused() {
        IntrospectionClientBuilder builder = IntrospectionClient.builder(this::endpoint, CREDENTIALS);

        assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.timeout(Duration.ofHours(1).plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxConcurrent(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
