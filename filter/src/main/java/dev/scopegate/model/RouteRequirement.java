package dev.scopegate.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What one route asks of an access token. Several requirements at once must all hold.
 *
 * <p>Immutable.
 *
 * @param route the rule as configured, such as {@code GET /contacts/**}, or {@value #NO_RULE} where none names the
 *     request; from a closed set, so it may tag a metric
 * @param access who may use the route at all
 * @param scopes the scopes that the token needs, all of them; may be empty
 * @param anyScope the scopes of which the token needs at least one; empty asks for none
 * @param claims claims and the text that each has to equal, or to hold where the claim is a list; empty asks for none
 * @param issuers the configured names of the issuers of which the token has to be; empty asks for none
 * @param acr the authentication context classes of which the token's {@code acr} must be one, most wanted first; empty
 *     asks for none
 * @param maxAge how long ago the resource owner may have authenticated at most, by the token's {@code auth_time}
 * @param maxStaleness how old what the issuer said of the token may be: where there is one, it is not enough that the token was
 *     valid when it was issued
 * @param mode what is done with a refusal
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9470#section-3">RFC 9470 §3</a>
 */
public record RouteRequirement(
        String route,
        Access access,
        List<String> scopes,
        List<String> anyScope,
        Map<String, String> claims,
        Set<String> issuers,
        List<String> acr,
        Optional<Duration> maxAge,
        Optional<Duration> maxStaleness,
        Mode mode) {

    /** The route text of a request that no rule names. */
    public static final String NO_RULE = "none";

    /** The route text of CORS preflight requests that pass without being judged by a rule. */
    public static final String PREFLIGHT = "cors-preflight";

    public RouteRequirement {
        scopes = List.copyOf(scopes);
        anyScope = List.copyOf(anyScope);
        claims = Map.copyOf(claims);
        issuers = Set.copyOf(issuers);
        acr = List.copyOf(acr);
    }

    /** A requirement that looks at nothing but {@code access}, and is enforced. */
    public static RouteRequirement of(String route, Access access) {
        return of(route, access, Mode.ENFORCE);
    }

    /** A requirement that looks at nothing but {@code access}. */
    public static RouteRequirement of(String route, Access access, Mode mode) {
        return new RouteRequirement(
                route,
                access,
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                mode);
    }

    /** What is asked, in words for people, such as {@code scopes read:contacts; max-age 300s}. */
    public String summary() {
        List<String> parts = new ArrayList<>();
        addTo(parts, scopes.size() == 1 ? "scope " : "scopes ", scopes);
        addTo(parts, "one of the scopes ", anyScope);
        claims.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(claim -> parts.add("claim " + claim.getKey() + "=" + claim.getValue()));
        addTo(parts, "issuer ", new TreeSet<>(issuers));
        addTo(parts, "acr ", acr);
        maxAge.ifPresent(age -> parts.add("max-age " + age.toSeconds() + "s"));
        maxStaleness.ifPresent(age -> parts.add("max-staleness " + age.toSeconds() + "s"));
        return parts.isEmpty() ? access.name().toLowerCase(Locale.ROOT) : String.join("; ", parts);
    }

    private static void addTo(List<String> parts, String what, Collection<String> words) {
        if (!words.isEmpty()) {
            parts.add(what + String.join(", ", words));
        }
    }

    /** The scopes to name in a challenge: all that are needed, and those of which one is. A token with these is enough. */
    public List<String> challengeScopes() {
        return Stream.concat(scopes.stream(), anyScope.stream()).distinct().toList();
    }
}
