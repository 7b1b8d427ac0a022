package dev.scopegate;

import static dev.scopegate.ExplainingServer.byOutcome;
import static dev.scopegate.ExplainingServer.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.Decision;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.Explanation.Check;
import dev.scopegate.model.Explanation.Outcome;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an explanation says of the route, and of the answer that a client would get. */
class RouteExplanationTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer STRICT = TestIssuer.start();

    private final ExplainingServer explaining = new ExplainingServer(ISSUER, STRICT);

    @AfterEach
    void close() {
        explaining.close();
    }

    @ParameterizedTest
    @CsvSource({
        "issuer,            strict",
        "claims,            department=absent",
        "one of the scopes, c",
        "acr,               silver",
        "auth_time,         absent"
    })
    void explain_routeThatAsksForMuch_theFirstThatIsMissing(String check, String actual) {
        Map<String, UnaryOperator<TokenBuilder>> steps = new LinkedHashMap<>();
        steps.put("claims", token -> token.claim("department", "sales"));
        steps.put("one of the scopes", token -> token.scope("b"));
        steps.put("acr", token -> token.claim("acr", "gold"));
        TokenBuilder token = explaining.good().scope("c").claim("acr", "silver");
        for (Map.Entry<String, UnaryOperator<TokenBuilder>> step : steps.entrySet()) {
            if (step.getKey().equals(check)) {
                break;
            }
            token = step.getValue().apply(token);
        }
        String sent =
                check.equals("issuer") ? STRICT.token().header("typ", "at+jwt").sign() : token.sign();

        Explanation explanation = explaining.explain("GET", "/strong", sent);

        assertThat(failed(explanation)).extracting(Check::name, Check::actual).containsExactly(check, actual);
        assertThat(explanation.answer().orElseThrow().status()).isIn(401, 403);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET,    /health,         path,               '',          200",
        "GET,    /news,           path credentials,   '',          200",
        "GET,    /closed,         path,               access,      401",
        "GET,    /elsewhere,      path,               access,      401",
        "DELETE, /contacts/7,     path,               credentials, 401",
        "GET,    /contacts/..%2f, '',                 path,        400"
    })
    void explain_withoutToken_asRequestsAreJudged(
            String method, String path, String passed, String failed, int status) {
        Explanation explanation = explaining.explain(method, path);

        assertThat(byOutcome(explanation).getOrDefault(Outcome.PASSED, List.of()).stream()
                        .map(Check::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(passed);
        assertThat(byOutcome(explanation).getOrDefault(Outcome.FAILED, List.of()).stream()
                        .map(Check::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(failed);
        assertThat(explanation.answer().map(answer -> answer.status()).orElse(200))
                .isEqualTo(status);
    }

    @Test
    void explain_publishedDocument_isTheAnswer() {
        Explanation explanation = explaining.explain("GET", "/.well-known/oauth-protected-resource");

        assertThat(explanation.decision()).isInstanceOf(Decision.Permitted.class);
        assertThat(explanation.answer().orElseThrow().status()).isEqualTo(200);
    }

    @Test
    void explain_refusal_neitherCountedNorNamedAsInTheLog() {
        Explanation explanation = explaining.explain("DELETE", "/contacts/7");

        assertThat(explaining.meters().find("scopegate.requests").timers())
                .allSatisfy(timer -> assertThat(timer.count()).isZero());
        assertThat(explanation.answer().orElseThrow().body()).contains("0000000000000000");
    }
}
