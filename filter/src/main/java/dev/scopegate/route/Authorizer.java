package dev.scopegate.route;

import dev.scopegate.model.Access;
import dev.scopegate.model.CheckList;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ValidatedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

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

    private static final List<Demand> DEMANDS = List.of(Demand.values());

    private final Clock clock;

    /** What a rule may ask of a token, in the order in which it is judged; the verdict and its explanation go through the same list. */
    private enum Demand {
        ACCESS("access", RefusalReason.ROUTE_DENIED),
        ISSUER("issuer", RefusalReason.ISSUER_NOT_ACCEPTED),
        CLAIMS("claims", RefusalReason.CLAIM_MISSING),
        SCOPES("scopes", RefusalReason.SCOPE_MISSING),
        ANY_SCOPE("one of the scopes", RefusalReason.SCOPE_MISSING),
        ACR("acr", RefusalReason.AUTHENTICATION_TOO_WEAK),
        MAX_AGE("auth_time", RefusalReason.AUTHENTICATION_TOO_OLD);

        private final String title;
        private final RefusalReason reason;

        /**
         * One thing that a rule may ask.
         *
         * @param title what an explanation calls it
         * @param reason why a token is refused that does not meet it
         */
        Demand(String title, RefusalReason reason) {
            this.title = title;
            this.reason = reason;
        }
    }

    /** An authorizer that judges {@code max-age} by {@code clock}. */
    public Authorizer(Clock clock) {
        this.clock = clock;
    }

    /** The decision on a request with a valid token. */
    public Decision decide(RouteRequirement requirement, ValidatedToken token) {
        for (Demand demand : DEMANDS) {
            if (!isMet(demand, requirement, token)) {
                return new Decision.Refused(requirement, demand.reason, Optional.of(token));
            }
        }
        return new Decision.Permitted(requirement, Optional.of(token));
    }

    /** Whether {@code token} meets a demand; also where the rule does not make it. */
    private boolean isMet(Demand demand, RouteRequirement rule, ValidatedToken token) {
        return switch (demand) {
            case ACCESS -> rule.access() != Access.DENY;
            case ISSUER -> rule.issuers().isEmpty() || rule.issuers().contains(token.issuerName());
            case CLAIMS -> hasClaims(rule, token);
            case SCOPES -> token.scopes().containsAll(rule.scopes());
            case ANY_SCOPE -> hasAnyScope(rule, token);
            case ACR ->
                rule.acr().isEmpty()
                        || (token.claims().get("acr") instanceof String acr
                                && rule.acr().contains(acr));
            case MAX_AGE ->
                rule.maxAge().isEmpty() || authenticatedWithin(rule.maxAge().get(), token);
        };
    }

    /**
     * Adds what {@code requirement} asks of a token.
     *
     * @param token the valid token; empty if there is none, and the list has ended
     */
    public void explain(RouteRequirement requirement, Optional<ValidatedToken> token, CheckList checks) {
        for (Demand demand : DEMANDS) {
            String expected = expected(demand, requirement);
            if (!expected.isEmpty()) {
                checks.add(
                        demand.title,
                        expected,
                        () -> token.map(valid -> actual(demand, requirement, valid))
                                .orElse("no token"),
                        () -> token.filter(valid -> isMet(demand, requirement, valid))
                                        .isPresent()
                                ? Optional.empty()
                                : Optional.of(demand.reason));
            }
        }
    }

    /** What the rule asks for, in words; empty if it does not ask. */
    private static String expected(Demand demand, RouteRequirement rule) {
        return switch (demand) {
            case ACCESS -> rule.access() == Access.DENY ? "a rule that admits someone" : "";
            case ISSUER -> String.join(" or ", new TreeSet<>(rule.issuers()));
            case CLAIMS ->
                new TreeMap<>(rule.claims())
                        .entrySet().stream()
                                .map(claim -> claim.getKey() + "=" + claim.getValue())
                                .collect(Collectors.joining(", "));
            case SCOPES -> String.join(" ", rule.scopes());
            case ANY_SCOPE -> String.join(" or ", rule.anyScope());
            case ACR -> String.join(" or ", rule.acr());
            case MAX_AGE ->
                rule.maxAge().map(age -> "at most " + age.toSeconds() + "s ago").orElse("");
        };
    }

    /** What the token says of it. */
    private static String actual(Demand demand, RouteRequirement rule, ValidatedToken token) {
        return switch (demand) {
            case ACCESS -> "deny";
            case ISSUER -> token.issuerName();
            case CLAIMS ->
                new TreeSet<>(rule.claims().keySet())
                        .stream().map(name -> name + "=" + claim(token, name)).collect(Collectors.joining(", "));
            case SCOPES, ANY_SCOPE -> String.join(" ", token.scopes());
            case ACR -> claim(token, "acr");
            case MAX_AGE -> claim(token, "auth_time");
        };
    }

    private static boolean hasClaims(RouteRequirement rule, ValidatedToken token) {
        for (Map.Entry<String, String> claim : rule.claims().entrySet()) {
            if (!token.hasClaim(claim.getKey(), claim.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasAnyScope(RouteRequirement rule, ValidatedToken token) {
        return rule.anyScope().isEmpty() || rule.anyScope().stream().anyMatch(token::hasScope);
    }

    private static String claim(ValidatedToken token, String name) {
        return String.valueOf(token.claims().getOrDefault(name, "absent"));
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
