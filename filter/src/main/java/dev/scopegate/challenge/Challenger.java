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
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Challenger.class);

    /** What no scope would mend; named all the same, it would send clients for a token like the one they have. */
    private static final Set<RefusalReason> WITHOUT_SCOPE =
            Set.of(RefusalReason.ISSUER_NOT_ACCEPTED, RefusalReason.CLAIM_MISSING);

    private final String realm;
    private final ProblemRenderer renderer;
    private final AtomicBoolean rendererFailed = new AtomicBoolean();

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
        List<String> required = decision.reason() == RefusalReason.SCOPE_MISSING
                ? decision.requirement().challengeScopes()
                : List.of();
        return answer(refusal, required, headers, correlationId, accept);
    }

    /** The answer to a request that nobody can decide: no challenge, since the token may be perfectly good. */
    public Answer undecided(Decision.Undecided decision, String correlationId, String accept) {
        Refusal refusal = Refusal.of(decision.reason(), true);
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Retry-After", seconds(decision.retryAfter())));
        return answer(refusal, List.of(), headers, correlationId, accept);
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
        if (refusal.status() != 400 && !WITHOUT_SCOPE.contains(decision.reason())) {
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
            Refusal refusal, List<String> requiredScopes, List<Header> headers, String correlationId, String accept) {
        headers.add(new Header("Cache-Control", "no-store"));
        headers.add(new Header("Vary", "Accept"));
        headers.add(new Header("X-Content-Type-Options", "nosniff"));
        Problem problem = refusal.problem(correlationId, requiredScopes);
        Optional<ProblemRenderer.Rendering> own = rendered(problem, accept);
        if (own.isPresent()) {
            return new Answer(
                    refusal.status(),
                    headers,
                    own.get().contentType(),
                    own.get().body());
        }
        BodyFormat format = BodyFormat.preferred(accept);
        if (format == BodyFormat.PAGE) {
            headers.add(new Header("Content-Security-Policy", ProblemPage.CONTENT_SECURITY_POLICY));
        }
        return new Answer(
                refusal.status(), headers, format.contentType(), PreparedBodies.ALL.body(refusal, problem, format));
    }

    /** A renderer that fails must not turn a refusal into something else. */
    private Optional<ProblemRenderer.Rendering> rendered(Problem problem, String accept) {
        try {
            return renderer.render(problem, accept);
        } catch (RuntimeException failed) {
            // Once, and without its message: that may repeat the request, and clients decide how often this happens.
            if (rendererFailed.compareAndSet(false, true)) {
                LOG.warn(
                        "the problem renderer failed with {}; the default body is sent, now and whenever it fails",
                        failed.getClass().getName());
            }
            return Optional.empty();
        }
    }

    /** Whole seconds, rounded up, and at least one: zero would invite a storm (RFC 9110 §10.2.3). */
    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
