package dev.scopegate.challenge;

import dev.scopegate.model.Answer;
import dev.scopegate.model.Answer.Header;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the answer to a request that does not go on: status, challenge, and a problem document that says what the client
 * can do about it. Never repeats anything of the request or the token.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750 §3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-3">RFC 9457 §3</a>
 */
public final class Challenger {

    private final String realm;
    private final Optional<String> metadataUrl;

    /**
     * A writer of challenges.
     *
     * @param realm the {@code realm}; printable ASCII
     * @param metadataUrl where the protected resource metadata is published, if it is
     */
    public Challenger(String realm, Optional<String> metadataUrl) {
        this.realm = realm;
        this.metadataUrl = metadataUrl;
    }

    /**
     * The answer to a refused request.
     *
     * @param correlationId what the log calls this refusal; letters and digits
     */
    public Answer refused(Decision.Refused decision, String correlationId) {
        Refusal refusal = Refusal.of(decision.reason(), decision.token().isEmpty());
        List<Header> headers = new ArrayList<>();
        if (decision.reason() != RefusalReason.PATH_AMBIGUOUS) {
            headers.add(new Header("WWW-Authenticate", challenge(decision, refusal)));
        }
        return answer(refusal, decision.reason(), headers, correlationId);
    }

    /** The answer to a request that nobody can decide: no challenge, since the token may be perfectly good. */
    public Answer undecided(Decision.Undecided decision, String correlationId) {
        Refusal refusal = Refusal.of(decision.reason(), true);
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Retry-After", seconds(decision.retryAfter())));
        return answer(refusal, decision.reason(), headers, correlationId);
    }

    private String challenge(Decision.Refused decision, Refusal refusal) {
        RouteRequirement requirement = decision.requirement();
        ChallengeHeader header = new ChallengeHeader("Bearer").with("realm", realm);
        refusal.error()
                .ifPresent(error -> header.with("error", error).with("error_description", refusal.description()));
        if (refusal.status() != 400) {
            header.with("scope", String.join(" ", requirement.challengeScopes()));
        }
        if (decision.reason() == RefusalReason.AUTHENTICATION_TOO_WEAK
                || decision.reason() == RefusalReason.AUTHENTICATION_TOO_OLD) {
            header.with("acr_values", String.join(" ", requirement.acr()));
            requirement.maxAge().ifPresent(age -> header.with("max_age", Long.toString(age.toSeconds())));
        }
        metadataUrl.ifPresent(url -> header.with("resource_metadata", url));
        return header.value();
    }

    private static Answer answer(Refusal refusal, RefusalReason reason, List<Header> headers, String correlationId) {
        headers.add(new Header("Cache-Control", "no-store"));
        return new Answer(
                refusal.status(),
                headers,
                "application/problem+json",
                ProblemDocument.of(refusal, reason, correlationId));
    }

    /** Whole seconds, rounded up, and at least one: zero would invite a storm (RFC 9110 §10.2.3). */
    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
