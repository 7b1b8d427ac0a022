package dev.scopegate.introspection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.IntrospectionListener.Ended;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More requests than the endpoint can bear: how many calls reach it, what the others get, and who is served nevertheless. */
@Timeout(120)
class FloodIT {

    private static final int PLACES = 64;
    private static final int FOR_STRANGERS = 48;
    private static final long FOREVER = 100_000;

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-21T08:00:00Z"));
    private final Counted counted = new Counted();
    private final ExecutorService requests = Executors.newCachedThreadPool();

    private IntrospectionClient client(GatedEndpoint endpoint, CacheSettings cache) {
        return IntrospectionClient.builder(endpoint.uri(), new ClientSecretBasic("contacts-api", "s3cret"))
                .timeout(Duration.ofSeconds(100))
                .maxConcurrent(PLACES)
                .cache(cache)
                .clock(clock)
                .ticker(clock::read)
                .listener(counted)
                .build();
    }

    @AfterEach
    void stop() {
        requests.shutdownNow();
    }

    private static boolean isOverloaded(CompletableFuture<IntrospectionResult> answer) {
        try {
            answer.get(20, SECONDS);
            return false;
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof IntrospectionException refused && refused.kind() == Kind.OVERLOADED;
        } catch (Exception late) {
            throw new AssertionError("no verdict at once", late);
        }
    }

    // F15
    @Test
    void introspect_oneHotTokenAndASlowServer_oneCallForFiveThousandRequests() throws Exception {
        try (GatedEndpoint endpoint = GatedEndpoint.keepingWaiting(token -> true, 500);
                IntrospectionClient client = client(endpoint, CacheSettings.defaults())) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int thread = 0; thread < 50; thread++) {
                all.add(requests.submit(() -> {
                    int active = 0;
                    for (int i = 0; i < 100; i++) {
                        active += client.introspect("hot") instanceof Active ? 1 : 0;
                    }
                    return active;
                }));
            }

            for (Future<Integer> one : all) {
                assertThat(one.get(50, SECONDS)).isEqualTo(100);
            }
            assertThat(endpoint.calls).hasValue(1);
        }
    }

    // F17
    @Test
    void introspectAsync_fiveHundredTokensAndAServerThatHangs_fewCallsAndTheRestRefusedAtOnce() throws Exception {
        try (GatedEndpoint endpoint = GatedEndpoint.keepingWaiting(token -> true, FOREVER);
                IntrospectionClient client = client(endpoint, CacheSettings.defaults())) {
            List<CompletableFuture<IntrospectionResult>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                answers.add(client.introspectAsync("token-" + i));
            }

            await().until(() -> endpoint.calls.get() == FOR_STRANGERS);
            assertThat(answers.subList(0, FOR_STRANGERS)).noneMatch(CompletableFuture::isDone);
            assertThat(answers.subList(FOR_STRANGERS, 500)).allMatch(FloodIT::isOverloaded);
            assertThat(client.status().underWay()).isEqualTo(FOR_STRANGERS);
            assertThat(ownThreads()).isLessThanOrEqualTo(13);

            endpoint.open();
            for (CompletableFuture<IntrospectionResult> asked : answers.subList(0, FOR_STRANGERS)) {
                assertThat(asked.get(20, SECONDS)).isInstanceOf(Inactive.class);
            }
            assertThat(endpoint.calls).hasValue(FOR_STRANGERS);
            assertThat(endpoint.mostUnderWay.get()).isLessThanOrEqualTo(FOR_STRANGERS);
            // What was refused for want of a place is no verdict, and is not kept.
            assertThat(client.introspect("token-499")).isInstanceOf(Inactive.class);
        }
    }

    private static long ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("scopegate-introspection"))
                .count();
    }

    // F20
    @Test
    void introspect_tenThousandGarbageTokens_tokensInUseAreServedAsEver() throws Exception {
        int hotTokens = 40;
        int rounds = 20;
        int garbage = 500;
        int maxEntries = 500;
        CacheSettings cache = new CacheSettings(Duration.ofSeconds(60), Duration.ofSeconds(10), maxEntries);
        try (GatedEndpoint endpoint = GatedEndpoint.keepingWaiting(token -> token.startsWith("hanging"), FOREVER);
                IntrospectionClient client = client(endpoint, cache)) {
            assertThat(askAbout(hotTokens, client)).isEqualTo(hotTokens);
            // From now on all places for strangers are taken, as by garbage that the server is slow to deny.
            for (int i = 0; i < FOR_STRANGERS; i++) {
                assertThat(client.introspectAsync("hanging-" + i)).isNotDone();
            }
            int active = 0;
            int refused = 0;
            for (int round = 0; round < rounds; round++) {
                clock.advance(Duration.ofSeconds(60));
                for (int i = 0; i < garbage; i++) {
                    refused += isOverloaded(client.introspectAsync("garbage-" + round + '-' + i)) ? 1 : 0;
                }
                active += askAbout(hotTokens, client);
            }

            assertThat(refused).isEqualTo(rounds * garbage);
            assertThat(active).isEqualTo(rounds * hotTokens);
            assertThat(endpoint.mostUnderWay.get()).isLessThanOrEqualTo(PLACES);
            assertThat(Collections.frequency(counted.ends, Ended.ACTIVE)).isEqualTo((rounds + 1) * hotTokens);
            assertThat(client.keptAnswers()).isLessThanOrEqualTo(maxEntries);
        }
    }

    // F20
    @Test
    void introspect_garbageThatIsDeniedAtOnce_doesNotDriveTokensInUseOutOfTheCache() throws Exception {
        int hotTokens = 10;
        int garbage = 1_000;
        int maxEntries = 100;
        CacheSettings cache = new CacheSettings(Duration.ofHours(1), Duration.ofHours(1), maxEntries);
        try (GatedEndpoint endpoint = GatedEndpoint.keepingWaiting(token -> false, 0);
                IntrospectionClient client = client(endpoint, cache)) {
            for (int i = 0; i < 10; i++) {
                askAbout(hotTokens, client);
            }
            int active = 0;
            for (int i = 0; i < garbage; i++) {
                assertThat(client.introspect("garbage-" + i)).isInstanceOf(Inactive.class);
                active += client.introspect("hot-" + i % hotTokens) instanceof Active ? 1 : 0;
            }

            assertThat(active).isEqualTo(garbage);
            // At least 99 of 100 requests with a token in use are served from what is kept.
            assertThat(Collections.frequency(counted.ends, Ended.ACTIVE))
                    .isLessThanOrEqualTo(hotTokens + garbage / 100);
            assertThat(client.keptAnswers()).isLessThanOrEqualTo(maxEntries);
        }
    }

    /** Asks about each of the tokens in use once, eight at a time; says how many were active. */
    private int askAbout(int hotTokens, IntrospectionClient client) throws Exception {
        List<Future<Integer>> all = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int first = thread;
            all.add(requests.submit(() -> {
                int active = 0;
                for (int i = first; i < hotTokens; i += 8) {
                    active += client.introspect("hot-" + i) instanceof Active ? 1 : 0;
                }
                return active;
            }));
        }
        int active = 0;
        for (Future<Integer> one : all) {
            active += one.get(50, SECONDS);
        }
        return active;
    }
}
