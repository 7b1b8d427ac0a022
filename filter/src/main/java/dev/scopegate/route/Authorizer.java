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
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
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

    private final Clock clock;

    /** In the order in which they are judged; the verdict and its explanation go through the same list. */
    private final List<Demand> demands = List.of(
            new Demand(
                    "access",
                    RefusalReason.ROUTE_DENIED,
                    (rule, token) -> rule.access() != Access.DENY,
                    rule -> rule.access() == Access.DENY ? "a rule that admits someone" : "",
                    (rule, token) -> "deny"),
            new Demand(
                    "issuer",
                    RefusalReason.ISSUER_NOT_ACCEPTED,
                    (rule, token) -> rule.issuers().isEmpty() || rule.issuers().contains(token.issuerName()),
                    rule -> String.join(" or ", new TreeSet<>(rule.issuers())),
                    (rule, token) -> token.issuerName()),
            new Demand(
                    "claims",
                    RefusalReason.CLAIM_MISSING,
                    Authorizer::hasClaims,
                    rule -> new TreeMap<>(rule.claims())
                            .entrySet().stream()
                                    .map(claim -> claim.getKey() + "=" + claim.getValue())
                                    .collect(Collectors.joining(", ")),
                    (rule, token) -> new TreeSet<>(rule.claims().keySet())
                            .stream()
                                    .map(name -> name + "=" + claim(token, name))
                                    .collect(Collectors.joining(", "))),
            new Demand(
                    "scopes",
                    RefusalReason.SCOPE_MISSING,
                    (rule, token) -> token.scopes().containsAll(rule.scopes()),
                    rule -> String.join(" ", rule.scopes()),
                    (rule, token) -> String.join(" ", token.scopes())),
            new Demand(
                    "one of the scopes",
                    RefusalReason.SCOPE_MISSING,
                    Authorizer::hasAnyScope,
                    rule -> String.join(" or ", rule.anyScope()),
                    (rule, token) -> String.join(" ", token.scopes())),
            new Demand(
                    "acr",
                    RefusalReason.AUTHENTICATION_TOO_WEAK,
                    (rule, token) -> rule.acr().isEmpty()
                            || (token.claims().get("acr") instanceof String acr
                                    && rule.acr().contains(acr)),
                    rule -> String.join(" or ", rule.acr()),
                    (rule, token) -> claim(token, "acr")),
            new Demand(
                    "auth_time",
                    RefusalReason.AUTHENTICATION_TOO_OLD,
                    (rule, token) -> rule.maxAge().isEmpty()
                            || authenticatedWithin(rule.maxAge().get(), token),
                    rule -> rule.maxAge()
                            .map(age -> "at most " + age.toSeconds() + "s ago")
                            .orElse(""),
                    (rule, token) -> claim(token, "auth_time")));

    /**
     * One thing that a rule may ask of a token.
     *
     * @param reason why a token is refused that does not meet it
     * @param met whether a token meets it; also where the rule does not ask for it
     * @param expected what the rule asks for, in words; empty if it does not ask
     * @param actual what the token says of it
     */
    private record Demand(
            String name,
            RefusalReason reason,
            BiPredicate<RouteRequirement, ValidatedToken> met,
            Function<RouteRequirement, String> expected,
            BiFunction<RouteRequirement, ValidatedToken, String> actual) {}

    /** An authorizer that judges {@code max-age} by {@code clock}. */
    public Authorizer(Clock clock) {
        this.clock = clock;
    }

    /** The decision on a request with a valid token. */
    public Decision decide(RouteRequirement requirement, ValidatedToken token) {
        for (Demand demand : demands) {
            if (!demand.met().test(requirement, token)) {
                return new Decision.Refused(requirement, demand.reason(), Optional.of(token));
            }
        }
        return new Decision.Permitted(requirement, Optional.of(token));
    }

    /**
     * Adds what {@code requirement} asks of a token.
     *
     * @param token the valid token; empty if there is none, and the list has ended
     */
    public void explain(RouteRequirement requirement, Optional<ValidatedToken> token, CheckList checks) {
        for (Demand demand : demands) {
            String expected = demand.expected().apply(requirement);
            if (!expected.isEmpty()) {
                checks.add(
                        demand.name(),
                        expected,
                        () -> token.map(valid -> demand.actual().apply(requirement, valid))
                                .orElse("no token"),
                        () -> token.filter(valid -> demand.met().test(requirement, valid))
                                        .isPresent()
                                ? Optional.empty()
                                : Optional.of(demand.reason()));
            }
        }
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
