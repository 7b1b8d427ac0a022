package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many requests at once, of which some name keys that nobody knows: what they may cause, and whom they may delay. */
@Timeout(120)
class KeyStormsTest {

    private static final String SCHEDULE = "manual-schedule";

    private final FaultyIssuer issuer = FaultyIssuer.publishing("main", "a");
    private final List<ExecutorService> pools = new ArrayList<>();

    @AfterEach
    void close() {
        pools.forEach(ExecutorService::shutdownNow);
        issuer.close();
    }

    @Test
    void validate_tenThousandUnknownNamesAtOnce_oneFetchAndKnownKeysServed() throws Exception {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            ExecutorService requests = threads(64);

            assertStorm(scene, requests, "first", 10_000);
            assertThat(issuer.asked()).isEqualTo(2);
            scene.advance(issuer, Duration.ofSeconds(29));
            assertStorm(scene, requests, "second", 500);
            assertThat(issuer.asked()).isEqualTo(2);
            scene.advance(issuer, Duration.ofSeconds(1));
            assertStorm(scene, requests, "third", 500);
            assertThat(issuer.asked()).isEqualTo(3);
        }
    }

    private void assertStorm(FaultScene scene, ExecutorService requests, String name, int size) throws Exception {
        String garbage = Garbage.token(issuer, scene.clock());
        List<Future<String>> storm = new ArrayList<>();
        List<Future<String>> known = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String unknown = Garbage.naming(garbage, name + i);
            storm.add(requests.submit(() -> scene.verdict(unknown)));
            if (i % 20 == 0) {
                known.add(requests.submit(() -> scene.verdict(issuer.token("a", scene.clock()))));
            }
        }
        assertThat(results(storm)).hasSize(size).containsOnly("KEY_UNKNOWN");
        assertThat(results(known)).hasSize(size / 20).containsOnly("VALID");
    }

    @Test
    void validate_fiveHundredFirstRequests_oneFetchAndAllServed() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        issuer.publishWhen(open, "a");
        ExecutorService requests = threads(500);
        try (FaultScene scene = FaultScene.of(issuer.config())) {
            String token = issuer.token("a", scene.clock());
            List<Future<String>> all = ask(scene, requests, Collections.nCopies(500, token));
            open.countDown();

            assertThat(results(all)).hasSize(500).containsOnly("VALID");
            assertThat(issuer.asked()).isEqualTo(1);
        }
    }

    @Test
    void validate_fetchThatHangs_knownKeysWaitForNothingAndNoRequestIsInIt() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        try (FaultScene scene = FaultScene.settled(issuer)) {
            List<String> tokens = IntStream.range(0, 50)
                    .mapToObj(i -> issuer.token("a", scene.clock()))
                    .toList();
            String unknown = issuer.token("b", scene.clock());
            ExecutorService requests = threads(8);
            issuer.publishWhen(open, "a", "b");
            Future<String> forcing = requests.submit(() -> scene.verdict(unknown));
            await().until(() -> issuer.asked() == 2);

            List<Future<String>> known = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                known.addAll(ask(scene, requests, tokens));
            }
            assertThat(threadsIn("dev.scopegate.introspection.http.BoundedHttpClient"))
                    .containsOnly(SCHEDULE);
            assertThat(results(known)).hasSize(1_000).containsOnly("VALID");

            // All of them had their answer while the fetch had not.
            assertThat(scene.outcomes(issuer)).hasSize(1);
            assertThat(open.getCount()).isEqualTo(1);
            assertThat(waiting()).isLessThanOrEqualTo(1);
            open.countDown();
            scene.settle();
            assertThat(forcing.get()).isIn("VALID", "KEY_UNKNOWN");
            assertThat(scene.verdict(unknown)).isEqualTo("VALID");
        }
    }

    @Test
    void validate_stormWhileTheFetchHangs_fewWaitAndTheOthersAreRefusedAtOnce() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        try (FaultScene scene = FaultScene.settled(issuer)) {
            issuer.publishWhen(open, "a");
            String garbage = Garbage.token(issuer, scene.clock());
            List<String> unknown = IntStream.range(0, 300)
                    .mapToObj(i -> Garbage.naming(garbage, "x" + i))
                    .toList();
            List<Future<String>> storm = ask(scene, threads(300), unknown);

            await().until(() -> storm.stream().filter(Future::isDone).count() >= 300 - 64);
            assertThat(waiting()).isLessThanOrEqualTo(64);
            open.countDown();

            assertThat(results(storm)).containsOnly("KEY_UNKNOWN");
            scene.settle();
            assertThat(issuer.asked()).isBetween(2, 3);
        }
    }

    @Test
    void validate_stormInTheNameOfAnIssuerThatIsDown_fewWaitAndTheOthersAreAnsweredAtOnce() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        issuer.goDown();
        try (FaultScene scene = FaultScene.settled(issuer)) {
            assertThat(scene.outcomes(issuer)).hasSize(1);
            String token = issuer.token("a", scene.clock());
            ExecutorService requests = threads(300);
            ExecutorService time = threads(1);
            issuer.publishWhen(open, "a");
            issuer.comeBack();
            Future<?> fetch = time.submit(() -> scene.nextFetch(issuer));
            await().until(() -> issuer.asked() == 1);

            List<Future<String>> storm = ask(scene, requests, Collections.nCopies(300, token));
            await().until(() -> storm.stream().filter(Future::isDone).count() >= 300 - 64);
            assertThat(waiting()).isLessThanOrEqualTo(64);
            open.countDown();
            fetch.get();

            assertThat(results(storm)).contains("UNDECIDED").isSubsetOf("UNDECIDED", "VALID");
            assertThat(scene.verdict(token)).isEqualTo("VALID");
        }
    }

    @Test
    void validate_nameThatWasLookedForInVain_neitherFetchedNorWaitedForAgain() {
        try (FaultScene scene = FaultScene.settled(issuer)) {
            String unknown = issuer.token("b", scene.clock());
            assertThat(scene.verdict(unknown)).isEqualTo("KEY_UNKNOWN");
            assertThat(issuer.asked()).isEqualTo(2);

            for (int i = 0; i < 1_000; i++) {
                assertThat(scene.verdict(unknown)).isEqualTo("KEY_UNKNOWN");
            }

            assertThat(issuer.asked()).isEqualTo(2);
        }
    }

    @Test
    void validate_badSignaturesOfAKnownKey_noFetch() {
        FaultyIssuer forger = FaultyIssuer.publishing("forger", "a");
        try (forger;
                FaultScene scene = FaultScene.settled(issuer)) {
            String forged = issuer.forgery("a", forger, "a", scene.clock());
            for (int i = 0; i < 200; i++) {
                assertThat(scene.verdict(forged)).isEqualTo("SIGNATURE");
            }

            assertThat(issuer.asked()).isEqualTo(1);
            assertThat(scene.validator().rememberedTokens()).isZero();
        }
    }

    private ExecutorService threads(int number) {
        ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(number);
        int unused = pool.prestartAllCoreThreads();
        pools.add(pool);
        return pool;
    }

    private static List<Future<String>> ask(FaultScene scene, ExecutorService requests, List<String> tokens) {
        return tokens.stream()
                .map(token -> requests.submit(() -> scene.verdict(token)))
                .toList();
    }

    private static List<String> results(List<Future<String>> asked) throws Exception {
        List<String> all = new ArrayList<>();
        for (Future<String> one : asked) {
            all.add(one.get());
        }
        return all;
    }

    private static long waiting() {
        return threadsIn("dev.scopegate.validate.keys.Waiting").size();
    }

    private static List<String> threadsIn(String className) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(className)))
                .map(thread -> thread.getKey().getName())
                .toList();
    }
}
