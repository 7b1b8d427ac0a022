package dev.scopegate.introspection;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long an answer is kept: each limit from both sides, on a clock that only the test moves. */
class IntrospectionCacheIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final Duration MILLI = Duration.ofMillis(1);

    private final AskedIssuer asked = new AskedIssuer(ISSUER);
    private final MutableClock clock = asked.clock;
    private final Counted counted = asked.counted;
    private IntrospectionClient client = client(CacheSettings.defaults());

    private IntrospectionClient client(CacheSettings settings) {
        return asked.client().cache(settings).build();
    }

    @AfterEach
    void close() {
        client.close();
        asked.close();
    }

    // A126
    @Test
    void introspect_activeAThousandTimes_oneCall() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of("sub", "alice"));

        for (int i = 0; i < 1000; i++) {
            assertThat(client.introspect(token))
                    .isEqualTo(Active.now(Map.of("active", true, "sub", "alice"), AskedIssuer.NOW));
        }

        assertThat(asked.calls()).isEqualTo(1);
        assertThat(counted.kept).hasValue(999);
        assertThat(counted.waited).hasValue(1);
    }

    @Test
    void introspect_active_keptForTheTtlAndNotLonger() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        ISSUER.revoke(token);

        clock.advance(Duration.ofSeconds(60).minus(MILLI));
        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        assertThat(asked.calls()).isEqualTo(1);

        clock.advance(MILLI);
        assertThat(client.introspect(token)).isInstanceOf(Inactive.class);
        assertThat(asked.calls()).isEqualTo(2);
    }

    // A127
    @Test
    void introspect_inactive_keptForTheNegativeTtlAndNotLonger() throws IntrospectionException {
        assertThat(client.introspect("never-issued")).isEqualTo(new Inactive());

        clock.advance(Duration.ofSeconds(10).minus(MILLI));
        assertThat(client.introspect("never-issued")).isEqualTo(new Inactive());
        assertThat(asked.calls()).isEqualTo(1);

        clock.advance(MILLI);
        assertThat(client.introspect("never-issued")).isEqualTo(new Inactive());
        assertThat(asked.calls()).isEqualTo(2);
    }

    // F22
    @Test
    @Requirement("RFC7662 §4")
    void introspect_expBeforeTheTtl_keptUntilExpAndNotLonger() throws IntrospectionException {
        String token =
                ISSUER.opaque(Map.of("exp", AskedIssuer.NOW.plusSeconds(30).getEpochSecond()));
        client.introspect(token);

        clock.advance(Duration.ofSeconds(30).minus(MILLI));
        client.introspect(token);
        assertThat(asked.calls()).isEqualTo(1);

        clock.advance(MILLI);
        client.introspect(token);
        assertThat(asked.calls()).isEqualTo(2);
    }

    @Test
    @Requirement("RFC7662 §4")
    void introspect_wallClockJumpsBeyondExp_notServedThoughNoTimePassed() throws IntrospectionException {
        String token =
                ISSUER.opaque(Map.of("exp", AskedIssuer.NOW.plusSeconds(3600).getEpochSecond()));
        client.introspect(token);

        clock.set(AskedIssuer.NOW.plusSeconds(3599));
        client.introspect(token);
        assertThat(asked.calls()).isEqualTo(1);

        clock.set(AskedIssuer.NOW.plusSeconds(3600));
        client.introspect(token);
        assertThat(asked.calls()).isEqualTo(2);
    }

    @Test
    void introspect_wallClockTurnedBack_agesAllTheSame() throws IntrospectionException {
        String token =
                ISSUER.opaque(Map.of("exp", AskedIssuer.NOW.plusSeconds(3600).getEpochSecond()));
        client.introspect(token);

        clock.set(AskedIssuer.NOW.minusSeconds(3600));
        clock.advance(Duration.ofSeconds(60));
        client.introspect(token);

        assertThat(asked.calls()).isEqualTo(2);
    }

    @Test
    void introspect_expAlreadyPast_returnedAndNotKept() throws IntrospectionException {
        String token =
                ISSUER.opaque(Map.of("exp", AskedIssuer.NOW.minusSeconds(1).getEpochSecond()));

        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        assertThat(client.introspect(token)).isInstanceOf(Active.class);

        assertThat(asked.calls()).isEqualTo(2);
    }

    @Test
    void introspect_expThatCannotBeRead_returnedAndNotKept() throws IntrospectionException {
        int made = 0;
        for (Object exp : new Object[] {"soon", 1e300, -5, true}) {
            String token = ISSUER.opaque(Map.of("exp", exp));
            client.introspect(token);
            client.introspect(token);
            made += 2;
            assertThat(asked.calls()).as("exp %s", exp).isEqualTo(made);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 401, 404, 429})
    void introspect_failure_notKept(int status) throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        StubMapping broken = ISSUER.wireMock()
                .stubFor(post(urlEqualTo("/introspect"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(status)));

        assertThatThrownBy(() -> client.introspect(token)).isInstanceOf(IntrospectionException.class);
        ISSUER.wireMock().removeStub(broken);

        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        assertThat(asked.calls()).isEqualTo(2);
    }

    @Test
    void introspect_endpointFailsLater_keptAnswersServeOn() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        client.introspect(token);
        StubMapping broken = ISSUER.wireMock()
                .stubFor(post(urlEqualTo("/introspect")).atPriority(1).willReturn(serverError()));

        assertThat(client.introspect(token)).isInstanceOf(Active.class);
        clock.advance(Duration.ofSeconds(60));
        assertThatThrownBy(() -> client.introspect(token)).isInstanceOf(IntrospectionException.class);

        ISSUER.wireMock().removeStub(broken);
    }

    @Test
    void introspect_cacheOff_eachTimeACall() throws IntrospectionException {
        client = client(CacheSettings.off());
        String token = ISSUER.opaque(Map.of());

        client.introspect(token);
        ISSUER.revoke(token);

        assertThat(client.introspect(token)).isInstanceOf(Inactive.class);
        assertThat(client.introspect(token)).isInstanceOf(Inactive.class);
        assertThat(asked.calls()).isEqualTo(3);
    }

    @Test
    void introspect_moreTokensThanEntries_staysBounded() throws IntrospectionException {
        client = client(new CacheSettings(Duration.ofHours(1), Duration.ofHours(1), 10));

        for (int i = 0; i < 100; i++) {
            client.introspect("garbage-" + i);
        }

        assertThat(asked.calls()).isEqualTo(100);
        assertThat(counted.evicted.get()).isGreaterThanOrEqualTo(90);
    }

    @Test
    void introspect_twoTokens_eachItsOwnAnswer() throws IntrospectionException {
        String alice = ISSUER.opaque(Map.of("sub", "alice", "scope", "a"));
        String bob = ISSUER.opaque(Map.of("sub", "bob", "scope", "b"));

        for (int i = 0; i < 2; i++) {
            assertThat(((Active) client.introspect(alice)).claims()).containsEntry("sub", "alice");
            assertThat(((Active) client.introspect(bob)).claims()).containsEntry("sub", "bob");
        }
        assertThat(asked.calls()).isEqualTo(2);
    }
}
