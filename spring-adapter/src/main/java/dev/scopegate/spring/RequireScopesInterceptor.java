package dev.scopegate.spring;

import dev.scopegate.model.RouteRequirement;
import dev.scopegate.servlet.CallerCheck;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Holds a caller to what the handler requires, before anything of the handler runs. Safe for concurrent use. */
final class RequireScopesInterceptor implements HandlerInterceptor {

    private final HandlerRequirements requirements;
    private final CallerCheck check;

    RequireScopesInterceptor(HandlerRequirements requirements, CallerCheck check) {
        this.requirements = requirements;
        this.check = check;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        // The second half of an asynchronous request was judged with the first.
        if (!(handler instanceof HandlerMethod method) || request.getDispatcherType() == DispatcherType.ASYNC) {
            return true;
        }
        Optional<RouteRequirement> requirement = requirements.of(method);
        return requirement.isEmpty() || check.admits(requirement.get(), request, response);
    }
}
