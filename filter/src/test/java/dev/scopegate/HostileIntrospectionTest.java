package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static dev.scopegate.IntrospectionScene.answers;
import static dev.scopegate.IntrospectionScene.answersAll;
import static dev.scopegate.IntrospectionScene.asked;
import static dev.scopegate.IntrospectionScene.says;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.IssuerConfigBuilder;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.introspection.json.StrictJson;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What introspection endpoints answer that is wrong, from outside: what becomes of the request. */
@Timeout(60)
class HostileIntrospectionTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer ELSEWHERE = TestIssuer.start();

    private final Instant now = Instant.now();
    private final Gate gate =
            Gate.of(builder -> builder.issuer(issuer().build()).clock(Clock.fixed(now, ZoneOffset.UTC)));

    private static IssuerConfigBuilder issuer() {
        return IssuerConfig.builder(ISSUER.issuer())
                .requiredClaims(Map.of("client_id", "web"))
                .introspection(asked("main", ISSUER, how -> how.timeout(Duration.ofMillis(500)))
                        .introspection());
    }

    @AfterEach
    void close() {
        gate.close();
    }

    private static String good() {
        return ISSUER.opaque(Map.of("aud", Gate.AUDIENCE, "scope", Gate.SCOPE, "sub", "alice", "client_id", "web"));
    }

    /** A126. */
    @Test
    @Requirement("RFC7662 §2.2")
    void answer_active_permittedAThousandTimesByOneCall() {
        String token = good();
        for (int i = 0; i < 1_000; i++) {
            assertThat(gate.permits(token).subject()).contains("alice");
        }
        assertThat(asked(ISSUER, token)).isEqualTo(1);
    }

    /** A127. */
    @Test
    @Requirement("RFC7662 §2.2")
    void answer_inactive_refusedByOneCallForAShortTime() {
        try (IntrospectionScene scene = IntrospectionScene.of(
                List.of(asked("main", ISSUER, how -> how)), RouteConfig.requiring("GET /contacts", Gate.SCOPE))) {
            String token = UUID.randomUUID().toString();
            for (int i = 0; i < 100; i++) {
                assertThat(scene.verdict(token)).isEqualTo("INACTIVE");
            }
            assertThat(asked(ISSUER, token)).isEqualTo(1);

            says(ISSUER, token, Map.of("scope", Gate.SCOPE));
            scene.clock().advance(Duration.ofSeconds(9));
            assertThat(scene.verdict(token)).isEqualTo("INACTIVE");
            scene.clock().advance(Duration.ofSeconds(1));
            assertThat(scene.verdict(token)).isEqualTo("PERMITTED");
        }
    }

    /** A128. */
    @ParameterizedTest
    @Requirement("RFC7662 §2.2")
    @ValueSource(strings = {"\"true\"", "\"false\"", "1", "[true]", "{}", "null", "0", "false"})
    void active_anythingButTrue_refusedAndNotKeptAsGood(String active) {
        String token = UUID.randomUUID().toString();
        String rest = ",\"aud\":\"%s\",\"scope\":\"%s\",\"client_id\":\"web\"}".formatted(Gate.AUDIENCE, Gate.SCOPE);
        answers(ISSUER, token, okJson("{\"active\":" + active + rest));

        gate.refuses(token, RefusalReason.INACTIVE);
        gate.refuses(token, RefusalReason.INACTIVE);

        String twin = UUID.randomUUID().toString();
        answers(ISSUER, twin, okJson("{\"active\":true" + rest));
        gate.permits(twin);
    }

    /** A128. */
    @Test
    void active_missing_refusedAndToldOnce() {
        for (int i = 0; i < 3; i++) {
            String token = UUID.randomUUID().toString();
            answers(ISSUER, token, okJson("{\"aud\":\"%s\",\"scope\":\"%s\"}".formatted(Gate.AUDIENCE, Gate.SCOPE)));
            gate.refuses(token, RefusalReason.INACTIVE);
        }
        assertThat(gate.log().warnings())
                .filteredOn(line -> line.contains("ntrospection"))
                .hasSize(1);
    }

    /** A130, A131: an answer that says active, with one member more or another one. Times are relative to now. */
    @ParameterizedTest
    @Requirement("RFC7662 §4")
    @CsvSource(
            delimiter = '|',
            value = {
                "exp        | -31                         | EXPIRED",
                "exp        | -29                         | ''",
                "exp        | 20                          | ''",
                "nbf        | 60                          | NOT_YET_VALID",
                "nbf        | 0                           | ''",
                "iat        | 60                          | NOT_YET_VALID",
            })
    void answer_activeWithTimes_judgedAgain(String member, long offset, String reason) {
        boolean over = member.equals("exp") && offset < 0;
        verdictOn(Map.of(member, now.getEpochSecond() + offset), reason, over ? 2 : 1);
    }

    /** A130, A131. */
    @ParameterizedTest
    @Requirement("RFC7662 §4")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'exp':'1999999999'}                     | EXPIRED",
                "{'exp':1e300}                            | EXPIRED",
                "{'exp':-1}                               | EXPIRED",
                "{'exp':[1999999999]}                     | EXPIRED",
                "{'exp':1999999999}                       | ''",
                "{'nbf':'0'}                              | CLAIM",
                "{'aud':'https://else.example.com'}       | AUDIENCE",
                "{'aud':['https://else.example.com']}     | AUDIENCE",
                "{'aud':'https://api.example.com/contacts/'}| AUDIENCE",
                "{'aud':{}}                               | AUDIENCE",
                "{'aud':[]}                               | AUDIENCE",
                "{'aud':['x','https://api.example.com/contacts']}| ''",
                "{'iss':'https://else.example.com'}       | ISSUER_UNKNOWN",
                "{'iss':7}                                | ISSUER_UNKNOWN",
                "{'iss':''}                               | ISSUER_UNKNOWN",
                "{'token_type':'refresh_token'}           | TOKEN_TYPE",
                "{'token_type':'urn:ietf:params:oauth:token-type:id_token'}| TOKEN_TYPE",
                "{'token_type':'N_A'}                     | TOKEN_TYPE",
                "{'token_type':['Bearer']}                | TOKEN_TYPE",
                "{'token_type':'BEARER'}                  | ''",
                "{'typ':'Refresh'}                        | TOKEN_TYPE",
                "{'at_hash':'x'}                          | TOKEN_TYPE",
                "{'client_id':'other'}                    | CLAIM",
                "{'client_id':7}                          | CLAIM",
                "{'sub':7}                                | CLAIM",
                "{'scope':7}                              | CLAIM",
                "{'cnf':'x'}                              | CLAIM",
                "{'cnf':{'jkt':'x'}}                      | BOUND_TOKEN",
                "{'unknown':{'deep':[1]}}                 | ''",
            })
    void answer_activeWithMembers_judgedAgain(String members, String reason) {
        verdictOn(
                StrictJson.object(members.replace('\'', '"')).orElseThrow(), reason, reason.equals("EXPIRED") ? 2 : 1);
    }

    /** A131: one that says nothing of its audience, or of a client that has to be named. */
    @ParameterizedTest
    @CsvSource({"aud, AUDIENCE", "client_id, CLAIM"})
    void answer_activeWithoutMember_refused(String missing, RefusalReason reason) {
        Map<String, Object> members =
                new HashMap<>(Map.of("aud", Gate.AUDIENCE, "client_id", "web", "scope", Gate.SCOPE));
        members.remove(missing);

        gate.refuses(ISSUER.opaque(members), reason);
    }

    /**
     * Asks twice.
     *
     * @param calls what has expired, or may have, is not kept for a moment
     */
    private void verdictOn(Map<String, Object> members, String reason, int calls) {
        String token = UUID.randomUUID().toString();
        Map<String, Object> all = new HashMap<>(Map.of("client_id", "web", "scope", Gate.SCOPE));
        all.putAll(members);
        says(ISSUER, token, all);

        if (reason.isEmpty()) {
            gate.permits(token);
            gate.permits(token);
        } else {
            gate.refuses(token, RefusalReason.valueOf(reason));
            gate.refuses(token, RefusalReason.valueOf(reason));
        }
        assertThat(asked(ISSUER, token)).isEqualTo(calls);
    }

    /** A133. */
    @Test
    @Requirement("RFC7662 §2.2")
    void scope_aListInsteadOfAString_grantsNothing() {
        String list =
                ISSUER.opaque(Map.of("aud", Gate.AUDIENCE, "client_id", "web", "scope", new String[] {Gate.SCOPE}));

        Conclusion conclusion = gate.judge(list);

        assertThat(conclusion).isInstanceOf(Conclusion.Answered.class);
        assertThat(((Conclusion.Answered) conclusion).answer().status()).isEqualTo(403);
        gate.permits(good());
    }

    /** A134. */
    @ParameterizedTest
    @Requirement("RFC7662 §2.3")
    @ValueSource(ints = {401, 403})
    void ourClient_refused_undecidedAndToldOnceWithoutTheSecret(int status) {
        String token = good();
        StubMapping refusal = answersAll(
                ISSUER, aResponse().withStatus(status).withBody("{\"error\":\"" + TestIssuer.CLIENT_SECRET + "\"}"));
        try {
            gate.leavesUndecided(token, RefusalReason.INTROSPECTION_UNAVAILABLE);
            gate.leavesUndecided(good(), RefusalReason.INTROSPECTION_UNAVAILABLE);
        } finally {
            ISSUER.wireMock().removeStub(refusal);
        }

        assertThat(gate.log().text()).doesNotContain(TestIssuer.CLIENT_SECRET);
        assertThat(Stream.concat(gate.log().warnings().stream(), gate.log().errors().stream()))
                .filteredOn(line -> line.contains("client"))
                .hasSize(1);
        assertThat(gate.meters()
                        .get("scopegate.introspection")
                        .tag("outcome", "refused-client")
                        .timer()
                        .count())
                .isEqualTo(2);
        gate.permits(token);
    }

    /** A135. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirect_toAnotherHost_undecidedAndNothingIsSentThere(int status) {
        String token = good();
        says(ELSEWHERE, token, Map.of("client_id", "web", "scope", Gate.SCOPE));
        answers(
                ISSUER,
                token,
                aResponse()
                        .withStatus(status)
                        .withHeader(
                                "Location",
                                ELSEWHERE.introspectionEndpoint().toString().replace("localhost", "127.0.0.1")));

        gate.leavesUndecided(token, RefusalReason.INTROSPECTION_UNAVAILABLE);

        assertThat(ELSEWHERE.introspectionCalls()).isZero();
    }

    /** A136, A137: within the deadline of half a second, and a good while for a busy machine. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Requirement("RFC7662 §2.3")
    void answer_thatIsNone_undecidedInTimeAndNotKept(String name, ResponseDefinitionBuilder answer) {
        String token = UUID.randomUUID().toString();
        StubMapping broken = answers(ISSUER, token, answer);
        long start = System.nanoTime();

        Answer refusal = gate.leavesUndecided(token, RefusalReason.INTROSPECTION_UNAVAILABLE);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(refusal.body()).doesNotContain("alice");
        ISSUER.wireMock().removeStub(broken);
        says(ISSUER, token, Map.of("client_id", "web", "scope", Gate.SCOPE));
        gate.permits(token);
    }

    static Stream<Arguments> answer_thatIsNone_undecidedInTimeAndNotKept() {
        String body = "{\"active\":true,\"aud\":\"%s\",\"scope\":\"%s\",\"client_id\":\"web\",\"sub\":\"alice\"}"
                .formatted(Gate.AUDIENCE, Gate.SCOPE);
        return Stream.of(
                Arguments.of("HTML", ok("<html>alice</html>").withHeader("Content-Type", "text/html")),
                Arguments.of("JSON that says it is HTML", ok(body).withHeader("Content-Type", "text/html")),
                Arguments.of("no type", ok(body)),
                Arguments.of("empty", okJson("")),
                Arguments.of("204", aResponse().withStatus(204)),
                Arguments.of("201", okJson(body).withStatus(201)),
                Arguments.of("list", okJson("[" + body + "]")),
                Arguments.of("truncated", okJson(body.substring(0, body.length() - 1))),
                Arguments.of("garbage behind it", okJson(body + "x")),
                Arguments.of("member twice", okJson(body.replace("{", "{\"active\":false,"))),
                Arguments.of(
                        "signed, though not configured",
                        ok(body).withHeader("Content-Type", "application/token-introspection+jwt")),
                Arguments.of("300 KiB", okJson(body.replace("}", ",\"x\":\"" + "a".repeat(300 * 1024) + "\"}"))),
                Arguments.of("says it is gzip", okJson(body).withHeader("Content-Encoding", "gzip")),
                Arguments.of("late", okJson(body).withFixedDelay(1_500)),
                Arguments.of("byte by byte", okJson(body).withChunkedDribbleDelay(body.length(), 20_000)),
                Arguments.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
                Arguments.of("nothing", aResponse().withFault(Fault.EMPTY_RESPONSE)),
                Arguments.of("broken chunk", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Arguments.of("garbage", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
    }

    /** A139: what the grammar of tokens allows arrives as it was sent; what it does not allow is not sent. */
    @ParameterizedTest
    @Requirement("RFC7662 §2.1")
    @CsvSource({
        "x+y/z~w-v_u.t=, true",
        "x==,            true",
        "x&active=true,  false",
        "x%26active,     false",
        "x=y,            false",
        "xé,             false",
    })
    void token_withCharactersOfForms_arrivesAsOneParameterOrNotAtAll(String text, boolean sent) {
        // A UUID may begin as JWTs do, about which nobody is asked.
        String token = "t" + UUID.randomUUID() + text;
        int before = ISSUER.introspectionCalls();
        says(ISSUER, token, Map.of("client_id", "web", "scope", Gate.SCOPE));

        if (sent) {
            gate.permits(token);
            assertThat(asked(ISSUER, token)).isEqualTo(1);
        } else {
            gate.refuses(token, RefusalReason.CREDENTIALS_MALFORMED);
            assertThat(ISSUER.introspectionCalls()).isEqualTo(before);
        }
    }
}
