package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static dev.scopegate.IntrospectionScene.answersAll;
import static dev.scopegate.IntrospectionScene.asked;
import static dev.scopegate.IntrospectionScene.opaque;
import static dev.scopegate.IntrospectionScene.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.Introspected;
import dev.scopegate.model.Surroundings;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that say how old an issuer's word may be: a read trusts what is known, a delete asks now. Answers are kept for 60 s. */
@Timeout(60)
class FreshnessTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final IntrospectionScene scene = IntrospectionScene.of(
            List.of(asked("main", ISSUER, how -> how)),
            RouteConfig.requiring("GET /contacts", "read"),
            fresh("PUT /contacts", Duration.ofSeconds(30)),
            fresh("DELETE /contacts", Duration.ZERO));

    private static RouteConfig fresh(String route, Duration maxStaleness) {
        return RouteConfig.builder(route)
                .scopes(List.of("read"))
                .maxStaleness(maxStaleness)
                .build();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** After one question by a read, how many there have been in all when another request comes so many seconds later. */
    @ParameterizedTest
    @CsvSource({
        "GET,    0,  1",
        "GET,    59, 1",
        "GET,    60, 2",
        "PUT,    0,  1",
        "PUT,    29, 1",
        "PUT,    30, 2",
        "PUT,    31, 2",
        "DELETE, 0,  2",
        "DELETE, 1,  2",
    })
    void opaqueToken_answerOfThatAge_askedAgainWhereItIsTooOld(String method, long age, int questions) {
        String token = opaque(ISSUER);
        assertThat(scene.verdict(token)).isEqualTo("PERMITTED");

        scene.clock().advance(Duration.ofSeconds(age));

        assertThat(scene.verdict(method, "/contacts", token)).isEqualTo("PERMITTED");
        assertThat(asked(ISSUER, token)).isEqualTo(questions);
    }

    /** After a write and so many seconds; reads trust what was validated here. */
    @ParameterizedTest
    @CsvSource({
        "GET,    0,  1",
        "GET,    90, 1",
        "PUT,    29, 1",
        "PUT,    30, 2",
        "DELETE, 0,  2",
    })
    void jwt_answerOfThatAge_askedAgainWhereItIsTooOld(String method, long age, int questions) {
        String token = jwt();
        assertThat(scene.verdict(token)).isEqualTo("PERMITTED");
        assertThat(asked(ISSUER, token)).as("a read asks nobody").isZero();
        assertThat(scene.verdict("PUT", "/contacts", token)).isEqualTo("PERMITTED");

        scene.clock().advance(Duration.ofSeconds(age));

        assertThat(scene.verdict(method, "/contacts", token)).isEqualTo("PERMITTED");
        assertThat(asked(ISSUER, token)).isEqualTo(questions);
    }

    @Test
    void opaqueToken_revokedBetweenTwoRequests_readTrustsAndDeleteRefuses() {
        String token = opaque(ISSUER);
        assertThat(scene.verdict(token)).isEqualTo("PERMITTED");
        assertThat(scene.verdict("DELETE", "/contacts", token)).isEqualTo("PERMITTED");

        ISSUER.revoke(token);

        assertThat(scene.verdict(token)).isEqualTo("PERMITTED");
        assertThat(scene.verdict("PUT", "/contacts", token)).isEqualTo("PERMITTED");
        assertThat(scene.verdict("DELETE", "/contacts", token)).isEqualTo("INACTIVE");
        assertThat(scene.verdict(token)).as("now it is known to all").isEqualTo("INACTIVE");
    }

    @Test
    void jwt_revokedBetweenTwoRequests_readTrustsAndDeleteRefuses() {
        String token = jwt();
        assertThat(scene.verdict(token)).isEqualTo("PERMITTED");
        assertThat(scene.verdict("DELETE", "/contacts", token)).isEqualTo("PERMITTED");

        says(ISSUER, token, Map.of("active", false));

        assertThat(scene.verdict(token)).isEqualTo("PERMITTED");
        assertThat(scene.verdict("DELETE", "/contacts", token)).isEqualTo("INACTIVE");
        assertThat(scene.verdict(token)).as("reads ask nobody about a JWT").isEqualTo("PERMITTED");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void issuerDown_deleteUndecidedAndReadServed(boolean isJwt) {
        String token = isJwt ? jwt() : opaque(ISSUER);
        assertThat(scene.verdict(token)).isEqualTo("PERMITTED");
        assertThat(scene.verdict("DELETE", "/contacts", token)).isEqualTo("PERMITTED");

        StubMapping outage = answersAll(ISSUER, serverError());
        try {
            assertThat(scene.verdict("DELETE", "/contacts", token)).isEqualTo("UNDECIDED");
            assertThat(scene.verdict(token)).isEqualTo("PERMITTED");
        } finally {
            ISSUER.wireMock().removeStub(outage);
        }
    }

    @Test
    void introspected_sharesTheTimeOfTheAnswerWithTheApplication() {
        String token = opaque(ISSUER);
        Instant first = scene.clock().instant();
        assertThat(scene.caller(token).introspected()).contains(new Introspected(first, false));

        scene.clock().advance(Duration.ofSeconds(20));
        assertThat(scene.caller(token).introspected()).contains(new Introspected(first, false));
        scene.decide("DELETE", "/contacts", token);
        assertThat(scene.caller(token).introspected())
                .contains(new Introspected(scene.clock().instant(), false));

        String jwt = jwt();
        assertThat(scene.caller(jwt).introspected()).isEmpty();
        assertThat(scene.decide("DELETE", "/contacts", jwt)
                        .token()
                        .flatMap(ValidatedToken::introspected)
                        .map(Introspected::answeredAt))
                .contains(scene.clock().instant());
    }

    /** A target of FORWARD or INCLUDE, with what was known of the token when the request came. */
    @ParameterizedTest
    @CsvSource({
        "DELETE, false, PERMITTED, 2",
        "DELETE, true,  INACTIVE,  2",
        "PUT,    true,  PERMITTED, 1",
        "GET,    false, PERMITTED, 1",
        "GET,    true,  PERMITTED, 1",
    })
    void innerTarget_knownToken_askedAboutAgainWhereTheTargetWantsIt(
            String method, boolean revoked, String verdict, int questions) {
        String token = opaque(ISSUER);
        Optional<ValidatedToken> known = Optional.of(scene.caller(token));
        if (revoked) {
            ISSUER.revoke(token);
        }

        Optional<Conclusion> inner = scene.server()
                .judgeInner(IntrospectionScene.request(method, "/contacts", token), known, () -> Surroundings.NONE);

        assertThat(inner).get().satisfies(conclusion -> {
            if (conclusion instanceof Conclusion.Answered answered) {
                assertThat(verdict).isEqualTo("INACTIVE");
                assertThat(answered.answer().status()).isEqualTo(401);
            } else {
                assertThat(verdict).isEqualTo("PERMITTED");
                assertThat(((Conclusion.Passed) conclusion).identity()).isPresent();
            }
        });
        assertThat(asked(ISSUER, token)).isEqualTo(questions);
    }

    private String jwt() {
        String token = ISSUER.token().scope("read").clock(scene.clock()).sign();
        says(ISSUER, token, Map.of());
        return token;
    }
}
