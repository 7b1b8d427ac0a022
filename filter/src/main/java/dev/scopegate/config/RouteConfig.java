package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One entry in the list of routes: what the requests need that it names. Several requirements at once must all hold.
 *
 * @param route methods and path, such as {@code GET|HEAD /contacts/{id}} or {@code * /contacts/**}
 * @param scopes scopes that a token needs, all of them; a string or a list
 * @param anyScope scopes of which a token needs at least one; a string or a list
 * @param claims claims and the text that each has to equal, or to hold where the claim is a list
 * @param issuer the names of the issuers of which a token has to be; a string or a list; default: any of them
 * @param access who may use the route; default {@code authenticated} where something else is required
 * @param acr authentication context classes, one of which is needed (RFC 9470 §3)
 * @param maxAge how long ago the resource owner may have logged in (RFC 9470 §3)
 * @param maxStaleness how old what the issuer said of the token may be, JWTs included; zero asks it now. Needs issuers with
 *     introspection
 * @param mode what is done with a refusal; default: that of the whole
 */
@RecordBuilder
public record RouteConfig(
        String route,
        List<String> scopes,
        List<String> anyScope,
        Map<String, String> claims,
        List<String> issuer,
        Optional<Access> access,
        List<String> acr,
        Optional<Duration> maxAge,
        Optional<Duration> maxStaleness,
        Optional<Mode> mode) {

    public RouteConfig {
        route = requireNonNullElse(route, "");
        scopes = List.copyOf(requireNonNullElse(scopes, List.of()));
        anyScope = List.copyOf(requireNonNullElse(anyScope, List.of()));
        claims = Map.copyOf(requireNonNullElse(claims, Map.of()));
        issuer = List.copyOf(requireNonNullElse(issuer, List.of()));
        access = requireNonNullElse(access, Optional.empty());
        acr = List.copyOf(requireNonNullElse(acr, List.of()));
        maxAge = requireNonNullElse(maxAge, Optional.empty());
        maxStaleness = requireNonNullElse(maxStaleness, Optional.empty());
        mode = requireNonNullElse(mode, Optional.empty());
    }

    /** A rule for {@code route}, to be completed: what it says as yet is refused when the server is built. */
    public static RouteConfigBuilder builder(String route) {
        return RouteConfigBuilder.builder().route(route);
    }

    /** A rule that requires all of {@code scopes}; none at all is refused when the server is built. */
    public static RouteConfig requiring(String route, String... scopes) {
        return builder(route).scopes(List.of(scopes)).build();
    }

    /** A rule that requires at least one of {@code scopes}. */
    public static RouteConfig requiringAny(String route, String... scopes) {
        return builder(route).anyScope(List.of(scopes)).build();
    }

    /** A rule that looks at nothing but {@code access}. */
    public static RouteConfig of(String route, Access access) {
        return builder(route).access(access).build();
    }

    /** All scopes that the rule names, be all of them needed or one. */
    public Stream<String> namedScopes() {
        return Stream.concat(scopes.stream(), anyScope.stream());
    }

    /** Whether anything is asked of a token beyond being valid. */
    public boolean asksOfToken() {
        return !scopes.isEmpty()
                || !anyScope.isEmpty()
                || !claims.isEmpty()
                || !issuer.isEmpty()
                || !acr.isEmpty()
                || maxAge.isPresent()
                || maxStaleness.isPresent();
    }
}
