package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static dev.scopegate.IntrospectionScene.answersAll;
import static dev.scopegate.IntrospectionScene.asked;
import static dev.scopegate.IntrospectionScene.opaque;
import static dev.scopegate.IntrospectionScene.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.scopegate.config.IntrospectionConfig.OnOutage;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.Explanation.Check;
import dev.scopegate.model.Explanation.Outcome;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an explanation says of asking an issuer: which one, how old its word is, and whether it is the last that is known. */
@Timeout(60)
class IntrospectionExplanationTest {

    @RegisterExtension
    static final TestIssuer FIRST = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer SECOND = TestIssuer.start();

    private final IntrospectionScene scene = IntrospectionScene.of(
            List.of(
                    asked("first", FIRST, how -> how.onOutage(OnOutage.LAST_KNOWN)),
                    asked("second", SECOND, how -> how.tokenPrefix("at_"))),
            RouteConfig.requiring("GET /contacts", "read"),
            RouteConfig.builder("PUT /contacts").issuer(List.of("first")).build(),
            RouteConfig.builder("DELETE /contacts").maxStaleness(Duration.ZERO).build());

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void explain_keptAnswer_issuerAndAge() {
        String token = opaque(FIRST);
        scene.verdict(token);
        scene.clock().advance(Duration.ofSeconds(20));

        assertThat(introspection("GET", token))
                .isEqualTo(new Check(
                        "introspection", "active, says issuer first", "active, said 20s ago", Outcome.PASSED));
        assertThat(introspection("DELETE", token))
                .isEqualTo(new Check(
                        "introspection",
                        "active, says issuer first, at most 0s ago",
                        "active, said 0s ago",
                        Outcome.PASSED));
    }

    @Test
    void explain_prefixOfAnIssuer_thatOneIsNamed() {
        String token = "at_token-of-the-second";
        says(SECOND, token, Map.of("scope", "read"));

        assertThat(introspection("GET", token).expected()).isEqualTo("active, says issuer second");
    }

    @Test
    void explain_prefixOfAnIssuerThatTheRouteDoesNotTake_refusedWithoutAQuestion() {
        int before = FIRST.introspectionCalls() + SECOND.introspectionCalls();

        Explanation explanation = explain("PUT", "at_token");

        assertThat(explanation.checks())
                .filteredOn(check -> check.outcome() == Outcome.FAILED)
                .extracting(Check::name, Check::actual)
                .containsExactly(tuple("token", "issuer-not-accepted"));
        assertThat(FIRST.introspectionCalls() + SECOND.introspectionCalls()).isEqualTo(before);
    }

    @Test
    void explain_jwtOnARouteThatWantsAFreshWord_saidWhen() {
        String token = FIRST.token().scope("read").clock(scene.clock()).sign();
        says(FIRST, token, Map.of());

        assertThat(explain("GET", token).checks()).extracting(Check::name).doesNotContain("introspection");
        assertThat(introspection("DELETE", token).actual()).isEqualTo("active, said 0s ago");
    }

    @Test
    void explain_outage_lastKnownOrUndecided() {
        String token = opaque(FIRST);
        scene.verdict(token);
        StubMapping outage = answersAll(FIRST, serverError());
        scene.clock().advance(Duration.ofSeconds(75));
        try {
            assertThat(introspection("GET", token).actual())
                    .isEqualTo("active, said 75s ago, last known: no answer now");
            assertThat(introspection("DELETE", token).outcome()).isEqualTo(Outcome.UNDECIDED);
        } finally {
            FIRST.wireMock().removeStub(outage);
        }
    }

    private Explanation explain(String method, String token) {
        return scene.server().explain(IntrospectionScene.request(method, "/contacts", token));
    }

    private Check introspection(String method, String token) {
        return explain(method, token).checks().stream()
                .filter(check -> check.name().equals("introspection"))
                .findFirst()
                .orElseThrow();
    }
}
