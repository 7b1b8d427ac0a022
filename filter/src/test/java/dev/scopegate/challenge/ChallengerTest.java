package dev.scopegate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.model.Access;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Mode;
import dev.scopegate.model.Problem;
import dev.scopegate.model.ProblemRenderer;
import dev.scopegate.model.ProblemRenderer.Rendering;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengerTest {

    private static final String METADATA = "https://api.example.com/.well-known/oauth-protected-resource/contacts";
    private static final String ID = "0123456789abcdef";
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static final RouteRequirement ROUTE =
            route(List.of("delete:contacts", "write"), List.of(), Optional.of(Duration.ofMinutes(5)));

    private final Challenger challenger = new Challenger("contacts", ProblemRenderer.DEFAULT);

    @Test
    @Requirement({"RFC6750 §3.1", "RFC9110 §11.5", "RFC9728 §5.1"})
    void refused_nothingSent_challengeWithoutError() {
        assertThat(challenge(refused(RefusalReason.CREDENTIALS_ABSENT)))
                .isEqualTo("Bearer realm=\"contacts\", scope=\"delete:contacts write\", resource_metadata=\"" + METADATA
                        + "\"");
    }

    @Test
    @Requirement("RFC6750 §3.1")
    void refused_scopeMissing_namesTheScopes() throws Exception {
        Answer answer = refused(RefusalReason.SCOPE_MISSING);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(challenge(answer))
                .isEqualTo("Bearer realm=\"contacts\", error=\"insufficient_scope\","
                        + " error_description=\"The access token lacks a scope that is needed\","
                        + " scope=\"delete:contacts write\", resource_metadata=\"" + METADATA + "\"");
        assertThat(JSONObjectUtils.parse(answer.body()))
                .containsEntry("required_scopes", List.of("delete:contacts", "write"));
    }

    @Test
    @Requirement("RFC6750 §3")
    void refused_routeWithoutScopes_noParameterIsEmpty() {
        Decision.Refused decision = new Decision.Refused(
                route(List.of(), List.of(), Optional.empty()), RefusalReason.CREDENTIALS_ABSENT, Optional.empty());

        assertThat(challenge(challenger.refused(decision, ID, "", Optional.empty())))
                .isEqualTo("Bearer realm=\"contacts\"");
    }

    @ParameterizedTest
    @Requirement("RFC6750 §3")
    @CsvSource({"a b, '', a b", "'', c d, c d", "a, c d, a c d", "a b, b c, a b c"})
    void refused_scopesAndAnyScope_challengeNamesWhatIsEnough(String scopes, String anyScope, String named) {
        Decision.Refused decision = new Decision.Refused(
                route(words(scopes), words(anyScope), Optional.empty()), RefusalReason.SCOPE_MISSING, Optional.empty());

        assertThat(Challenge.of(challenge(challenger.refused(decision, ID, "", Optional.empty())))
                        .parameter("scope"))
                .isEqualTo(named);
    }

    @ParameterizedTest
    @Requirement("RFC9470 §3")
    @CsvSource({"0, 0", "999, 0", "1000, 1", "300000, 300", "86400000, 86400"})
    void refused_authenticationTooOld_wholeSecondsThatWouldDo(long millis, String seconds) {
        Decision.Refused decision = new Decision.Refused(
                route(List.of(), List.of(), Optional.of(Duration.ofMillis(millis))),
                RefusalReason.AUTHENTICATION_TOO_OLD,
                Optional.empty());

        Challenge challenge = Challenge.of(challenge(challenger.refused(decision, ID, "", Optional.empty())));
        assertThat(challenge.parameter("max_age")).isEqualTo(seconds);
        assertThat(challenge.parameter("acr_values")).isEqualTo("gold silver");
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    @Requirement({"RFC9457 §3", "RFC9457 §3.1.1", "RFC9457 §3.1.2", "RFC9457 §3.1.4", "RFC9457 §3.2", "RFC9111 §3.5"})
    void refused_anyReason_uncacheableProblemDocument(RefusalReason reason) throws Exception {
        Answer answer = refused(reason);
        Map<String, Object> problem = JSONObjectUtils.parse(answer.body());

        assertThat(values(answer, "Cache-Control")).containsExactly("no-store");
        assertThat(values(answer, "X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(problem)
                .containsEntry("type", "tag:scopegate.dev,2026:refusal:" + reason.code())
                .containsEntry("status", (long) answer.status())
                .containsEntry("correlation_id", ID)
                .containsEntry("detail", Refusal.of(reason, true).description())
                .containsKey("title");
        assertThat(problem.get("error"))
                .isEqualTo(Refusal.of(reason, true).error().orElse(null));
        assertThat(problem.containsKey("required_scopes")).isEqualTo(reason == RefusalReason.SCOPE_MISSING);
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void refused_anyReasonAndFormat_preparedBodyIsTheWrittenOne(RefusalReason reason) {
        for (boolean anonymous : new boolean[] {true, false}) {
            Refusal refusal = Refusal.of(reason, anonymous);
            Problem problem = refusal.problem(ID, List.of());
            for (BodyFormat format : BodyFormat.values()) {
                assertThat(PreparedBodies.ALL.body(refusal, problem, format)).isEqualTo(format.write(problem));
            }
        }
    }

    @ParameterizedTest
    @Requirement({"RFC9110 §12.5.1", "RFC9110 §12.5.5"})
    @CsvSource(
            delimiter = '!',
            value = {
                "''                       ! application/problem+json ! {",
                "application/problem+json ! application/problem+json ! {",
                "application/json         ! application/json         ! {",
                "text/plain               ! text/plain;charset=utf-8 ! 401 Unauthorized",
                "text/html                ! text/html;charset=utf-8  ! <!doctype html>",
                "image/png                ! application/problem+json ! {",
            })
    void refused_accept_bodyInThatFormatAndVary(String accept, String contentType, String beginning) {
        Answer answer = refused(challenger, RefusalReason.EXPIRED, accept);

        assertThat(answer.contentType()).isEqualTo(contentType);
        assertThat(answer.body()).startsWith(beginning).contains(ID);
        assertThat(values(answer, "Vary")).containsExactly("Accept");
        assertThat(values(answer, "Content-Security-Policy")).hasSize(contentType.startsWith("text/html") ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/html;x=\"<script>\"", "text/html, <script>alert(1)</script>", "text/html;q=1;x=canary"})
    void refused_hostileAccept_notRepeated(String accept) {
        Answer answer = refused(challenger, RefusalReason.EXPIRED, accept);

        assertThat(answer.toString()).doesNotContain("script>", "alert", "canary");
    }

    @ParameterizedTest
    @Requirement({"RFC9110 §15.6.4", "RFC9110 §10.2.3"})
    @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "30000, 30"})
    void undecided_503WithRetryAfterAndWithoutChallenge(long millis, String seconds) {
        Answer answer = challenger.undecided(
                new Decision.Undecided(ROUTE, RefusalReason.KEYS_UNAVAILABLE, Duration.ofMillis(millis)), "x", "");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(values(answer, "Retry-After")).containsExactly(seconds);
        assertThat(values(answer, "WWW-Authenticate")).isEmpty();
        assertThat(values(answer, "Cache-Control")).containsExactly("no-store");
    }

    @Test
    void renderer_ofTheApplication_writesTheBodyAndNothingElse() {
        List<Problem> seen = new ArrayList<>();
        Challenger own = new Challenger("contacts", (problem, accept) -> {
            seen.add(problem);
            return accept.isEmpty() ? Optional.empty() : Optional.of(new Rendering("text/html", "<h1>No</h1>"));
        });
        Answer answer = refused(own, RefusalReason.SCOPE_MISSING, BROWSER);

        assertThat(answer.body()).isEqualTo("<h1>No</h1>");
        assertThat(answer.contentType()).isEqualTo("text/html");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(challenge(answer)).isEqualTo(challenge(refused(RefusalReason.SCOPE_MISSING)));
        assertThat(values(answer, "Cache-Control")).containsExactly("no-store");
        assertThat(seen)
                .singleElement()
                .satisfies(problem -> assertThat(problem.requiredScopes()).containsExactly("delete:contacts", "write"));
        assertThat(refused(own, RefusalReason.SCOPE_MISSING, "")).isEqualTo(refused(RefusalReason.SCOPE_MISSING));
    }

    @Test
    void renderer_thatFails_refusedWithTheDefaultBody() {
        Challenger failing = new Challenger("contacts", (problem, accept) -> {
            throw new IllegalStateException("for " + accept);
        });
        Challenger echoing = new Challenger("contacts", (problem, accept) -> Optional.of(new Rendering(accept, "no")));

        assertThat(refused(failing, RefusalReason.EXPIRED, "")).isEqualTo(refused(RefusalReason.EXPIRED));
        assertThat(refused(echoing, RefusalReason.EXPIRED, "text/html\r\nX-Evil: 1")
                        .contentType())
                .isEqualTo("application/problem+json");
        assertThat(refused(echoing, RefusalReason.EXPIRED, "text/html").contentType())
                .isEqualTo("text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<b>", "a\"b", "a\nb", "é"})
    void refused_correlationIdWithOtherCharacters_refusesToWrite(String id) {
        assertThatThrownBy(() -> challenger.refused(
                        new Decision.Refused(ROUTE, RefusalReason.EXPIRED, Optional.empty()), id, "", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Answer refused(RefusalReason reason) {
        return refused(challenger, reason, "");
    }

    private static Answer refused(Challenger challenger, RefusalReason reason, String accept) {
        return challenger.refused(
                new Decision.Refused(ROUTE, reason, Optional.empty()), ID, accept, Optional.of(METADATA));
    }

    private static String challenge(Answer answer) {
        return values(answer, "WWW-Authenticate").get(0);
    }

    private static List<String> values(Answer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Answer.Header::value)
                .toList();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static RouteRequirement route(List<String> scopes, List<String> anyScope, Optional<Duration> maxAge) {
        return new RouteRequirement(
                "DELETE /contacts/{id}",
                Access.AUTHENTICATED,
                scopes,
                anyScope,
                Map.of(),
                Set.of(),
                List.of("gold", "silver"),
                maxAge,
                Optional.empty(),
                Mode.ENFORCE);
    }
}
