package dev.scopegate.config;

import dev.scopegate.config.OpenApiNodes.Member;
import dev.scopegate.model.Access;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Turns the {@code security} of an operation into a rule that says the same. What a rule cannot say is a mistake: a weaker
 * rule would let in whom the document keeps out.
 *
 * <p>Schemes of type {@code oauth2} and {@code openIdConnect} count, and {@code http} with {@code bearer}, which has no
 * scopes. Which issuer a scheme stands for is not compared: issuers are those of the configuration.
 *
 * <p>Not thread-safe; use one per document.
 */
final class OpenApiSecurity {

    private static final String REMEDY = "; write a rule for this operation in 'routes'";
    private static final Set<String> WITH_REFERENCE = Set.of("$ref", "summary", "description");

    private final Node root;
    private final Map<String, Member> schemes;

    OpenApiSecurity(Node root, Map<String, Member> schemes) {
        this.root = root;
        this.schemes = schemes;
    }

    /** The rule for {@code route} that {@code security}, a list of alternatives, comes to. */
    RouteConfig rule(String route, Node security) {
        List<Node> alternatives = OpenApiNodes.items(security, "'security'");
        if (alternatives.isEmpty()) {
            return RouteConfig.of(route, Access.PUBLIC);
        }
        boolean anonymous = false;
        Set<Set<String>> ways = new LinkedHashSet<>();
        for (Node alternative : alternatives) {
            Map<String, Member> named = OpenApiNodes.members(alternative, "an alternative of 'security'");
            anonymous |= named.isEmpty();
            if (!named.isEmpty()) {
                ways.add(scopes(named));
            }
        }
        return anonymous ? RouteConfig.of(route, Access.OPTIONAL) : rule(route, List.copyOf(ways), security);
    }

    private static RouteConfig rule(String route, List<Set<String>> ways, Node security) {
        List<String> common = new ArrayList<>(ways.get(0));
        ways.forEach(common::retainAll);
        if (ways.size() == 1) {
            return common.isEmpty()
                    ? RouteConfig.of(route, Access.AUTHENTICATED)
                    : RouteConfig.builder(route).scopes(common).build();
        }
        List<String> oneOf = new ArrayList<>();
        for (Set<String> way : ways) {
            List<String> own = new ArrayList<>(way);
            own.removeAll(common);
            if (own.size() != 1) {
                throw new OpenApiMistake(
                        security,
                        "one rule cannot say these alternatives, since they differ in more than one scope each"
                                + REMEDY);
            }
            oneOf.add(own.get(0));
        }
        return RouteConfig.builder(route).scopes(common).anyScope(oneOf).build();
    }

    /** The scopes of one alternative: all of its schemes have to be met, by one token. */
    private Set<String> scopes(Map<String, Member> named) {
        Set<String> scopes = new LinkedHashSet<>();
        named.forEach((scheme, member) -> {
            List<Node> items = OpenApiNodes.items(member.value(), "a scheme of 'security'");
            if (!hasScopes(scheme, member.key()) && !items.isEmpty()) {
                throw new OpenApiMistake(
                        member.value(),
                        "'" + OpenApiNodes.printable(scheme) + "' is of type http, so what it lists are no scopes"
                                + REMEDY);
            }
            items.forEach(item -> scopes.add(OpenApiNodes.text(item, "a scope")));
        });
        return scopes;
    }

    /** The name of the first scheme that access tokens meet, one with scopes if there is one. */
    Optional<String> scheme(boolean withScopes) {
        Optional<String> scoped = Optional.empty();
        Optional<String> plain = Optional.empty();
        for (Map.Entry<String, Member> scheme : schemes.entrySet()) {
            try {
                Optional<String> name = Optional.of(scheme.getKey());
                if (hasScopes(scheme.getKey(), scheme.getValue().key())) {
                    scoped = scoped.or(() -> name);
                } else {
                    plain = plain.or(() -> name);
                }
            } catch (OpenApiMistake ofAnotherKind) {
                // Such as an API key: nothing that a rule asks for.
            }
        }
        return scoped.isPresent() || withScopes ? scoped : plain;
    }

    /** Whether a scheme has scopes; it has to be one that access tokens meet. */
    private boolean hasScopes(String name, Node at) {
        Member scheme = schemes.get(name);
        if (scheme == null) {
            String guess = Suggestions.nearest(name, schemes.keySet())
                    .map(near -> "; did you mean '" + OpenApiNodes.printable(near) + "'?")
                    .orElse("");
            throw new OpenApiMistake(at, "no security scheme is called '" + OpenApiNodes.printable(name) + "'" + guess);
        }
        Node definition = OpenApiNodes.resolved(scheme.value(), root, WITH_REFERENCE, "a security scheme");
        Map<String, Member> members = OpenApiNodes.members(definition, "a security scheme");
        String type = OpenApiNodes.find(members, "type")
                .map(node -> OpenApiNodes.text(node, "'type'"))
                .orElse("");
        if (type.equals("oauth2") || type.equals("openIdConnect")) {
            return true;
        }
        boolean bearer = type.equals("http")
                && OpenApiNodes.find(members, "scheme")
                        .map(node -> OpenApiNodes.text(node, "'scheme'"))
                        .filter("bearer"::equalsIgnoreCase)
                        .isPresent();
        if (!bearer) {
            throw new OpenApiMistake(
                    at,
                    "'" + OpenApiNodes.printable(name)
                            + "' is not met by an access token; only oauth2, openIdConnect and http bearer are"
                            + REMEDY);
        }
        return false;
    }
}
