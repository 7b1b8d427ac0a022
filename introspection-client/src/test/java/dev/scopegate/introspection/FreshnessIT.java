package dev.scopegate.introspection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How old an answer may be: for those who ask for fresh ones, and for those who take the last one there was. */
@Timeout(60)
class FreshnessIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final AskedIssuer asked = new AskedIssuer(ISSUER);
    private final MutableClock clock = asked.clock;
    private final Counted counted = asked.counted;
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean hangs;
    private IntrospectionClient client = client(AskedIssuer.PATIENCE, MINUTE, Duration.ofSeconds(10));

    private IntrospectionClient client(Duration timeout, Duration lastKnownFor, Duration negativeTtl) {
        return asked.client(this::endpoint, TestIssuer.CLIENT_SECRET)
                .timeout(timeout)
                .maxConcurrent(4)
                .cache(new CacheSettings(MINUTE, negativeTtl, 1000, lastKnownFor))
                .build();
    }

    private URI endpoint() throws IOException {
        if (hangs) {
            try {
                gate.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return ISSUER.introspectionEndpoint();
    }

    @AfterEach
    void close() {
        gate.countDown();
        client.close();
        asked.close();
    }

    private String verdict(String token, Optional<Duration> maxStaleness) {
        try {
            IntrospectionResult result =
                    maxStaleness.isPresent() ? client.introspect(token, maxStaleness.get()) : client.introspect(token);
            if (result instanceof Active active) {
                return active.lastKnown() ? "last known" : "active";
            }
            return "inactive";
        } catch (IntrospectionException none) {
            return "none";
        }
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

        assertThat(verdict(token, millis(maxStaleness))).isEqualTo(expected);

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

    /** Why the server gives no answer, and whether what was known last stands in for it. */
    private enum Trouble {
        SERVER_ERROR(true, Kind.ENDPOINT_UNAVAILABLE),
        TOO_MANY_REQUESTS(true, Kind.ENDPOINT_UNAVAILABLE),
        CONNECTION_REFUSED(true, Kind.ENDPOINT_UNAVAILABLE),
        HANGS(true, Kind.TIMEOUT),
        RESTS_AFTER_AN_OUTAGE(true, Kind.RESTING),
        OVERLOADED(true, Kind.OVERLOADED),
        CLIENT_REFUSED(false, Kind.REFUSED_CLIENT),
        CLIENT_FORBIDDEN(false, Kind.REFUSED_CLIENT),
        RESTS_AFTER_REFUSALS(false, Kind.RESTING),
        MALFORMED_ANSWER(false, Kind.MALFORMED_ANSWER),
        RESTS_AFTER_MALFORMED_ANSWERS(false, Kind.RESTING);

        private final boolean outage;
        private final Kind kind;

        Trouble(boolean outage, Kind kind) {
            this.outage = outage;
            this.kind = kind;
        }
    }

    private void begin(Trouble trouble, List<String> others) {
        switch (trouble) {
            case SERVER_ERROR -> asked.answerWith(500);
            case TOO_MANY_REQUESTS -> asked.answerWith(429);
            case CONNECTION_REFUSED -> ISSUER.stop();
            case HANGS -> hangs = true;
            case OVERLOADED -> {
                hangs = true;
                others.subList(0, 4)
                        .forEach(other ->
                                assertThat(client.introspectAsync(other)).isNotDone());
            }
            case CLIENT_REFUSED -> asked.answerWith(401);
            case CLIENT_FORBIDDEN -> asked.answerWith(403);
            case MALFORMED_ANSWER -> asked.answerWith(404);
            case RESTS_AFTER_AN_OUTAGE -> failOften(500, others);
            case RESTS_AFTER_REFUSALS -> failOften(401, others);
            case RESTS_AFTER_MALFORMED_ANSWERS -> failOften(404, others);
        }
    }

    private void failOften(int status, List<String> others) {
        asked.answerWith(status);
        for (int i = 0; i < 4; i++) {
            others.forEach(other -> verdict(other, Optional.of(Duration.ZERO)));
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void introspect_troubleAfterTheTtl_lastKnownServesInOutagesOnly(Trouble trouble) throws Exception {
        client.close();
        client = client(
                trouble == Trouble.HANGS ? Duration.ofSeconds(2) : Duration.ofSeconds(20), MINUTE, Duration.ZERO);
        String token = ISSUER.opaque(Map.of("sub", "alice"));
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(ISSUER.opaque(Map.of()));
        }
        client.introspect(token);
        for (String other : others) {
            client.introspect(other);
        }
        clock.advance(MINUTE);
        begin(trouble, others);

        CompletableFuture<IntrospectionResult> any = client.introspectAsync(token);
        // The twins: whoever wants a fresh answer gets none in any trouble.
        CompletableFuture<IntrospectionResult> fresh = client.introspectAsync(token, Duration.ofHours(1));
        CompletableFuture<IntrospectionResult> now = client.introspectAsync(token, Duration.ZERO);

        if (trouble.outage) {
            assertThat(any.get(20, SECONDS))
                    .isEqualTo(new Active(Map.of("active", true, "sub", "alice"), AskedIssuer.NOW, true));
        } else {
            assertThat(failsIn(any)).isEqualTo(trouble.kind);
        }
        assertThat(failsIn(fresh)).isEqualTo(trouble.kind);
        assertThat(failsIn(now)).isEqualTo(trouble.kind);
        assertThat(counted.lastKnown).hasValue(trouble.outage ? 1 : 0);
    }

    private static Kind failsIn(CompletableFuture<IntrospectionResult> call) {
        Throwable failure = catchThrowableOfType(ExecutionException.class, () -> call.get(20, SECONDS))
                .getCause();
        return ((IntrospectionException) failure).kind();
    }

    @Test
    void introspect_lastKnown_asLongAsConfiguredAndNotLonger() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        client.introspect(token);
        asked.answerWith(500);

        clock.advance(MINUTE.plus(MINUTE).minus(MILLI));
        assertThat(verdict(token, Optional.empty())).isEqualTo("last known");
        assertThat(client.introspectAsync(token).join()).isInstanceOf(Active.class);
        clock.advance(MILLI);
        assertThat(verdict(token, Optional.empty())).isEqualTo("none");
    }

    @Test
    void introspect_lastKnownNotConfigured_none() throws IntrospectionException {
        client.close();
        client = client(AskedIssuer.PATIENCE, Duration.ZERO, Duration.ZERO);
        String token = ISSUER.opaque(Map.of());
        client.introspect(token);
        asked.answerWith(500);

        clock.advance(MINUTE);

        assertThat(verdict(token, Optional.empty())).isEqualTo("none");
    }

    @Test
    @Requirement("RFC7662 §4")
    void introspect_lastKnown_neverBeyondExp() throws IntrospectionException {
        String token =
                ISSUER.opaque(Map.of("exp", AskedIssuer.NOW.plusSeconds(90).getEpochSecond()));
        client.introspect(token);
        asked.answerWith(500);

        clock.advance(Duration.ofSeconds(90).minus(MILLI));
        assertThat(verdict(token, Optional.empty())).isEqualTo("last known");
        clock.advance(MILLI);
        assertThat(verdict(token, Optional.empty())).isEqualTo("none");
    }

    @Test
    @Requirement("RFC7662 §4")
    void introspect_lastKnownAndTheWallClockBeyondExp_none() throws IntrospectionException {
        String token =
                ISSUER.opaque(Map.of("exp", AskedIssuer.NOW.plusSeconds(3600).getEpochSecond()));
        client.introspect(token);
        asked.answerWith(500);
        clock.advance(MINUTE);
        assertThat(verdict(token, Optional.empty())).isEqualTo("last known");

        clock.set(AskedIssuer.NOW.plusSeconds(3600));

        assertThat(verdict(token, Optional.empty())).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"0", "10"})
    void introspect_inactiveOnce_nothingIsKnownAnyMore(int negativeTtlSeconds) throws IntrospectionException {
        client.close();
        client = client(AskedIssuer.PATIENCE, MINUTE, Duration.ofSeconds(negativeTtlSeconds));
        String token = ISSUER.opaque(Map.of());
        client.introspect(token);
        ISSUER.revoke(token);
        client.introspect(token, Duration.ZERO);
        asked.answerWith(500);

        clock.advance(Duration.ofSeconds(negativeTtlSeconds));

        assertThat(verdict(token, Optional.empty())).isEqualTo("none");
        assertThat(counted.lastKnown).hasValue(0);
    }

    @Test
    void introspect_outageIsOver_theServerIsAskedAgain() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        client.introspect(token);
        clock.advance(MINUTE);
        asked.answerWith(500);
        assertThat(verdict(token, Optional.empty())).isEqualTo("last known");
        asked.recover();

        assertThat(verdict(token, Optional.empty())).isEqualTo("active");
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
        assertThat(verdict(token, Optional.of(Duration.ZERO))).isEqualTo("none");
    }
}
