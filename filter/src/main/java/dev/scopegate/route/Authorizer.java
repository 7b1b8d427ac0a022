package dev.scopegate.route;

import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ValidatedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a valid token meets the requirement of a route: access first, then issuer, claims and scopes, then how and when the resource owner
 * authenticated. The first requirement that fails is the answer.
 *
 * <p>Does not check the token itself. Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750 §3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9470#section-3">RFC 9470 §3</a>
 */
public final class Authorizer {

    private final Clock clock;

    /** An authorizer that judges {@code max-age} by {@code clock}. */
    public Authorizer(Clock clock) {
        this.clock = clock;
    }

    /** The decision on a request with a valid token. */
    public Decision decide(RouteRequirement requirement, ValidatedToken token) {
        return refusal(requirement, token)
                .<Decision>map(reason -> new Decision.Refused(requirement, reason, Optional.of(token)))
                .orElseGet(() -> new Decision.Permitted(requirement, Optional.of(token)));
    }

    private Optional<RefusalReason> refusal(RouteRequirement requirement, ValidatedToken token) {
        if (requirement.access() == Access.DENY) {
            return Optional.of(RefusalReason.ROUTE_DENIED);
        }
        if (!requirement.issuers().isEmpty() && !requirement.issuers().contains(token.issuerName())) {
            return Optional.of(RefusalReason.ISSUER_NOT_ACCEPTED);
        }
        for (Map.Entry<String, String> claim : requirement.claims().entrySet()) {
            if (!token.hasClaim(claim.getKey(), claim.getValue())) {
                return Optional.of(RefusalReason.CLAIM_MISSING);
            }
        }
        if (!token.scopes().containsAll(requirement.scopes())) {
            return Optional.of(RefusalReason.SCOPE_MISSING);
        }
        if (!requirement.anyScope().isEmpty() && requirement.anyScope().stream().noneMatch(token::hasScope)) {
            return Optional.of(RefusalReason.SCOPE_MISSING);
        }
        if (!requirement.acr().isEmpty()
                && !(token.claims().get("acr") instanceof String acr
                        && requirement.acr().contains(acr))) {
            return Optional.of(RefusalReason.AUTHENTICATION_TOO_WEAK);
        }
        return requirement
                .maxAge()
                .filter(age -> !authenticatedWithin(age, token))
                .map(age -> RefusalReason.AUTHENTICATION_TOO_OLD);
    }

    /** A token that does not say when its owner authenticated does not meet any limit (RFC 9470 §6). */
    private boolean authenticatedWithin(Duration age, ValidatedToken token) {
        if (!(token.claims().get("auth_time") instanceof Number seconds)) {
            return false;
        }
        double authTime = seconds.doubleValue();
        Instant now = clock.instant();
        return authTime <= now.getEpochSecond() && now.getEpochSecond() - authTime <= age.toSeconds();
    }
}
