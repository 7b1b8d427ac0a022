package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.http.RawServer;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed answers over the wire. How each is judged is in {@code Rfc9701Test}. */
@Timeout(30)
class SignedAnswersIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final String SIGNED = "application/token-introspection+jwt";
    private static final ECKey KEY = AnswerInTheMaking.ecKey(Curve.P_256);

    private final MutableClock clock = MutableClock.at(NOW);

    private static SignedAnswers byTheIssuer() {
        return SignedAnswers.by(
                AnswerInTheMaking.ISSUER, AnswerKeys.of(new ImmutableJWKSet<>(new JWKSet(KEY.toPublicJWK()))));
    }

    private IntrospectionClient client(RawServer server, SignedAnswers how) {
        return IntrospectionClient.builder(
                        server.uri("/introspect"), new ClientSecretBasic(AnswerInTheMaking.CLIENT_ID, "s3cret"))
                .signedAnswers(how)
                .timeout(Duration.ofSeconds(20))
                .clock(clock)
                .ticker(clock::read)
                .build();
    }

    private static RawServer answering(String contentType, String body) {
        return RawServer.answering("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.getBytes(US_ASCII).length + "\r\n\r\n" + body);
    }

    private static IntrospectionException failure(IntrospectionClient client) {
        return assertThatExceptionOfType(IntrospectionException.class)
                .isThrownBy(() -> client.introspect("opaque-1"))
                .actual();
    }

    @Test
    @Requirement({"RFC9701 §4", "RFC9701 §5"})
    void introspect_signedAnswer_askedForTakenAndKept() throws Exception {
        String body = new AnswerInTheMaking(NOW)
                .claim("token_introspection", Map.of("active", true, "sub", "alice", "scope", "read:contacts"))
                .signedBy(KEY);
        try (RawServer server = answering(SIGNED, body);
                IntrospectionClient client = client(server, byTheIssuer())) {
            Active first = (Active) client.introspect("opaque-1");

            assertThat(first.claims()).isEqualTo(Map.of("active", true, "sub", "alice", "scope", "read:contacts"));
            assertThat(client.introspect("opaque-1")).isSameAs(first);
            assertThat(server.requests())
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("\r\nAccept: " + SIGNED + "\r\n");
        }
    }

    @Test
    @Requirement("RFC9701 §5")
    void introspect_signedInactiveAnswer_isANo() throws Exception {
        String body = new AnswerInTheMaking(NOW)
                .claim("token_introspection", Map.of("active", false))
                .signedBy(KEY);
        try (RawServer server = answering(SIGNED, body);
                IntrospectionClient client = client(server, byTheIssuer())) {
            assertThat(client.introspect("opaque-1")).isEqualTo(new Inactive());
        }
    }

    @ParameterizedTest
    @Requirement("RFC9701 §5")
    @ValueSource(strings = {"{\"active\":true}", "{\"active\":false}"})
    void introspect_plainAnswerInstead_refusedAndNotKept(String body) throws Exception {
        try (Logs logs = new Logs();
                RawServer server = answering("application/json", body);
                IntrospectionClient client = client(server, byTheIssuer())) {
            assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
            assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);

            assertThat(server.requests()).hasSize(2);
            assertThat(client.keptAnswers()).isZero();
            assertThat(logs.warnings()).isEqualTo(1);
        }
    }

    @Test
    void introspect_answerSignedBySomebodyElse_refusedAndNotKept() throws Exception {
        ECKey stranger = AnswerInTheMaking.ecKey(Curve.P_256);
        try (RawServer server = answering(SIGNED, new AnswerInTheMaking(NOW).signedBy(stranger));
                IntrospectionClient client = client(server, byTheIssuer())) {
            assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
            assertThat(client.keptAnswers()).isZero();
        }
    }

    @Test
    void introspect_keysNotToBeHadAtFirst_noVerdictUntilTheyAre() throws Exception {
        AnswerKeys keys = byTheIssuer().keys();
        AtomicBoolean down = new AtomicBoolean(true);
        SignedAnswers how = SignedAnswers.by(AnswerInTheMaking.ISSUER, (algorithm, keyId) -> {
            if (down.get()) {
                throw new IOException("no keys");
            }
            return keys.find(algorithm, keyId);
        });
        try (RawServer server = answering(SIGNED, new AnswerInTheMaking(NOW).signedBy(KEY));
                IntrospectionClient client = client(server, how)) {
            assertThat(failure(client).kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
            down.set(false);

            assertThat(client.introspect("opaque-1")).isInstanceOf(Active.class);
        }
    }

    @Test
    void introspect_sameAnswerPlayedAgain_refusedWhenItIsOld() throws Exception {
        try (RawServer server = answering(SIGNED, new AnswerInTheMaking(NOW).signedBy(KEY));
                IntrospectionClient client = client(server, byTheIssuer())) {
            assertThat(client.introspect("opaque-1")).isInstanceOf(Active.class);

            clock.advance(Duration.ofMinutes(7));

            assertThat(failure(client).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
        }
    }

    @Test
    void introspect_keysThatNimbusFetches_followTheirRotation() throws Exception {
        URL keySet = ISSUER.jwksUri().toURL();
        SignedAnswers how = SignedAnswers.by(
                AnswerInTheMaking.ISSUER,
                AnswerKeys.of(JWKSourceBuilder.create(keySet, new DefaultResourceRetriever(10_000, 10_000))
                        .build()));
        JWK before = ISSUER.signingKey(JWSAlgorithm.ES256);
        ISSUER.rotateKeys();
        JWK now = ISSUER.signingKey(JWSAlgorithm.ES256);

        try (RawServer server = answering(SIGNED, signedBy(now));
                IntrospectionClient client = client(server, how)) {
            assertThat(client.introspect("opaque-1")).isInstanceOf(Active.class);
        }
        try (RawServer server = answering(SIGNED, signedBy(before));
                IntrospectionClient client = client(server, how)) {
            assertThat(failure(client).kind()).isEqualTo(Kind.ENDPOINT_UNAVAILABLE);
        }
    }

    private static String signedBy(JWK key) {
        return new AnswerInTheMaking(NOW).header("kid", key.getKeyID()).signedBy(key);
    }
}
