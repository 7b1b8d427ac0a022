package dev.scopegate.introspection;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.IntrospectionListener.Ended;
import dev.scopegate.introspection.IntrospectionStatus.Endpoint;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint in trouble: how often it is asked, what those who ask get, and what is the same again afterwards. */
@Timeout(60)
class OutageIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AskedIssuer asked = new AskedIssuer(ISSUER);
    private final MutableClock clock = asked.clock;
    private final Counted counted = asked.counted;
    private final IntrospectionClient client = client(TestIssuer.CLIENT_SECRET);

    private IntrospectionClient client(String secret) {
        return asked.client(ISSUER::introspectionEndpoint, secret)
                .name("login.example.com")
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        asked.close();
    }

    private IntrospectionException failure(String token) {
        return catchThrowableOfType(IntrospectionException.class, () -> client.introspect(token));
    }

    // F16
    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void introspect_fiveMinutesOfFailures_keptAnswersServeTheirTimeAndFewCallsAreMade(int status)
            throws IntrospectionException {
        String known = ISSUER.opaque(Map.of("sub", "alice"));
        String unknown = ISSUER.opaque(Map.of("sub", "bob"));
        client.introspect(known);
        asked.answerWith(status);

        for (int second = 0; second < 300; second++) {
            if (second < 60) {
                assertThat(client.introspect(known)).isInstanceOf(Active.class);
            } else {
                assertThat(failure(known)).isNotNull();
            }
            assertThat(failure(unknown).kind()).isIn(Kind.ENDPOINT_UNAVAILABLE, Kind.RESTING);
            assertThat(failure("garbage-" + second).retryAfter()).isNotEqualTo(Optional.of(Duration.ZERO));
            clock.advance(SECOND);
        }

        // One for the known token, one answer and nine failures until half of ten failed, and a probe after 5, 10, 20,
        // 40, 60 s …
        assertThat(Collections.frequency(counted.ends, Ended.ACTIVE)).isEqualTo(1);
        assertThat(Collections.frequency(counted.ends, Ended.UNAVAILABLE)).isEqualTo(9 + 7);
        assertThat(asked.calls()).isEqualTo(1 + 9 + 7);

        asked.recover();
        clock.advance(Duration.ofSeconds(60));
        // Nothing of the outage is kept: neither token is taken for inactive.
        assertThat(client.introspect(unknown)).isInstanceOf(Active.class);
        assertThat(client.introspect(known)).isInstanceOf(Active.class);
        assertThat(client.status().endpoint()).isEqualTo(Endpoint.ASKED);
    }

    @Test
    void introspect_connectionsRefused_restsAndRecoversByOneProbe() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        ISSUER.stop();
        for (int i = 0; i < 10; i++) {
            assertThat(failure(token).kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
        }
        assertThat(failure(token).kind()).isEqualTo(Kind.RESTING);

        ISSUER.restart();
        assertThat(failure(token).kind()).isEqualTo(Kind.RESTING);
        clock.advance(Duration.ofSeconds(5));

        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        assertThat(client.introspect("another")).isInstanceOf(Inactive.class);
    }

    // F25
    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void introspect_endpointAsksForThirtySeconds_notAskedUntilThenAndByOneProbeAfterwards(int status)
            throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        asked.answerWith(aResponse().withStatus(status).withHeader("Retry-After", "30"));
        assertThat(failure(token).retryAfter()).contains(Duration.ofSeconds(30));

        for (int left = 30; left > 0; left--) {
            for (int i = 0; i < 30; i++) {
                IntrospectionException refused = failure("token-" + i);
                assertThat(refused.kind()).isEqualTo(Kind.RESTING);
                assertThat(refused.retryAfter()).contains(Duration.ofSeconds(left));
            }
            clock.advance(SECOND);
        }
        assertThat(asked.calls()).isEqualTo(1);

        assertThat(failure(token).kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
        assertThat(failure(token).kind()).isEqualTo(Kind.RESTING);
        assertThat(asked.calls()).isEqualTo(2);

        asked.recover();
        clock.advance(Duration.ofSeconds(30));
        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        assertThat(client.introspect("another")).isInstanceOf(Inactive.class);
        assertThat(asked.calls()).isEqualTo(4);
    }

    // F23
    @Test
    @Requirement("RFC7662 §2.3")
    void introspect_secretRotatedAtTheServer_saidSoOnceAndMendedByANewClient() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        try (Logs logs = new Logs();
                IntrospectionClient outdated = client("0utdated-secret")) {
            for (int i = 0; i < 100; i++) {
                IntrospectionException refused =
                        catchThrowableOfType(IntrospectionException.class, () -> outdated.introspect(token));
                assertThat(refused.kind()).isIn(Kind.REFUSED_CLIENT, Kind.RESTING);
                assertThat(refused).hasMessageNotContaining("0utdated-secret");
            }

            assertThat(asked.calls()).isEqualTo(10);
            assertThat(outdated.status().clientRefused()).isTrue();
            assertThat(logs.text().lines().filter(line -> line.contains(" ERROR ")))
                    .hasSize(1);
            assertThat(logs.text()).doesNotContain("0utdated-secret", token, "Basic");

            // What a reload makes.
            assertThat(client.introspect(token)).isInstanceOf(Active.class);
            assertThat(client.status().clientRefused()).isFalse();
        }
    }

    // F23
    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void introspect_clientRefusedForAWhile_refusedUntilACallIsAnsweredAgain(int status) throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        asked.answerWith(status);
        for (int i = 0; i < 10; i++) {
            assertThat(failure(token).kind()).isEqualTo(Kind.REFUSED_CLIENT);
        }
        assertThat(failure(token).kind()).isEqualTo(Kind.RESTING);
        asked.recover();
        assertThat(client.status().clientRefused()).isTrue();

        clock.advance(Duration.ofSeconds(5));
        assertThat(client.introspect(token)).isInstanceOf(Active.class);

        assertThat(client.status().clientRefused()).isFalse();
    }

    @Test
    void introspect_endpointRestsAndAnswersAgain_oneLineEach() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        try (Logs logs = new Logs()) {
            asked.answerWith(aResponse().withStatus(500));
            for (int i = 0; i < 1000; i++) {
                assertThat(failure(token)).isNotNull();
            }
            asked.recover();
            clock.advance(Duration.ofSeconds(5));
            client.introspect(token);

            assertThat(logs.text().lines().filter(line -> line.contains(" WARN ")))
                    .singleElement()
                    .asString()
                    .contains("login.example.com rests for 5000 ms");
            assertThat(logs.text().lines().filter(line -> line.contains("login.example.com answers again")))
                    .hasSize(1);
            assertThat(logs.text()).doesNotContain(token);
        }
    }

    @Test
    void introspect_oddAnswersAboutMadeUpTokens_othersAreStillAskedAbout() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        asked.answerWith(aResponse().withStatus(400));
        for (int i = 0; i < 50; i++) {
            assertThat(failure("odd-" + i).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
        }
        asked.recover();

        assertThat(client.introspect(token)).isInstanceOf(Active.class);
    }
}
