package dev.scopegate.challenge;

import dev.scopegate.model.Answer;
import dev.scopegate.model.Answer.Header;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Problem;
import dev.scopegate.model.ProblemRenderer;
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
    private final ProblemRenderer renderer;

    /**
     * A writer of challenges.
     *
     * @param realm the {@code realm}; printable ASCII
     * @param renderer writes the bodies that the application wants to have written in its own way
     */
    public Challenger(String realm, ProblemRenderer renderer) {
        this.realm = realm;
        this.renderer = renderer;
    }

    /**
     * The answer to a refused request.
     *
     * @param correlationId what the log calls this refusal; letters and digits
     * @param accept the {@code Accept} field of the request; empty if there was none
     * @param metadataUrl where the protected resource metadata is published, if it is
     */
    public Answer refused(
            Decision.Refused decision, String correlationId, String accept, Optional<String> metadataUrl) {
        Refusal refusal = Refusal.of(decision.reason(), decision.token().isEmpty());
        List<Header> headers = new ArrayList<>();
        if (decision.reason() != RefusalReason.PATH_AMBIGUOUS) {
            headers.add(new Header("WWW-Authenticate", challenge(decision, refusal, metadataUrl)));
        }
        return answer(refusal, decision.reason(), headers, correlationId, accept);
    }

    /** The answer to a request that nobody can decide: no challenge, since the token may be perfectly good. */
    public Answer undecided(Decision.Undecided decision, String correlationId, String accept) {
        Refusal refusal = Refusal.of(decision.reason(), true);
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Retry-After", seconds(decision.retryAfter())));
        return answer(refusal, decision.reason(), headers, correlationId, accept);
    }

    /** The status that the answer to {@code decision} has; 200 if the request goes on. */
    public static int status(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            return Refusal.of(refused.reason(), refused.token().isEmpty()).status();
        }
        return decision instanceof Decision.Undecided undecided
                ? Refusal.of(undecided.reason(), true).status()
                : 200;
    }

    private String challenge(Decision.Refused decision, Refusal refusal, Optional<String> metadataUrl) {
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

    private Answer answer(
            Refusal refusal, RefusalReason reason, List<Header> headers, String correlationId, String accept) {
        headers.add(new Header("Cache-Control", "no-store"));
        headers.add(new Header("Vary", "Accept"));
        Problem problem = ProblemDocument.problem(refusal, reason, correlationId);
        ProblemRenderer.Rendering body = renderer.render(problem, accept)
                .orElseGet(
                        () -> new ProblemRenderer.Rendering("application/problem+json", ProblemDocument.json(problem)));
        return new Answer(refusal.status(), headers, body.contentType(), body.body());
    }

    /** Whole seconds, rounded up, and at least one: zero would invite a storm (RFC 9110 §10.2.3). */
    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
