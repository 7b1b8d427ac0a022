package dev.scopegate.spring;

import dev.scopegate.model.Access;
import dev.scopegate.model.RouteRequirement;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/**
 * Writes into the OpenAPI document of an application what each operation requires: the rule that is in force for it, and what its
 * handler requires besides. Replaces what was written by hand, which may have come to say something else.
 *
 * <p>Does not write claims, issuers and the ways of authentication, which OpenAPI has no words for. Safe for concurrent use.
 */
final class DocumentedSecurity implements GlobalOperationCustomizer, GlobalOpenApiCustomizer {

    /** Says of an operation that no token opens it, for which OpenAPI has no words. */
    static final String ACCESS = "x-scopegate-access";

    /** What handlers require, from the one step to the other; never in the document. */
    private static final String HANDLERS = "x-scopegate-handlers";

    private static final String SCHEME = "oauth2";
    private static final String OTHER_SCHEME = "scopegate";

    private final MappedRules rules;
    private final HandlerRequirements requirements;

    DocumentedSecurity(MappedRules rules, HandlerRequirements requirements) {
        this.rules = rules;
        this.requirements = requirements;
    }

    /** What the handlers of one operation require, one entry for each. */
    private record Handlers(List<Optional<RouteRequirement>> required) {}

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        List<Optional<RouteRequirement>> required = new ArrayList<>(handlers(operation));
        required.add(requirements.of(handler));
        operation.addExtension(HANDLERS, new Handlers(required));
        return operation;
    }

    private static List<Optional<RouteRequirement>> handlers(Operation operation) {
        Map<String, Object> extensions = operation.getExtensions();
        return extensions != null && extensions.get(HANDLERS) instanceof Handlers known ? known.required : List.of();
    }

    @Override
    public void customise(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        String scheme = scheme(document);
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> write(method, path, operation, scheme)));
    }

    private void write(PathItem.HttpMethod method, String path, Operation operation, String scheme) {
        List<Optional<RouteRequirement>> handlers = handlers(operation);
        if (operation.getExtensions() != null) {
            operation.getExtensions().remove(HANDLERS);
        }
        RouteRequirement rule = rules.of(method.name(), path);
        if (rule.access() == Access.DENY) {
            operation.addExtension(ACCESS, "deny");
        }
        operation.setSecurity(security(rule, handlers.isEmpty() ? List.of(Optional.empty()) : handlers, scheme));
    }

    /** The alternatives; none where everybody may come. Which of several handlers runs is decided by more than the path. */
    private static List<SecurityRequirement> security(
            RouteRequirement rule, List<Optional<RouteRequirement>> handlers, String scheme) {
        Set<Set<String>> ways = new LinkedHashSet<>();
        boolean anonymous = false;
        for (Optional<RouteRequirement> handler : handlers) {
            boolean open = rule.access() == Access.PUBLIC || rule.access() == Access.OPTIONAL;
            if (handler.isPresent() || rule.access() != Access.PUBLIC) {
                ways.addAll(ways(rule, handler));
            }
            anonymous |= open && handler.isEmpty();
        }
        List<SecurityRequirement> alternatives = new ArrayList<>();
        ways.forEach(scopes -> alternatives.add(new SecurityRequirement().addList(scheme, List.copyOf(scopes))));
        if (anonymous && !ways.isEmpty()) {
            alternatives.add(new SecurityRequirement());
        }
        return alternatives;
    }

    /** The sets of scopes of which a token needs one set whole, for the rule and the handler together. */
    private static Set<Set<String>> ways(RouteRequirement rule, Optional<RouteRequirement> handler) {
        Set<String> all = new LinkedHashSet<>(rule.scopes());
        handler.ifPresent(required -> all.addAll(required.scopes()));
        Set<Set<String>> ways = each(Set.of(all), rule.anyScope());
        return handler.map(required -> each(ways, required.anyScope())).orElse(ways);
    }

    private static Set<Set<String>> each(Set<Set<String>> ways, List<String> anyScope) {
        if (anyScope.isEmpty()) {
            return ways;
        }
        Set<Set<String>> further = new LinkedHashSet<>();
        for (Set<String> way : ways) {
            for (String one : anyScope) {
                Set<String> longer = new LinkedHashSet<>(way);
                longer.add(one);
                further.add(longer);
            }
        }
        return further;
    }

    /** The application's own scheme, with the flows that only it knows; else one that has scopes and says nothing of flows. */
    private static String scheme(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(new Components());
        }
        Components components = document.getComponents();
        Map<String, SecurityScheme> schemes =
                new TreeMap<>(Objects.requireNonNullElse(components.getSecuritySchemes(), Map.of()));
        return schemes.entrySet().stream()
                .filter(scheme -> scheme.getValue().getType() == SecurityScheme.Type.OAUTH2
                        || scheme.getValue().getType() == SecurityScheme.Type.OPENIDCONNECT)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> {
                    String name = schemes.containsKey(SCHEME) ? OTHER_SCHEME : SCHEME;
                    components.addSecuritySchemes(
                            name,
                            new SecurityScheme()
                                    .type(SecurityScheme.Type.OAUTH2)
                                    .flows(new OAuthFlows()));
                    return name;
                });
    }
}
