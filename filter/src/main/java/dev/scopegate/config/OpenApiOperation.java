package dev.scopegate.config;

import dev.scopegate.model.Access;
import dev.scopegate.model.RouteRequirement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of an OpenAPI document, and the rule that its {@code security} comes to. Exactly one of rule and problem is
 * there.
 *
 * <p>Immutable.
 *
 * @param method the request method, such as {@code GET}; {@code *} where a whole path could not be read
 * @param path the path as rules write it, with the path of the first server before it, such as {@code /contacts/{id}}
 * @param place where the operation stands, such as {@code openapi.yaml:14:5}
 * @param rule what a request has to meet
 * @param problem why there is no rule, and what to do about it, in one sentence
 */
public record OpenApiOperation(
        String method, String path, String place, Optional<RouteConfig> rule, Optional<String> problem) {

    /** Method and path, such as {@code GET /contacts/{id}}. */
    public String route() {
        return method + " " + path;
    }

    /**
     * Whether the operation says what {@code requirement} asks for, as far as OpenAPI can say it: who may use it and with which
     * scopes. Claims, issuers and the ways of authentication are left out.
     */
    public boolean agreesWith(RouteRequirement requirement) {
        return rule.filter(own -> own.access().orElse(Access.AUTHENTICATED) == requirement.access())
                .filter(own ->
                        ways(own.scopes(), own.anyScope()).equals(ways(requirement.scopes(), requirement.anyScope())))
                .isPresent();
    }

    /** The sets of scopes of which a token needs one set whole. */
    static Set<Set<String>> ways(List<String> scopes, List<String> anyScope) {
        Set<Set<String>> ways = new LinkedHashSet<>();
        for (String one : anyScope) {
            Set<String> way = new LinkedHashSet<>(scopes);
            way.add(one);
            ways.add(way);
        }
        return ways.isEmpty() ? Set.of(new LinkedHashSet<>(scopes)) : ways;
    }
}
