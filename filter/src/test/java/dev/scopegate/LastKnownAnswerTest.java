package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static dev.scopegate.IntrospectionScene.answersAll;
import static dev.scopegate.IntrospectionScene.asked;
import static dev.scopegate.IntrospectionScene.opaque;
import static dev.scopegate.IntrospectionScene.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.scopegate.config.IntrospectionConfig.OnOutage;
import dev.scopegate.config.IntrospectionConfig.Tokens;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Introspected;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code on-outage: last-known}: for 90 s after the 60 s for which answers are kept. */
@Timeout(60)
class LastKnownAnswerTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final IntrospectionScene tolerant = scene(OnOutage.LAST_KNOWN);

    private final List<StubMapping> troubles = new ArrayList<>();

    private static IntrospectionScene scene(OnOutage onOutage) {
        return IntrospectionScene.of(
                List.of(asked("main", ISSUER, how -> {
                    how.tokens(Tokens.ALL).onOutage(onOutage);
                    return onOutage == OnOutage.LAST_KNOWN ? how.lastKnownFor(Duration.ofSeconds(90)) : how;
                })),
                RouteConfig.requiring("GET /contacts", "read"),
                RouteConfig.builder("DELETE /contacts")
                        .maxStaleness(Duration.ofMinutes(10))
                        .build());
    }

    @AfterEach
    void close() {
        tolerant.close();
        troubles.forEach(ISSUER.wireMock()::removeStub);
    }

    /** From now on the endpoint answers in this way. */
    private void trouble(ResponseDefinitionBuilder answer) {
        troubles.add(answersAll(ISSUER, answer));
    }

    @ParameterizedTest
    @CsvSource({
        "59,  PERMITTED, false",
        "60,  PERMITTED, true",
        "149, PERMITTED, true",
        "150, UNDECIDED, false",
        "151, UNDECIDED, false",
    })
    void outage_answerOfThatAge_servesWithinTheTimeAndIsCounted(long age, String verdict, boolean lastKnown) {
        String token = opaque(ISSUER);
        Instant answeredAt = tolerant.clock().instant();
        assertThat(tolerant.verdict(token)).isEqualTo("PERMITTED");

        trouble(serverError());
        tolerant.clock().advance(Duration.ofSeconds(age));

        assertThat(tolerant.verdict(token)).isEqualTo(verdict);
        if (verdict.equals("PERMITTED")) {
            assertThat(tolerant.caller(token).introspected()).contains(new Introspected(answeredAt, lastKnown));
        }
        assertThat(tolerant.counted("scopegate.introspection.last-known", "issuer", "main") > 0)
                .isEqualTo(lastKnown);
    }

    @Test
    void outage_jwtThatIsAskedAboutToo_servedAndVisible() {
        String token = ISSUER.token().scope("read").clock(tolerant.clock()).sign();
        says(ISSUER, token, Map.of());
        assertThat(tolerant.verdict(token)).isEqualTo("PERMITTED");

        trouble(serverError());
        tolerant.clock().advance(Duration.ofSeconds(61));

        assertThat(tolerant.caller(token).introspected().map(Introspected::lastKnown))
                .contains(true);
        assertThat(tolerant.caller(token).subject()).contains("alice");
    }

    @Test
    void outage_onDeny_undecidedOnceTheAnswerIsOld() {
        try (IntrospectionScene strict = scene(OnOutage.DENY)) {
            String token = opaque(ISSUER);
            assertThat(strict.verdict(token)).isEqualTo("PERMITTED");

            trouble(serverError());
            strict.clock().advance(Duration.ofSeconds(60));

            assertThat(strict.verdict(token)).isEqualTo("UNDECIDED");
        }
    }

    /** Where the route says how old an answer may be, an old one never serves, however generous the route is. */
    @Test
    void outage_routeWithMaxStaleness_undecided() {
        String token = opaque(ISSUER);
        assertThat(tolerant.verdict("DELETE", "/contacts", token)).isEqualTo("PERMITTED");

        trouble(serverError());
        tolerant.clock().advance(Duration.ofSeconds(61));

        assertThat(tolerant.verdict("DELETE", "/contacts", token)).isEqualTo("UNDECIDED");
        assertThat(tolerant.verdict(token)).isEqualTo("PERMITTED");
    }

    @Test
    @Requirement("RFC7662 §4")
    void outage_tokenExpires_refusedFromThatMomentOn() {
        String token = UUID.randomUUID().toString();
        long end = tolerant.clock().instant().getEpochSecond() + 70;
        says(ISSUER, token, Map.of("scope", "read", "exp", end));
        assertThat(tolerant.verdict(token)).isEqualTo("PERMITTED");

        trouble(serverError());
        tolerant.clock().advance(Duration.ofSeconds(69));
        assertThat(tolerant.verdict(token)).isEqualTo("PERMITTED");
        tolerant.clock().advance(Duration.ofSeconds(1));
        assertThat(tolerant.verdict(token)).isNotEqualTo("PERMITTED");
    }

    @Test
    void outage_tokenThatWasInactive_notServed() {
        String token = opaque(ISSUER);
        ISSUER.revoke(token);
        assertThat(tolerant.verdict(token)).isEqualTo("INACTIVE");

        trouble(serverError());
        tolerant.clock().advance(Duration.ofSeconds(11));

        assertThat(tolerant.verdict(token)).isEqualTo("UNDECIDED");
    }

    /** Which mistakes pass by themselves, and which somebody has to mend. */
    @ParameterizedTest
    @CsvSource({
        "500, PERMITTED",
        "503, PERMITTED",
        "429, PERMITTED",
        "401, UNDECIDED",
        "403, UNDECIDED",
        "404, UNDECIDED",
        "200, UNDECIDED",
    })
    void answer_thatIsNone_outageAloneIsTolerated(int status, String verdict) {
        String token = opaque(ISSUER);
        assertThat(tolerant.verdict(token)).isEqualTo("PERMITTED");

        ResponseDefinitionBuilder html = status == 200
                ? ok("<html>").withHeader("Content-Type", "text/html")
                : aResponse().withStatus(status);
        trouble(html);
        tolerant.clock().advance(Duration.ofSeconds(61));

        assertThat(tolerant.verdict(token)).isEqualTo(verdict);
    }
}
