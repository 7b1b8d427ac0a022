package dev.scopegate.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.Access;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Mode;
import dev.scopegate.model.ProblemRenderer;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each reason answers, for a route that requires scopes and a login of a certain kind and age. */
class RefusalMappingTest {

    private static final String BEARER = "realm scope resource_metadata";
    private static final String BAD_REQUEST = "realm error error_description resource_metadata";
    private static final String BAD_TOKEN = "realm error error_description scope resource_metadata";
    private static final String STEP_UP = "realm error error_description scope acr_values max_age resource_metadata";

    /** Reason, whether the token is valid, status, error, parameters of the challenge. */
    private static final Object[][] TABLE = {
        {RefusalReason.CREDENTIALS_ABSENT, false, 401, "", BEARER},
        {RefusalReason.CREDENTIALS_MALFORMED, false, 400, "invalid_request", BAD_REQUEST},
        {RefusalReason.CREDENTIALS_REPEATED, false, 400, "invalid_request", BAD_REQUEST},
        {RefusalReason.TOKEN_TOO_LARGE, false, 400, "invalid_request", BAD_REQUEST},
        {RefusalReason.PATH_AMBIGUOUS, false, 400, "", ""},
        {RefusalReason.TOKEN_MALFORMED, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.TOKEN_ENCRYPTED, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.TOKEN_TYPE, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.ISSUER_UNKNOWN, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.ALGORITHM, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.HEADER, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.KEY_UNKNOWN, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.SIGNATURE, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.AUDIENCE, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.EXPIRED, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.NOT_YET_VALID, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.CLAIM, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.INACTIVE, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.BOUND_TOKEN, false, 401, "invalid_token", BAD_TOKEN},
        {RefusalReason.ISSUER_NOT_ACCEPTED, true, 403, "insufficient_scope", BAD_REQUEST},
        {RefusalReason.CLAIM_MISSING, true, 403, "insufficient_scope", BAD_REQUEST},
        {RefusalReason.SCOPE_MISSING, true, 403, "insufficient_scope", BAD_TOKEN},
        {RefusalReason.AUTHENTICATION_TOO_WEAK, true, 401, "insufficient_user_authentication", STEP_UP},
        {RefusalReason.AUTHENTICATION_TOO_OLD, true, 401, "insufficient_user_authentication", STEP_UP},
        {RefusalReason.ROUTE_DENIED, false, 401, "", BEARER},
        {RefusalReason.ROUTE_DENIED, true, 403, "", BEARER},
        {RefusalReason.KEYS_UNAVAILABLE, false, 503, "", ""},
        {RefusalReason.INTROSPECTION_UNAVAILABLE, false, 503, "", ""},
    };

    private static final RouteRequirement ROUTE = new RouteRequirement(
            "DELETE /contacts/{id}",
            Access.AUTHENTICATED,
            List.of("delete:contacts", "write"),
            List.of(),
            Map.of(),
            Set.of(),
            List.of("gold", "silver"),
            Optional.of(Duration.ofMinutes(5)),
            Optional.empty(),
            Mode.ENFORCE);

    private final Challenger challenger = new Challenger("contacts", ProblemRenderer.DEFAULT);

    static Stream<Object[]> table() {
        return Arrays.stream(TABLE);
    }

    @Test
    void table_everyReason_hasARow() {
        assertThat(table().map(row -> row[0])).containsAll(List.of((Object[]) RefusalReason.values()));
    }

    @ParameterizedTest(name = "{0}, token valid: {1}")
    @MethodSource("table")
    @Requirement({"RFC6750 §3", "RFC6750 §3.1", "RFC9470 §3", "RFC9728 §5.1", "RFC9110 §15.5.2", "RFC9110 §15.5.4"})
    void refused_reason_oneStatusAndOneChallenge(
            RefusalReason reason, boolean tokenValid, int status, String error, String parameters) {
        Answer answer = answer(reason, tokenValid);
        List<String> challenges = values(answer, "WWW-Authenticate");

        assertThat(answer.status()).isEqualTo(status);
        if (parameters.isEmpty()) {
            assertThat(challenges).isEmpty();
            return;
        }
        Challenge challenge = Challenge.of(challenges.get(0));
        assertThat(challenges).hasSize(1);
        assertThat(challenge.scheme()).isEqualTo("Bearer");
        assertThat(challenge.parameters().keySet()).containsExactly(parameters.split(" "));
        assertThat(challenge.parameters().getOrDefault("error", "")).isEqualTo(error);
        assertThat(challenge.parameters().getOrDefault("scope", "delete:contacts write"))
                .isEqualTo("delete:contacts write");
        assertThat(challenge.parameters().getOrDefault("acr_values", "gold silver"))
                .isEqualTo("gold silver");
        assertThat(challenge.parameters().getOrDefault("max_age", "300")).isEqualTo("300");
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    @Requirement("RFC6750 §3")
    void description_anyReason_holdsOnlyCharactersThatItMay(RefusalReason reason) {
        for (boolean anonymous : new boolean[] {true, false}) {
            assertThat(Refusal.of(reason, anonymous).description())
                    .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]{10,100}")
                    .matches("[A-Z].*[a-z]");
            assertThat(Refusal.of(reason, anonymous).error().orElse("none")).matches("[a-z_]+");
        }
    }

    @ParameterizedTest(name = "{0}, token valid: {1}")
    @MethodSource("table")
    void status_ofADecision_isThatOfItsAnswer(RefusalReason reason, boolean tokenValid, int status) {
        assertThat(Challenger.status(decision(reason, tokenValid))).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}, token valid: {1}")
    @MethodSource("table")
    void document_aboutEachReason_saysWhatIsAnswered(
            RefusalReason reason, boolean tokenValid, int status, String error, String parameters) throws IOException {
        String names = parameters.isEmpty()
                ? "no challenge"
                : parameters
                        .replaceAll("realm|error_description|error\\b|resource_metadata", "")
                        .strip();
        String row = "| `%s`%s | %d | %s | %s | %s |"
                .formatted(
                        reason.code(),
                        reason != RefusalReason.ROUTE_DENIED ? "" : tokenValid ? ", valid token" : ", no valid token",
                        status,
                        error.isEmpty() ? "–" : "`" + error + "`",
                        names.isEmpty() || names.equals("no challenge")
                                ? names.isEmpty() ? "–" : names
                                : "`" + names.replaceAll(" +", "`, `") + "`",
                        Refusal.of(reason, !tokenValid).description());

        assertThat(Files.readString(Path.of("../docs/challenges.md"))).contains(row + "\n");
    }

    private Answer answer(RefusalReason reason, boolean tokenValid) {
        Decision decision = decision(reason, tokenValid);
        return decision instanceof Decision.Refused refused
                ? challenger.refused(
                        refused, "0123456789abcdef", "", Optional.of("https://api.example.com/.well-known/x"))
                : challenger.undecided((Decision.Undecided) decision, "0123456789abcdef", "");
    }

    private static Decision decision(RefusalReason reason, boolean tokenValid) {
        return switch (reason) {
            case KEYS_UNAVAILABLE, INTROSPECTION_UNAVAILABLE ->
                new Decision.Undecided(ROUTE, reason, Duration.ofSeconds(1));
            default -> new Decision.Refused(ROUTE, reason, tokenValid ? Optional.of(token()) : Optional.empty());
        };
    }

    private static ValidatedToken token() {
        return new ValidatedToken(
                "main", "https://x", Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), Map.of());
    }

    private static List<String> values(Answer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Answer.Header::value)
                .toList();
    }
}
