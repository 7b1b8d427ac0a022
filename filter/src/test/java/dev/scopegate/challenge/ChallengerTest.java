package dev.scopegate.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.model.Access;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Mode;
import dev.scopegate.model.ProblemRenderer;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.Requirement;
import java.time.Duration;
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

    private static final RouteRequirement ROUTE = new RouteRequirement(
            "DELETE /contacts/{id}",
            Access.AUTHENTICATED,
            List.of("delete:contacts", "write"),
            List.of(),
            Map.of(),
            Set.of(),
            List.of("gold", "silver"),
            Optional.of(Duration.ofMinutes(5)),
            Mode.ENFORCE);

    private final Challenger challenger = new Challenger("contacts", ProblemRenderer.DEFAULT);

    @Test
    @Requirement({"RFC6750 §3.1", "RFC9728 §5.1"})
    void refused_nothingSent_challengeWithoutError() {
        assertThat(challenge(RefusalReason.CREDENTIALS_ABSENT))
                .isEqualTo("Bearer realm=\"contacts\", scope=\"delete:contacts write\", resource_metadata=\"" + METADATA
                        + "\"");
    }

    @Test
    @Requirement("RFC6750 §3.1")
    void refused_scopeMissing_namesTheScopes() {
        Answer answer = answer(RefusalReason.SCOPE_MISSING);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(header(answer, "WWW-Authenticate"))
                .containsExactly("Bearer realm=\"contacts\", error=\"insufficient_scope\","
                        + " error_description=\"The access token lacks a scope that is needed\","
                        + " scope=\"delete:contacts write\", resource_metadata=\"" + METADATA + "\"");
    }

    @Test
    @Requirement("RFC9470 §3")
    void refused_authenticationTooOld_saysWhatWouldDo() {
        assertThat(challenge(RefusalReason.AUTHENTICATION_TOO_OLD))
                .contains(
                        "error=\"insufficient_user_authentication\"", "acr_values=\"gold silver\"", "max_age=\"300\"");
    }

    @ParameterizedTest
    @CsvSource({
        "CREDENTIALS_ABSENT,      401, ''",
        "CREDENTIALS_MALFORMED,   400, invalid_request",
        "CREDENTIALS_REPEATED,    400, invalid_request",
        "TOKEN_TOO_LARGE,         400, invalid_request",
        "TOKEN_MALFORMED,         401, invalid_token",
        "TOKEN_TYPE,              401, invalid_token",
        "ALGORITHM,               401, invalid_token",
        "SIGNATURE,               401, invalid_token",
        "ISSUER_UNKNOWN,          401, invalid_token",
        "AUDIENCE,                401, invalid_token",
        "EXPIRED,                 401, invalid_token",
        "NOT_YET_VALID,           401, invalid_token",
        "INACTIVE,                401, invalid_token",
        "CLAIM,                   401, invalid_token",
        "BOUND_TOKEN,             401, invalid_token",
        "SCOPE_MISSING,           403, insufficient_scope",
        "AUTHENTICATION_TOO_WEAK, 401, insufficient_user_authentication",
        "AUTHENTICATION_TOO_OLD,  401, insufficient_user_authentication",
    })
    void refused_reason_mapsToOneStatusAndError(RefusalReason reason, int status, String error) {
        Answer answer = answer(reason);

        assertThat(answer.status()).isEqualTo(status);
        if (error.isEmpty()) {
            assertThat(challenge(reason)).doesNotContain("error");
        } else {
            assertThat(challenge(reason)).contains("error=\"" + error + "\"");
        }
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    @Requirement({"RFC9457 §3", "RFC9111 §3.5"})
    void refused_anyReason_uncacheableProblemDocument(RefusalReason reason) throws Exception {
        Answer answer = answer(reason);
        Map<String, Object> problem = JSONObjectUtils.parse(answer.body());

        assertThat(header(answer, "Cache-Control")).containsExactly("no-store");
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(problem)
                .containsEntry("type", "tag:scopegate.dev,2026:refusal:" + reason.code())
                .containsEntry("status", (long) answer.status())
                .containsEntry("correlation_id", "0123456789abcdef")
                .containsKeys("title", "detail");
    }

    @Test
    void refused_deniedRoute_401WithoutATokenAnd403WithOne() {
        Decision.Refused anonymous = new Decision.Refused(ROUTE, RefusalReason.ROUTE_DENIED, Optional.empty());
        Decision.Refused known = new Decision.Refused(ROUTE, RefusalReason.ROUTE_DENIED, Optional.of(token()));

        assertThat(challenger.refused(anonymous, "x", "", Optional.empty()).status())
                .isEqualTo(401);
        assertThat(challenger.refused(known, "x", "", Optional.empty()).status())
                .isEqualTo(403);
        assertThat(header(challenger.refused(known, "x", "", Optional.empty()), "WWW-Authenticate"))
                .singleElement()
                .asString()
                .doesNotContain("error");
    }

    @Test
    void refused_ambiguousPath_400WithoutChallenge() {
        Answer answer = answer(RefusalReason.PATH_AMBIGUOUS);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(header(answer, "WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest
    @Requirement({"RFC9110 §15.6.4", "RFC9110 §10.2.3"})
    @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "30000, 30"})
    void undecided_503WithRetryAfterAndWithoutChallenge(long millis, String seconds) {
        Answer answer = challenger.undecided(
                new Decision.Undecided(ROUTE, RefusalReason.KEYS_UNAVAILABLE, Duration.ofMillis(millis)), "x", "");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).containsExactly(seconds);
        assertThat(header(answer, "WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest
    @Requirement("RFC9110 §5.6.4")
    @ValueSource(strings = {"a\"b", "a\\b", "a\rb", "a\nb", "a\u0000b", "aéb", "a\u007fb"})
    void challengeHeader_characterThatEndsTheQuotes_refused(String value) {
        assertThatThrownBy(() -> new ChallengeHeader("Bearer").with("realm", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(value);
    }

    @Test
    @Requirement("RFC6750 §3")
    void challengeHeader_noOrRepeatedParameter_refused() {
        assertThatThrownBy(() -> new ChallengeHeader("Bearer").value()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> new ChallengeHeader("Bearer").with("realm", "a").with("realm", "b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Answer answer(RefusalReason reason) {
        return challenger.refused(
                new Decision.Refused(ROUTE, reason, Optional.empty()), "0123456789abcdef", "", Optional.of(METADATA));
    }

    private String challenge(RefusalReason reason) {
        return header(answer(reason), "WWW-Authenticate").get(0);
    }

    private static List<String> header(Answer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Answer.Header::value)
                .toList();
    }

    private static ValidatedToken token() {
        return new ValidatedToken(
                "main", "https://x", Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Map.of());
    }
}
