package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How old an answer may be for those who ask for fresh ones. Those who take the last one there was are in {@code LastKnownIT}. */
@Timeout(60)
class FreshnessIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final AskedIssuer asked = new AskedIssuer(ISSUER);
    private final MutableClock clock = asked.clock;
    private final IntrospectionClient client = asked.client()
            .cache(new CacheSettings(MINUTE, Duration.ofSeconds(10), 1000, MINUTE))
            .build();

    @AfterEach
    void close() {
        client.close();
        asked.close();
    }

    private static Optional<Duration> millis(String text) {
        return text.equals("any") ? Optional.empty() : Optional.of(Duration.ofMillis(Long.parseLong(text)));
    }

    @ParameterizedTest(name = "max staleness {0} ms, answer {1} ms old, server {2}: {3} after {4} calls")
    @CsvSource({
        "any,   59999, same,    active,     1",
        "any,   60000, same,    active,     2",
        "any,   59999, revoked, active,     1",
        "any,   60000, revoked, inactive,   2",
        "any,   59999, down,    active,     1",
        "any,   60000, down,    last known, 2",
        "30000, 0,     revoked, active,     1",
        "30000, 29999, revoked, active,     1",
        "30000, 30000, revoked, inactive,   2",
        "30000, 30000, same,    active,     2",
        "30000, 29999, down,    active,     1",
        "30000, 30000, down,    none,       2",
        "30000, 60000, down,    none,       2",
        // Longer than the ttl it asks for nothing that others do not get, but it says what it does not want.
        "90000, 59999, revoked, active,     1",
        "90000, 60000, revoked, inactive,   2",
        "90000, 60000, down,    none,       2",
        "0,     0,     same,    active,     2",
        "0,     0,     revoked, inactive,   2",
        "0,     0,     down,    none,       2"
    })
    void introspect_maxStaleness_answerYoungerThanThatOrANewOne(
            String maxStaleness, long age, String server, String expected, int calls) throws IntrospectionException {
        String token = ISSUER.opaque(Map.of("sub", "alice"));
        client.introspect(token);
        clock.advance(Duration.ofMillis(age));
        if (server.equals("revoked")) {
            ISSUER.revoke(token);
        } else if (server.equals("down")) {
            asked.answerWith(500);
        }

        assertThat(AskedIssuer.verdict(client, token, millis(maxStaleness))).isEqualTo(expected);

        assertThat(asked.calls()).isEqualTo(calls);
    }

    @Test
    void introspect_fresherAnswerForOne_servesTheOthersToo() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        client.introspect(token);
        clock.advance(Duration.ofSeconds(50));
        client.introspect(token, Duration.ofSeconds(30));
        assertThat(asked.calls()).isEqualTo(2);

        clock.advance(Duration.ofSeconds(29));
        assertThat(((Active) client.introspect(token, Duration.ofSeconds(30))).answeredAt())
                .isEqualTo(AskedIssuer.NOW.plusSeconds(50));
        clock.advance(Duration.ofSeconds(30));
        client.introspect(token);

        assertThat(asked.calls()).isEqualTo(2);
    }

    @Test
    void introspect_revocationFoundByOneWhoAsksNow_endsTheKeptAnswerForAll() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        client.introspect(token);
        ISSUER.revoke(token);

        assertThat(client.introspect(token, Duration.ZERO)).isInstanceOf(Inactive.class);

        assertThat(client.introspect(token)).isInstanceOf(Inactive.class);
        assertThat(asked.calls()).isEqualTo(2);
    }

    @Test
    void introspect_maxStalenessAndANegativeAnswer_judgedByItsAgeToo() throws IntrospectionException {
        client.introspect("never-issued");
        clock.advance(Duration.ofSeconds(5));

        client.introspect("never-issued", Duration.ofSeconds(6));
        assertThat(asked.calls()).isEqualTo(1);
        client.introspect("never-issued", Duration.ofSeconds(5));
        assertThat(asked.calls()).isEqualTo(2);
    }

    @Test
    void introspect_negativeMaxStaleness_refused() {
        assertThatThrownBy(() -> client.introspect("token", MILLI.negated()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.introspectAsync("token", MILLI.negated()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // F22
    @Test
    @Requirement("RFC7662 §4")
    void introspect_expInThreeSecondsAndAThousandRequestsASecond_noKeptAnswerAfterwards()
            throws IntrospectionException {
        String token =
                ISSUER.opaque(Map.of("exp", AskedIssuer.NOW.plusSeconds(3).getEpochSecond()));
        for (int i = 0; i < 3000; i++) {
            assertThat(client.introspect(token)).isInstanceOf(Active.class);
            clock.advance(MILLI);
        }
        assertThat(asked.calls()).isEqualTo(1);

        // The server knows that the token has expired; what it said before serves nobody any more, in an outage
        // neither.
        ISSUER.revoke(token);
        assertThat(client.introspect(token)).isInstanceOf(Inactive.class);
        asked.answerWith(500);
        assertThat(AskedIssuer.verdict(client, token, Optional.of(Duration.ZERO)))
                .isEqualTo("none");
    }
}
