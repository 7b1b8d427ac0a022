package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IntrospectionConfigBuilder;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.config.TokensConfigBuilder;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was remembered of tokens, keys and answers does not outlive what it rests on, and failures are not remembered. */
@Timeout(120)
class HostileCacheTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final MutableClock clock = MutableClock.at(NOW);

    @ParameterizedTest
    @Requirement("RFC7519 §4.1.4")
    @CsvSource({"0", "30"})
    void token_rememberedUntilItsEnd_refusedFromThatSecondOn(long skew) {
        String token = good().expiresAt(NOW.plusSeconds(60)).sign();
        try (Gate gate = Gate.of(builder -> builder.clock(clock)
                .issuer(IssuerConfig.builder(ISSUER.issuer())
                        .clockSkew(Duration.ofSeconds(skew))
                        .build()))) {
            gate.permits(token);
            clock.set(NOW.plusSeconds(60 + skew - 1));
            gate.permits(token);
            clock.set(NOW.plusSeconds(60 + skew));
            gate.refuses(token, RefusalReason.EXPIRED);
        }
    }

    @Test
    void tokens_thatDifferInOneClaim_eachWithItsOwnClaims() {
        TokenBuilder builder = good().claim("jti", "same").expiresAt(NOW.plusSeconds(60));
        try (Gate gate = at(ISSUER)) {
            String reader = builder.subject("alice").sign();
            String writer = builder.scope(Gate.SCOPE + " write").sign();
            String other = builder.subject("bob").sign();
            for (int i = 0; i < 3; i++) {
                assertThat(gate.permits(reader).scopes()).containsExactly(Gate.SCOPE);
                assertThat(gate.permits(writer).scopes()).containsExactly(Gate.SCOPE, "write");
                assertThat(gate.permits(writer).subject()).contains("alice");
                assertThat(gate.permits(other).subject()).contains("bob");
            }
        }
    }

    /** A part of a remembered token with the rest of another one. */
    @Test
    void token_madeOfTwoRememberedOnes_refused() {
        try (Gate gate = at(ISSUER)) {
            String[] first = good().sign().split("\\.", -1);
            String[] second = good().subject("root").sign().split("\\.", -1);
            gate.permits(String.join(".", first));
            gate.permits(String.join(".", second));

            gate.refuses(String.join(".", first[0], second[1], first[2]), RefusalReason.SIGNATURE);
            gate.refuses(String.join(".", first[0], first[1], second[2]), RefusalReason.SIGNATURE);
        }
    }

    /** The last character of a signature has bits that belong to no octet: its neighbours must not be the same token. */
    @Test
    @Requirement("RFC4648 §3.5")
    void token_rememberedAndSpelledInAnotherWay_refused() {
        String token = good().algorithm(JWSAlgorithm.ES256).sign();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        try (Gate gate = at(ISSUER)) {
            gate.permits(token);
            for (int bits = 1; bits < 16; bits++) {
                gate.refuses(
                        token.substring(0, token.length() - 1) + alphabet.charAt(last | bits),
                        RefusalReason.TOKEN_MALFORMED);
            }
            gate.refuses(token + "=", RefusalReason.TOKEN_MALFORMED);
        }
    }

    @Test
    void tokens_moreThanAreRemembered_allPermittedStill() {
        try (Gate gate = Gate.of(builder -> builder.clock(clock)
                .issuer(ISSUER.issuer())
                .tokens(TokensConfigBuilder.builder()
                        .cache(new TokensConfig.Cache(Duration.ofMinutes(5), 10))
                        .build()))) {
            List<String> tokens = IntStream.range(0, 200)
                    .mapToObj(i -> good().algorithm(JWSAlgorithm.ES256)
                            .subject("user-" + i)
                            .sign())
                    .toList();
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < tokens.size(); i++) {
                    assertThat(gate.permits(tokens.get(i)).subject()).contains("user-" + i);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 429, 500, 502, 503})
    void introspection_failure_notRemembered(int status) {
        String token = ISSUER.opaque(Map.of("aud", Gate.AUDIENCE, "scope", Gate.SCOPE, "sub", "alice"));
        try (Gate gate = Gate.of(introspecting())) {
            StubMapping failure = ISSUER.wireMock().stubFor(introspection(status));
            gate.leavesUndecided(token, RefusalReason.INTROSPECTION_UNAVAILABLE);
            ISSUER.wireMock().removeStub(failure);

            await().atMost(Duration.ofSeconds(20)).until(() -> gate.judge(token) instanceof Conclusion.Passed);
            assertThat(gate.log().text()).doesNotContain(TestIssuer.CLIENT_SECRET);
        }
    }

    @ParameterizedTest
    @EnumSource
    void introspection_connectionBroken_notRemembered(Fault fault) {
        String token = ISSUER.opaque(Map.of("aud", Gate.AUDIENCE, "scope", Gate.SCOPE));
        try (Gate gate = Gate.of(introspecting())) {
            StubMapping failure = ISSUER.wireMock()
                    .stubFor(post(urlEqualTo("/introspect"))
                            .willReturn(aResponse().withFault(fault)));
            gate.leavesUndecided(token, RefusalReason.INTROSPECTION_UNAVAILABLE);
            ISSUER.wireMock().removeStub(failure);

            await().atMost(Duration.ofSeconds(20)).until(() -> gate.judge(token) instanceof Conclusion.Passed);
        }
    }

    @Test
    void introspection_hangs_allWhoWaitAreAnsweredInTime() throws Exception {
        String token = ISSUER.opaque(Map.of("aud", Gate.AUDIENCE, "scope", Gate.SCOPE));
        StubMapping slow = ISSUER.wireMock()
                .stubFor(post(urlEqualTo("/introspect"))
                        .willReturn(aResponse().withStatus(200).withFixedDelay(3_000)));
        try (Gate gate = Gate.of(introspecting())) {
            assertThat(together(50, () -> gate.judge(token))).allMatch(HostileCacheTest::isUndecided);
            assertThat(gate.log().text()).doesNotContain(token);
        } finally {
            ISSUER.wireMock().removeStub(slow);
        }
    }

    @Test
    void keys_hang_allWhoWaitAreAnsweredInTimeAndServedLater() throws Exception {
        StubMapping slow = ISSUER.wireMock()
                .stubFor(get(urlEqualTo("/jwks"))
                        .willReturn(aResponse().withStatus(200).withFixedDelay(8_000)));
        try (Gate gate = at(ISSUER)) {
            String token = good().sign();
            long start = System.nanoTime();
            assertThat(together(20, () -> gate.judge(token))).allMatch(HostileCacheTest::isUndecided);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            ISSUER.wireMock().removeStub(slow);

            await().atMost(Duration.ofSeconds(30)).until(() -> gate.judge(token) instanceof Conclusion.Passed);
        }
    }

    private TokenBuilder good() {
        return ISSUER.token().scope(Gate.SCOPE).clock(clock);
    }

    private Gate at(TestIssuer issuer) {
        return Gate.of(builder -> builder.clock(clock).issuer(issuer.issuer()));
    }

    private static MappingBuilder introspection(int status) {
        return post(urlEqualTo("/introspect"))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json")
                        .withHeader("Location", ISSUER.issuer() + "/elsewhere")
                        .withBody("{\"active\":true,\"aud\":\"%s\"}".formatted(Gate.AUDIENCE)));
    }

    private static IssuerConfig introspecting() {
        IntrospectionConfig basic =
                IntrospectionConfig.basic(TestIssuer.CLIENT_ID, Secret.of(TestIssuer.CLIENT_SECRET));
        return IssuerConfig.of(ISSUER.issuer())
                .withIntrospection(IntrospectionConfigBuilder.builder(basic)
                        .timeout(Duration.ofMillis(500))
                        .build());
    }

    private static boolean isUndecided(Conclusion conclusion) {
        return conclusion instanceof Conclusion.Answered answered
                && answered.answer().status() == 503;
    }

    private static <T> List<T> together(int threads, Callable<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(Collections.nCopies(threads, task))) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
