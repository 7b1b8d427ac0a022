package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static dev.scopegate.IntrospectionScene.answersAll;
import static dev.scopegate.IntrospectionScene.asked;
import static dev.scopegate.IntrospectionScene.opaque;
import static dev.scopegate.IntrospectionScene.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.model.Decision;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of requests while an introspection endpoint is in trouble, and how much of that it gets to feel. */
@Timeout(120)
class IntrospectionFaultsTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final RouteConfig READ = RouteConfig.requiring("GET /contacts", "read");

    private final List<AutoCloseable> opened = new ArrayList<>();

    private IntrospectionScene scene(IssuerConfig issuer) {
        return opened(IntrospectionScene.of(List.of(issuer), READ));
    }

    private IntrospectionScene scene() {
        return scene(asked("main", ISSUER, how -> how));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(0, resource);
        return resource;
    }

    private void trouble(ResponseDefinitionBuilder answer) {
        StubMapping stub = answersAll(ISSUER, answer);
        opened.add(() -> ISSUER.wireMock().removeStub(stub));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    @DisplayName("F15: many requests with one token that nobody knows yet are one question")
    void hotToken_manyRequestsAtOnce_oneQuestion() throws Exception {
        HangingEndpoint endpoint = opened(new HangingEndpoint());
        IntrospectionScene scene = scene(asking(endpoint));
        Crowd crowd = opened(new Crowd(50));

        List<Future<String>> verdicts = crowd.each(i -> scene.verdict("slow-hot-token"));
        await().until(() -> endpoint.hanging() == 1);
        endpoint.release();

        for (Future<String> verdict : verdicts) {
            assertThat(verdict.get()).isEqualTo("PERMITTED");
        }
        assertThat(endpoint.asked()).isEqualTo(1);
    }

    @Test
    @DisplayName("F16: five minutes of 5xx; what is kept serves out its time, then 503, and hardly a question")
    void endpointDown_fiveMinutes_keptAnswersServeTheirTimeAndTheEndpointIsSpared() {
        IntrospectionScene scene = scene();
        String kept = opaque(ISSUER);
        assertThat(scene.verdict(kept)).isEqualTo("PERMITTED");
        StubMapping outage = answersAll(ISSUER, serverError());
        int before = ISSUER.introspectionCalls();

        for (int second = 0; second < 300; second++) {
            assertThat(scene.verdict(kept)).isEqualTo(second < 60 ? "PERMITTED" : "UNDECIDED");
            for (int i = 0; i < 3; i++) {
                assertThat(scene.verdict(UUID.randomUUID().toString())).isEqualTo("UNDECIDED");
            }
            scene.clock().advance(Duration.ofSeconds(1));
        }

        // Enough to see that it fails, and then one probe at a time, less and less often.
        assertThat(ISSUER.introspectionCalls() - before).isLessThanOrEqualTo(40);
        ISSUER.wireMock().removeStub(outage);
        scene.clock().advance(Duration.ofMinutes(1));
        assertThat(scene.verdict(kept)).as("nothing was remembered as inactive").isEqualTo("PERMITTED");
    }

    @Test
    @DisplayName("F17: while all questions hang, JWTs are judged as ever, and one question more is refused at once")
    void endpointHangs_jwtRequestsAreAnsweredMeanwhile() throws Exception {
        HangingEndpoint endpoint = opened(new HangingEndpoint());
        IntrospectionScene scene = scene(asking(endpoint));
        Crowd crowd = opened(new Crowd(64));
        String known = ISSUER.token().scope("read").clock(scene.clock()).sign();
        assertThat(scene.verdict(known)).isEqualTo("PERMITTED");

        List<Future<String>> opaque = crowd.each(i -> scene.verdict("slow-" + i));
        // Some may find no room: they are told so at once.
        await().until(() ->
                endpoint.hanging() + opaque.stream().filter(Future::isDone).count() == 64);
        int hanging = endpoint.hanging();
        assertThat(hanging).isBetween(32, 64);

        for (int i = 0; i < 20; i++) {
            assertThat(scene.verdict(known)).isEqualTo("PERMITTED");
            String fresh = ISSUER.token().scope("read").clock(scene.clock()).sign();
            assertThat(scene.verdict(fresh)).isEqualTo("PERMITTED");
        }
        assertThat(scene.verdict("slow-one-more")).isEqualTo("UNDECIDED");
        assertThat(endpoint.hanging()).as("nobody had to wait for one of them").isEqualTo(hanging);

        endpoint.release();
        for (Future<String> verdict : opaque) {
            assertThat(verdict.get()).isIn("PERMITTED", "UNDECIDED");
        }
        assertThat(scene.counted("scopegate.introspection", "outcome", "overloaded"))
                .isEqualTo(64 - hanging + 1);
    }

    @Test
    @DisplayName("F20: a flood of garbage leaves room for tokens that are known to be good")
    void garbage_fillsItsShare_knownTokensAreAskedAboutAgain() {
        HangingEndpoint endpoint = opened(new HangingEndpoint());
        IntrospectionScene scene = scene(asking(endpoint));
        List<String> hot = IntStream.range(0, 20).mapToObj(i -> "hot-" + i).toList();
        assertThat(hot).allSatisfy(token -> assertThat(scene.verdict(token)).isEqualTo("PERMITTED"));
        Crowd crowd = opened(new Crowd(100));

        List<Future<String>> garbage = crowd.each(i -> scene.verdict("slow-garbage-" + i));
        await().until(() ->
                endpoint.hanging() + garbage.stream().filter(Future::isDone).count() == 100);
        scene.clock().advance(Duration.ofSeconds(61));

        assertThat(hot).allSatisfy(token -> assertThat(scene.verdict(token)).isEqualTo("PERMITTED"));
        assertThat(endpoint.asked()).isLessThanOrEqualTo(64 + 2 * hot.size());
    }

    @Test
    @DisplayName(
            "F22: an answer that is kept for a minute ends with the token after three seconds, give or take the skew")
    @Requirement("RFC7662 §4")
    void tokenExpiresSoon_keptForLonger_noAcceptAfterItsEnd() {
        IntrospectionScene scene = scene();
        String token = UUID.randomUUID().toString();
        long end = scene.clock().instant().getEpochSecond() + 3;
        says(ISSUER, token, Map.of("scope", "read", "exp", end));

        for (int second = 0; second < 120; second++) {
            // 30 s: the clock skew of the configuration.
            assertThat(scene.verdict(token)).isEqualTo(second < 33 ? "PERMITTED" : "EXPIRED");
            scene.clock().advance(Duration.ofSeconds(1));
        }
    }

    @Test
    @DisplayName("F23: our credentials are no longer those that the issuer knows")
    void credentialsRotated_undecidedUntilTheReload() {
        String outdated = "secret-of-yesterday";
        CapturedLog log = opened(new CapturedLog());
        IntrospectionScene scene = scene(asked("main", ISSUER, how -> how.clientSecret(Secret.of(outdated))));
        String token = opaque(ISSUER);

        assertThat(scene.verdict(token)).isEqualTo("UNDECIDED");
        assertThat(scene.verdict(opaque(ISSUER))).isEqualTo("UNDECIDED");

        scene.reload(List.of(asked("main", ISSUER, how -> how)), READ);
        assertThat(scene.verdict(token)).isEqualTo("PERMITTED");
        assertThat(log.text())
                .doesNotContain(outdated)
                .doesNotContain(TestIssuer.CLIENT_SECRET)
                .doesNotContain(token);
        assertThat(scene.meterIds().toString()).doesNotContain(outdated).doesNotContain(token);
    }

    @Test
    @DisplayName("F25: the endpoint asks to be left alone for half a minute")
    void endpointAsksForQuiet_noQuestionForThatLong() {
        IntrospectionScene scene = scene();
        String token = opaque(ISSUER);
        trouble(aResponse().withStatus(429).withHeader("Retry-After", "30"));
        int before = ISSUER.introspectionCalls();

        for (int second = 0; second < 30; second++) {
            Decision decision = scene.decide("GET", "/contacts", token);
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Undecided.class,
                            undecided -> assertThat(undecided.retryAfter())
                                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30)));
            assertThat(scene.verdict(UUID.randomUUID().toString())).isEqualTo("UNDECIDED");
            scene.clock().advance(Duration.ofSeconds(1));
        }

        assertThat(ISSUER.introspectionCalls() - before).isLessThanOrEqualTo(2);
    }

    /** What a 503 says of when to ask again, and what becomes of it. */
    @ParameterizedTest
    @CsvSource({"'', 5", "0, 1", "7, 7", "7200, 3600"})
    void retryAfter_ofTheEndpoint_passedOnWithinBounds(String asked, long told) {
        IntrospectionScene scene = scene();
        ResponseDefinitionBuilder unavailable = aResponse().withStatus(503);
        trouble(asked.isEmpty() ? unavailable : unavailable.withHeader("Retry-After", asked));

        assertThat(scene.decide("GET", "/contacts", opaque(ISSUER)))
                .isInstanceOfSatisfying(
                        Decision.Undecided.class,
                        undecided -> assertThat(undecided.retryAfter()).isEqualTo(Duration.ofSeconds(told)));
    }

    @Test
    void meters_tellWhatBecameOfQuestionsAndOfWhatIsKept() {
        IntrospectionScene scene = scene(asked("main", ISSUER, how -> how));
        String token = opaque(ISSUER);
        scene.verdict(token);
        scene.verdict(token);
        scene.verdict("never-issued");

        assertThat(scene.counted("scopegate.introspection", "issuer", "main", "outcome", "active"))
                .isEqualTo(1);
        assertThat(scene.counted("scopegate.introspection", "issuer", "main", "outcome", "inactive"))
                .isEqualTo(1);
        assertThat(scene.counted("scopegate.cache.gets", "cache", "introspection", "result", "hit"))
                .isEqualTo(1);
        assertThat(scene.counted("scopegate.cache.gets", "cache", "introspection", "result", "miss"))
                .isEqualTo(2);
        assertThat(scene.counted("scopegate.cache.gets", "cache", "tokens")).isZero();
    }

    private static IssuerConfig asking(HangingEndpoint endpoint) {
        return asked(
                "main",
                ISSUER,
                how -> how.endpoint(endpoint.address()).maxConcurrent(64).timeout(Duration.ofSeconds(30)));
    }

    /** As many who ask at once. */
    private record Crowd(int size, ExecutorService threads) implements AutoCloseable {

        Crowd(int size) {
            this(size, Executors.newFixedThreadPool(size));
        }

        List<Future<String>> each(IntFunction<String> work) {
            return IntStream.range(0, size)
                    .mapToObj(i -> threads.submit(() -> work.apply(i)))
                    .toList();
        }

        @Override
        public void close() throws InterruptedException {
            threads.shutdownNow();
            boolean unused = threads.awaitTermination(10, TimeUnit.SECONDS);
        }
    }
}
