package dev.scopegate.introspection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
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

/** What was known last: in which troubles it stands in for an answer, for how long, and for whom. */
@Timeout(60)
class LastKnownIT {

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
            others.forEach(other -> AskedIssuer.verdict(client, other, Optional.of(Duration.ZERO)));
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
        assertThat(AskedIssuer.verdict(client, token, Optional.empty())).isEqualTo("last known");
        assertThat(client.introspectAsync(token).join()).isInstanceOf(Active.class);
        clock.advance(MILLI);
        assertThat(AskedIssuer.verdict(client, token, Optional.empty())).isEqualTo("none");
    }

    @Test
    void introspect_lastKnownNotConfigured_none() throws IntrospectionException {
        client.close();
        client = client(AskedIssuer.PATIENCE, Duration.ZERO, Duration.ZERO);
        String token = ISSUER.opaque(Map.of());
        client.introspect(token);
        asked.answerWith(500);

        clock.advance(MINUTE);

        assertThat(AskedIssuer.verdict(client, token, Optional.empty())).isEqualTo("none");
    }

    @Test
    @Requirement("RFC7662 §4")
    void introspect_lastKnown_neverBeyondExp() throws IntrospectionException {
        String token =
                ISSUER.opaque(Map.of("exp", AskedIssuer.NOW.plusSeconds(90).getEpochSecond()));
        client.introspect(token);
        asked.answerWith(500);

        clock.advance(Duration.ofSeconds(90).minus(MILLI));
        assertThat(AskedIssuer.verdict(client, token, Optional.empty())).isEqualTo("last known");
        clock.advance(MILLI);
        assertThat(AskedIssuer.verdict(client, token, Optional.empty())).isEqualTo("none");
    }

    @Test
    @Requirement("RFC7662 §4")
    void introspect_lastKnownAndTheWallClockBeyondExp_none() throws IntrospectionException {
        String token =
                ISSUER.opaque(Map.of("exp", AskedIssuer.NOW.plusSeconds(3600).getEpochSecond()));
        client.introspect(token);
        asked.answerWith(500);
        clock.advance(MINUTE);
        assertThat(AskedIssuer.verdict(client, token, Optional.empty())).isEqualTo("last known");

        clock.set(AskedIssuer.NOW.plusSeconds(3600));

        assertThat(AskedIssuer.verdict(client, token, Optional.empty())).isEqualTo("none");
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

        assertThat(AskedIssuer.verdict(client, token, Optional.empty())).isEqualTo("none");
        assertThat(counted.lastKnown).hasValue(0);
    }

    @Test
    void introspect_outageIsOver_theServerIsAskedAgain() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of());
        client.introspect(token);
        clock.advance(MINUTE);
        asked.answerWith(500);
        assertThat(AskedIssuer.verdict(client, token, Optional.empty())).isEqualTo("last known");
        asked.recover();

        assertThat(AskedIssuer.verdict(client, token, Optional.empty())).isEqualTo("active");
    }
}
