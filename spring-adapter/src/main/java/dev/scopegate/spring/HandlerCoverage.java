package dev.scopegate.spring;

import dev.scopegate.model.Access;
import dev.scopegate.model.RouteRequirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Compares the handlers of an application with its rules: which rule does each handler fall under, and what does it require. Not
 * thread-safe; used once, at start.
 */
final class HandlerCoverage {

    /** How a handler is protected. */
    enum Protection {
        /** A token is needed, or nobody may use it. */
        PROTECTED,
        /** A rule says that it is open. */
        OPEN_BY_RULE,
        /** Nothing says anything of it, and the default lets everybody in. */
        GAP,
        /** It requires scopes, and the rules let nobody come that far. */
        UNREACHABLE
    }

    /**
     * One method of one mapping.
     *
     * @param mapping such as {@code DELETE /contacts/{id}}
     * @param handler class and method
     * @param rule the rule that it falls under, and what that requires
     */
    record Finding(String mapping, String handler, String rule, Protection protection) {

        @Override
        public String toString() {
            return mapping + " → " + handler + ": " + rule
                    + switch (protection) {
                        case PROTECTED, OPEN_BY_RULE -> "";
                        case GAP -> " - NOTHING PROTECTS IT";
                        case UNREACHABLE -> " - its @RequireScopes is never asked, since no rule lets anybody in";
                    };
        }
    }

    private final MappedRules rules;
    private final HandlerRequirements requirements;

    HandlerCoverage(MappedRules rules, HandlerRequirements requirements) {
        this.rules = rules;
        this.requirements = requirements;
    }

    /** All handlers but those of error pages, which no client can ask for, in the order of their paths. */
    List<Finding> of(RequestMappingHandlerMapping mappings) {
        List<Finding> findings = new ArrayList<>();
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (!isErrorPage(handler)) {
                findings.addAll(of(mapping, handler));
            }
        });
        findings.sort(Comparator.comparing(Finding::mapping));
        return findings;
    }

    private static boolean isErrorPage(HandlerMethod handler) {
        return handler.getBeanType().getName().startsWith("org.springframework.boot.");
    }

    private List<Finding> of(RequestMappingInfo mapping, HandlerMethod handler) {
        Set<String> methods = mapping.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.isEmpty()) {
            methods.addAll(Set.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        }
        List<Finding> findings = new ArrayList<>();
        for (String pattern : mapping.getPatternValues()) {
            for (String method : methods) {
                findings.add(finding(method, pattern, handler));
            }
        }
        return findings;
    }

    private Finding finding(String method, String pattern, HandlerMethod handler) {
        RouteRequirement rule = rules.of(method, pattern);
        Optional<RouteRequirement> required = requirements.of(handler);
        boolean named = !rule.route().equals(RouteRequirement.NO_RULE);
        String words = named ? rule.route() + " (" + rule.summary() + ")" : "no rule (" + rule.summary() + ")";
        String own = required.map(asked -> ", @RequireScopes (" + asked.summary() + ")")
                .orElse("");
        return new Finding(
                method + " " + pattern,
                handler.getShortLogMessage(),
                words + own,
                protection(rule.access(), named, required.isPresent()));
    }

    private static Protection protection(Access access, boolean named, boolean annotated) {
        boolean open = access == Access.PUBLIC || access == Access.OPTIONAL;
        if (annotated) {
            return access == Access.DENY ? Protection.UNREACHABLE : Protection.PROTECTED;
        }
        if (!open) {
            return Protection.PROTECTED;
        }
        return named ? Protection.OPEN_BY_RULE : Protection.GAP;
    }
}
