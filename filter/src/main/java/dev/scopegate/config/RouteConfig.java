package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import dev.scopegate.model.Access;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One entry in the list of routes: what the requests need that it names. Several requirements at once must all hold.
 *
 * @param route methods and path, such as {@code GET|HEAD /contacts/{id}} or {@code * /contacts/**}
 * @param scopes scopes that a token needs, all of them; a string or a list
 * @param anyScope scopes of which a token needs at least one; a string or a list
 * @param access who may use the route; default {@code authenticated} where something else is required
 * @param acr authentication context classes, one of which is needed (RFC 9470 §3)
 * @param maxAge how long ago the resource owner may have logged in (RFC 9470 §3)
 */
public record RouteConfig(
        String route,
        List<String> scopes,
        List<String> anyScope,
        Optional<Access> access,
        List<String> acr,
        Optional<Duration> maxAge) {

    public RouteConfig {
        route = requireNonNullElse(route, "");
        scopes = List.copyOf(requireNonNullElse(scopes, List.of()));
        anyScope = List.copyOf(requireNonNullElse(anyScope, List.of()));
        access = requireNonNullElse(access, Optional.empty());
        acr = List.copyOf(requireNonNullElse(acr, List.of()));
        maxAge = requireNonNullElse(maxAge, Optional.empty());
    }

    /** A rule that requires all of {@code scopes}; none at all is refused when the server is built. */
    public static RouteConfig requiring(String route, String... scopes) {
        return new RouteConfig(route, List.of(scopes), List.of(), Optional.empty(), List.of(), Optional.empty());
    }

    /** A rule that requires at least one of {@code scopes}. */
    public static RouteConfig requiringAny(String route, String... scopes) {
        return new RouteConfig(route, List.of(), List.of(scopes), Optional.empty(), List.of(), Optional.empty());
    }

    /** A rule that looks at nothing but {@code access}. */
    public static RouteConfig of(String route, Access access) {
        return new RouteConfig(route, List.of(), List.of(), Optional.of(access), List.of(), Optional.empty());
    }

    /** Whether anything is asked of a token beyond being valid. */
    public boolean asksOfToken() {
        return !scopes.isEmpty() || !anyScope.isEmpty() || !acr.isEmpty() || maxAge.isPresent();
    }
}
