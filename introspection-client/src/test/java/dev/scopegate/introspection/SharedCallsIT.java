package dev.scopegate.introspection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.IntrospectionListener.Ended;
import dev.scopegate.introspection.IntrospectionStatus.Endpoint;
import dev.scopegate.introspection.authentication.ClientAuthentication;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.authentication.Presented;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that end late, badly or never, and what those who share them, or come after them, get. */
@Timeout(60)
class SharedCallsIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final ClientSecretBasic CREDENTIALS =
            new ClientSecretBasic(TestIssuer.CLIENT_ID, TestIssuer.CLIENT_SECRET);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(50);

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T08:00:00Z"));
    private final Counted counted = new Counted();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final GatedAnswers answers = new GatedAnswers();
    private final List<IntrospectionClient> clients = new ArrayList<>();

    /** Reads answers as ever, but those to come wait for their turn if they are told to. */
    private static final class GatedAnswers implements AnswerForm {

        private final AnswerForm plain = new PlainAnswers();
        private final CountDownLatch gate = new CountDownLatch(1);
        private final AtomicInteger toHold = new AtomicInteger();
        private final AtomicInteger held = new AtomicInteger();

        @Override
        public String accept() {
            return plain.accept();
        }

        @Override
        public Map<String, Object> members(HttpAnswer answer) throws IOException {
            if (toHold.getAndUpdate(left -> left == 0 ? 0 : left - 1) > 0) {
                held.incrementAndGet();
                awaitQuietly(gate);
            }
            return plain.members(answer);
        }
    }

    private static void awaitQuietly(CountDownLatch gate) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private IntrospectionClientBuilder options(EndpointSource source, ClientAuthentication authentication) {
        IntrospectionClientBuilder options = IntrospectionClient.builder(source, authentication)
                .timeout(LONG)
                .clock(clock)
                .ticker(clock::read)
                .jitter(() -> 0)
                .listener(counted);
        options.form = answers;
        return options;
    }

    private IntrospectionClientBuilder options() {
        return options(ISSUER::introspectionEndpoint, CREDENTIALS);
    }

    private IntrospectionClient built(IntrospectionClientBuilder options) {
        IntrospectionClient client = options.build();
        clients.add(client);
        return client;
    }

    @AfterEach
    void release() {
        answers.gate.countDown();
        threads.shutdownNow();
        clients.forEach(IntrospectionClient::close);
    }

    private static Kind failure(IntrospectionClient client, String token) {
        return catchThrowableOfType(IntrospectionException.class, () -> client.introspect(token))
                .kind();
    }

    private static Kind failsIn(CompletableFuture<IntrospectionResult> call) {
        Throwable failure = catchThrowableOfType(ExecutionException.class, () -> call.get(20, SECONDS))
                .getCause();
        return ((IntrospectionException) failure).kind();
    }

    // F15
    @Test
    void introspect_manyThreadsAtTheMomentWhenTheAnswerGrowsOld_oneCallEachTime() throws Exception {
        IntrospectionClient client = built(options());
        String token = ISSUER.opaque(Map.of());
        int before = ISSUER.introspectionCalls();
        int rounds = 100;
        int asking = 16;
        CyclicBarrier start = new CyclicBarrier(asking, () -> clock.advance(Duration.ofSeconds(60)));
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < asking; i++) {
            all.add(threads.submit(() -> {
                int active = 0;
                for (int round = 0; round < rounds; round++) {
                    start.await();
                    for (int again = 0; again < 20; again++) {
                        active += client.introspect(token) instanceof Active ? 1 : 0;
                    }
                }
                return active;
            }));
        }

        for (Future<Integer> one : all) {
            assertThat(one.get(50, SECONDS)).isEqualTo(rounds * 20);
        }
        assertThat(ISSUER.introspectionCalls() - before).isEqualTo(rounds);
    }

    @Test
    void introspect_answerAfterTheDeadline_keptForThoseWhoAskLater() throws IntrospectionException {
        IntrospectionClient client = built(options().timeout(SOON));
        String token = ISSUER.opaque(Map.of());
        int before = ISSUER.introspectionCalls();
        answers.toHold.set(1);

        assertThat(failure(client, token)).isEqualTo(Kind.TIMEOUT);
        assertThat(client.status().underWay()).isEqualTo(1);
        assertThat(client.keptAnswers()).isZero();

        answers.gate.countDown();
        await().until(() -> client.status().underWay() == 0);
        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        assertThat(ISSUER.introspectionCalls() - before).isEqualTo(1);
        assertThat(counted.ends).containsExactly(Ended.TIMEOUT);
    }

    @Test
    void introspect_lateAnswerToAnEarlierQuestion_doesNotUndoARevocation() throws IntrospectionException {
        IntrospectionClient client =
                built(options().timeout(SOON).cache(new CacheSettings(Duration.ofSeconds(60), Duration.ZERO, 100)));
        String token = ISSUER.opaque(Map.of());
        answers.toHold.set(1);
        assertThat(failure(client, token)).isEqualTo(Kind.TIMEOUT);
        ISSUER.revoke(token);
        assertThat(client.introspect(token)).isInstanceOf(Inactive.class);

        answers.gate.countDown();
        await().until(() -> client.status().underWay() == 0);

        assertThat(client.introspect(token)).isInstanceOf(Inactive.class);
    }

    @Test
    void introspect_probeThatIsNeverAnswered_failsWhenItsTimeIsUp() throws IntrospectionException {
        IntrospectionClient client = built(options().timeout(SOON));
        String token = ISSUER.opaque(Map.of());
        answers.toHold.set(4);
        List<CompletableFuture<IntrospectionResult>> hanging = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            hanging.add(client.introspectAsync("token-" + i));
        }
        assertThat(hanging).allMatch(call -> failsIn(call) == Kind.TIMEOUT);
        clock.advance(Duration.ofSeconds(5));
        assertThat(client.status().endpoint()).isEqualTo(Endpoint.PROBED);

        assertThat(failure(client, "probe")).isEqualTo(Kind.TIMEOUT);

        assertThat(client.status().restsFor()).contains(Duration.ofSeconds(10));
        answers.gate.countDown();
        await().until(() -> client.status().underWay() == 0);
        clock.advance(Duration.ofSeconds(10));
        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        assertThat(client.status().endpoint()).isEqualTo(Endpoint.ASKED);
    }

    @Test
    void introspect_maxStalenessZero_joinsACallButNeverAKeptAnswer() throws Exception {
        IntrospectionClient client = built(options());
        String token = ISSUER.opaque(Map.of());
        int before = ISSUER.introspectionCalls();
        answers.toHold.set(1);
        Future<IntrospectionResult> first = threads.submit(() -> client.introspect(token));
        await().until(() -> answers.held.get() == 1);
        CompletableFuture<IntrospectionResult> fresh = client.introspectAsync(token, Duration.ZERO);

        answers.gate.countDown();

        assertThat(first.get(20, SECONDS)).isInstanceOf(Active.class);
        assertThat(fresh.get(20, SECONDS)).isInstanceOf(Active.class);
        assertThat(ISSUER.introspectionCalls() - before).isEqualTo(1);
        client.introspect(token, Duration.ZERO);
        assertThat(ISSUER.introspectionCalls() - before).isEqualTo(2);
    }

    @Test
    void introspect_listenerThatThrows_answersAndKeepsAllTheSame() throws IntrospectionException {
        IntrospectionListener broken = new IntrospectionListener() {
            @Override
            public void ended(Ended how, Duration took) {
                throw new IllegalStateException("a mistake");
            }

            @Override
            public void sought(boolean kept) {
                throw new IllegalStateException("a mistake");
            }

            @Override
            public void lastKnownServed() {
                throw new IllegalStateException("a mistake");
            }

            @Override
            public void evicted() {
                throw new IllegalStateException("a mistake");
            }
        };
        IntrospectionClient client = built(options()
                .listener(broken)
                .cache(new CacheSettings(Duration.ofSeconds(60), Duration.ofSeconds(60), 1, Duration.ofSeconds(60))));
        String token = ISSUER.opaque(Map.of());

        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        for (int i = 0; i < 20; i++) {
            assertThat(client.introspect("garbage-" + i)).isInstanceOf(Inactive.class);
        }
        assertThat(client.status().underWay()).isZero();
    }

    @Test
    void introspect_authenticationThatThrows_failsAtOnceAndGivesThePlaceBack() {
        ClientAuthentication broken = new ClientAuthentication() {
            @Override
            public String clientId() {
                return "contacts-api";
            }

            @Override
            public Presented present(URI endpoint) {
                throw new IllegalStateException("a mistake");
            }
        };
        IntrospectionClient client =
                built(options(ISSUER::introspectionEndpoint, broken).maxConcurrent(1));

        for (int i = 0; i < 5; i++) {
            assertThat(failure(client, "token-" + i)).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
        }
        assertThat(client.status().underWay()).isZero();
    }

    @Test
    void introspect_addressesThatHang_doNotHoldUpAnswersThatAreThere() throws Exception {
        AtomicBoolean hang = new AtomicBoolean();
        CountDownLatch gate = new CountDownLatch(1);
        IntrospectionClient client = built(options(
                () -> {
                    if (hang.get()) {
                        awaitQuietly(gate);
                    }
                    return ISSUER.introspectionEndpoint();
                },
                CREDENTIALS));
        answers.toHold.set(1);
        Future<IntrospectionResult> asked = threads.submit(() -> client.introspect(ISSUER.opaque(Map.of())));
        await().until(() -> answers.held.get() == 1);
        hang.set(true);
        for (int i = 0; i < 20; i++) {
            CompletableFuture<IntrospectionResult> hanging = client.introspectAsync("hanging-" + i);
            assertThat(hanging).isNotDone();
        }

        answers.gate.countDown();

        assertThat(asked.get(20, SECONDS)).isInstanceOf(Active.class);
        gate.countDown();
    }

    @Test
    void close_callsUnderWay_thoseWhoWaitFailAtOnce() throws Exception {
        IntrospectionClient client = built(options());
        answers.toHold.set(2);
        Future<IntrospectionResult> one = threads.submit(() -> client.introspect("one"));
        CompletableFuture<IntrospectionResult> other = client.introspectAsync("other");
        await().until(() -> answers.held.get() == 2);

        client.close();

        assertThat(catchThrowableOfType(ExecutionException.class, () -> one.get(20, SECONDS)))
                .hasCauseInstanceOf(IntrospectionException.class);
        assertThat(catchThrowableOfType(ExecutionException.class, () -> other.get(20, SECONDS)))
                .hasCauseInstanceOf(IntrospectionException.class);
        answers.gate.countDown();
        await().until(() -> client.status().underWay() == 0);
    }

    @Test
    void introspect_closedAfterAnAnswer_theKeptAnswerServesAndNoCallIsMade() throws IntrospectionException {
        IntrospectionClient client = built(options());
        String token = ISSUER.opaque(Map.of());
        client.introspect(token);
        int before = ISSUER.introspectionCalls();

        client.close();

        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        for (int i = 0; i < 20; i++) {
            assertThat(failure(client, "another")).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
        }
        assertThat(ISSUER.introspectionCalls()).isEqualTo(before);
    }
}
