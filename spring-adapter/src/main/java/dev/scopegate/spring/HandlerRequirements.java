package dev.scopegate.spring;

import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ScopeToken;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** What handlers require by {@link RequireScopes}, read once for each. Safe for concurrent use. */
final class HandlerRequirements {

    private final Supplier<Mode> mode;
    private final Map<Method, Optional<RouteRequirement>> known = new ConcurrentHashMap<>();

    HandlerRequirements(Supplier<Mode> mode) {
        this.mode = mode;
    }

    /**
     * What the handler requires; empty if it says nothing.
     *
     * @throws IllegalStateException if it requires no scope, or something that is none
     */
    Optional<RouteRequirement> of(HandlerMethod handler) {
        return known.computeIfAbsent(handler.getMethod(), method -> read(handler));
    }

    private Optional<RouteRequirement> read(HandlerMethod handler) {
        RequireScopes own = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequireScopes.class);
        RequireScopes whole = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), RequireScopes.class);
        return Optional.ofNullable(own == null ? whole : own).map(annotation -> requirement(annotation, handler));
    }

    private RouteRequirement requirement(RequireScopes annotation, HandlerMethod handler) {
        List<String> scopes = List.of(annotation.value());
        List<String> anyScope = List.of(annotation.any());
        if (scopes.isEmpty() && anyScope.isEmpty()) {
            throw new IllegalStateException("@RequireScopes on " + handler.getShortLogMessage()
                    + " names no scope; an empty list must not come to mean that none is needed");
        }
        if (!ScopeToken.areAll(scopes) || !ScopeToken.areAll(anyScope)) {
            throw new IllegalStateException("@RequireScopes on " + handler.getShortLogMessage()
                    + " must hold single words of printable ASCII; write several as a list: {\"a\", \"b\"}");
        }
        return new RouteRequirement(
                "@RequireScopes " + handler.getBeanType().getSimpleName() + "."
                        + handler.getMethod().getName(),
                Access.AUTHENTICATED,
                scopes,
                anyScope,
                Map.of(),
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                mode.get());
    }
}
