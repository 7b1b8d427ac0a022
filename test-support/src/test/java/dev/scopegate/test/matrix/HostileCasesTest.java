package dev.scopegate.test.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jwt.JWTParser;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The matrix itself: a case that nothing fails is none. */
class HostileCasesTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final ProtectedRoute ROUTE =
            ProtectedRoute.of("GET /contacts", "read:contacts", "https://api.example.com/contacts");
    private static final ApiAnswer SUCCESS = ApiAnswer.of(200, Map.of());

    static List<HostileCase> cases() {
        return HostileCases.of(ROUTE);
    }

    private static ApiAnswer refused(int status, String challenge) {
        return new ApiAnswer(status, Map.of("WWW-Authenticate", List.of(challenge)), false);
    }

    @Test
    void of_route_sixtyCasesAndMoreEachOfItsOwnName() {
        assertThat(cases())
                .hasSizeGreaterThanOrEqualTo(60)
                .extracting(HostileCase::name)
                .doesNotHaveDuplicates();
        assertThat(cases()).extracting(HostileCase::expected).contains(Expected.values());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judge_apiThatAcceptsEverything_failsUnlessItHasToPass(HostileCase each) {
        if (each.expected() == Expected.PASSES) {
            assertThatCode(() -> each.judge(request -> SUCCESS, ISSUER)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> each.judge(request -> SUCCESS, ISSUER))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(each.name())
                    .hasMessageContaining("the code behind the filter ran");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judge_apiThatRefusesEverythingAlike_failsUnlessThatIsRight(HostileCase each) throws Exception {
        TestedApi api = request -> refused(401, "Bearer realm=\"x\", error=\"invalid_token\"");

        if (each.expected() == Expected.BAD_TOKEN) {
            each.judge(api, ISSUER);
        } else {
            assertThatThrownBy(() -> each.judge(api, ISSUER)).isInstanceOf(AssertionError.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NO_CREDENTIALS, 401, Bearer realm=\"x\",                                     true",
        "NO_CREDENTIALS, 401, Bearer error=\"invalid_token\",                          false",
        "NO_CREDENTIALS, 401, Basic realm=\"x\",                                       false",
        "MALFORMED,      400, Bearer error=\"invalid_request\",                        true",
        "MALFORMED,      401, Bearer error=\"invalid_request\",                        false",
        "MALFORMED,      400, x,                                                       false",
        "TOO_LARGE,      431, x,                                                       true",
        "TOO_LARGE,      400, x,                                                       true",
        "TOO_LARGE,      400, Bearer error=\"invalid_request\",                        true",
        "TOO_LARGE,      400, Bearer error=\"invalid_token\",                          false",
        "TOO_LARGE,      401, x,                                                       false",
        "BAD_TOKEN,      401, Bearer error=\"invalid_token\",                          true",
        "BAD_TOKEN,      403, Bearer error=\"invalid_token\",                          false",
        "BAD_TOKEN,      503, x,                                                       false",
        "TOO_LITTLE,     403, 'Bearer error=\"insufficient_scope\", scope=\"a\"',      true",
        "TOO_LITTLE,     403, Bearer error=\"insufficient_scope\",                     false",
        "AMBIGUOUS,      400, x,                                                       true",
        "AMBIGUOUS,      404, x,                                                       false",
    })
    void complaints_answer_noneIfItIsAsItHasToBe(Expected expected, int status, String challenge, boolean right) {
        List<String> complaints = expected.complaints(refused(status, challenge));

        assertThat(complaints.isEmpty()).isEqualTo(right);
    }

    @Test
    void complaints_refusalBehindWhichTheHandlerRan_named() {
        ApiAnswer late =
                new ApiAnswer(401, Map.of("www-authenticate", List.of("Bearer error=\"invalid_token\"")), true);

        assertThat(Expected.BAD_TOKEN.complaints(late)).containsExactly("the code behind the filter ran");
    }

    @Test
    void judge_failure_tellsTheTokenToNobody() {
        List<String> sent = new ArrayList<>();
        HostileCase first = cases().get(0);

        assertThatThrownBy(() -> first.judge(
                        request -> {
                            sent.add(request.fields().get(0).value().substring("Bearer ".length()));
                            return refused(401, "Bearer error=\"invalid_token\"");
                        },
                        ISSUER))
                .isInstanceOf(AssertionError.class)
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(sent.get(0)));
    }

    @Test
    void judge_failure_tellsWhatWasSentWhatWasExpectedAndWhatCame() throws IOException {
        String page = Files.readString(Path.of("../docs/testing.md"));
        String shown = page.substring(page.indexOf("```\nclaims: no exp") + 4, page.lastIndexOf("\n```"));

        assertThatThrownBy(() -> named("claims: no exp").judge(request -> SUCCESS, ISSUER))
                .satisfies(failure -> assertThat(
                                String.valueOf(failure.getMessage()).lines().toList())
                        .map(line -> line.replaceAll("[0-9]+ characters", "673 characters"))
                        .isEqualTo(shown.lines().toList()));
        assertThatThrownBy(() -> named("outage: a good token, keys known")
                        .judge(request -> refused(401, "Bearer realm=\"x\""), ISSUER))
                .hasMessageContaining("(while the issuer is down)")
                .hasMessageContaining("expected: a status of the 200s")
                .hasMessageContaining("came:     401, Bearer realm=\"x\", and no code behind the filter ran");
    }

    @Test
    void judge_failureOfATokenInTheUrl_tellsItToNobody() {
        assertThatThrownBy(() -> named("presentation: in the query").judge(request -> SUCCESS, ISSUER))
                .hasMessageContaining("GET /contacts?access_token=(")
                .message()
                .doesNotContain("eyJ");
    }

    private static HostileCase named(String name) {
        return cases().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void judge_routeWithoutAnAudience_thatOfTheIssuer() throws Exception {
        HostileCase good =
                HostileCases.of(ProtectedRoute.of("GET /contacts", "")).get(0);
        try (TestIssuer other = TestIssuer.startFor("https://other.example")) {
            List<Object> audiences = new ArrayList<>();
            good.judge(
                    request -> {
                        String token = request.fields().get(0).value().substring("Bearer ".length());
                        audiences.addAll(
                                JWTParser.parse(token).getJWTClaimsSet().getAudience());
                        return SUCCESS;
                    },
                    other);

            assertThat(audiences).containsExactly("https://other.example");
        }
    }

    @Test
    void testingPage_table_countsTheCasesOfEachGroup() throws IOException {
        String page = Files.readString(Path.of("../docs/testing.md"));
        Map<String, Long> groups = cases().stream()
                .collect(Collectors.groupingBy(each -> each.name().split(":", 2)[0], Collectors.counting()));

        assertThat(groups).hasSizeGreaterThan(6);
        assertThat(page).contains("Some " + cases().size() / 10 * 10 + " requests");
        groups.forEach((group, number) ->
                assertThat(page).containsPattern("(?m)^\\| `" + group + "` \\| " + number + " \\| .+ \\|$"));
    }

    @ParameterizedTest
    @CsvSource({
        "presentation: a good token, 5, true",
        "presentation: a good token, 6, false",
        "claims: no exp, 1, false"
    })
    void judge_apiThatIsNotReadyYet_goodRequestsAreSentAgain(String name, int unready, boolean right) {
        AtomicInteger sent = new AtomicInteger();
        ApiAnswer notYet = new ApiAnswer(503, Map.of("Retry-After", List.of("0")), false);
        ApiAnswer then = name.startsWith("claims") ? refused(401, "Bearer error=\"invalid_token\"") : SUCCESS;
        TestedApi api = request -> sent.incrementAndGet() <= unready ? notYet : then;

        assertThat(catchThrowable(() -> named(name).judge(api, ISSUER)) == null).isEqualTo(right);
    }

    @Test
    void judge_outage_issuerIsUpAgain() throws Exception {
        HostileCase outage = named("outage: a good token, keys known");
        List<Boolean> running = new ArrayList<>();

        outage.judge(
                request -> {
                    running.add(ISSUER.wireMock().isRunning());
                    return SUCCESS;
                },
                ISSUER);

        assertThat(running).containsExactly(false);
        assertThat(ISSUER.wireMock().isRunning()).isTrue();
    }

    @Test
    void judgeAll_severalFailures_allNamed() {
        assertThatThrownBy(() -> HostileCases.judgeAll(ROUTE, request -> SUCCESS, ISSUER))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("claims: no exp")
                .hasMessageContaining("forgery: alg none");
    }

    @Test
    void of_routeWithoutScopes_noCasesOfScopes() {
        assertThat(HostileCases.of(ProtectedRoute.of("GET /contacts", "", "x")))
                .extracting(HostileCase::expected)
                .doesNotContain(Expected.TOO_LITTLE)
                .contains(Expected.BAD_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/contacts", "GET contacts", "GET /contacts/", "GET /a%20b", "GET /contacts?x"})
    void route_notAMethodAndAPlainPath_refused(String route) {
        assertThatThrownBy(() -> ProtectedRoute.of(route, "", "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
