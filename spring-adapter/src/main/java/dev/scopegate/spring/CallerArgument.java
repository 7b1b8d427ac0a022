package dev.scopegate.spring;

import dev.scopegate.model.ValidatedToken;
import dev.scopegate.servlet.CallerCheck;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * The caller as an argument of a handler: a {@link ValidatedToken}, which the route has to require, or an {@code
 * Optional<ValidatedToken>}. Safe for concurrent use.
 */
final class CallerArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return !parameter.hasParameterAnnotations() && (isToken(parameter) || isOptionalToken(parameter));
    }

    private static boolean isToken(MethodParameter parameter) {
        return parameter.getParameterType() == ValidatedToken.class;
    }

    private static boolean isOptionalToken(MethodParameter parameter) {
        return parameter.getParameterType() == Optional.class
                && ResolvableType.forMethodParameter(parameter).getGeneric(0).resolve() == ValidatedToken.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
        Optional<ValidatedToken> caller =
                servletRequest == null ? Optional.empty() : CallerCheck.caller(servletRequest);
        // Nobody's token must never be null in a handler that takes somebody for granted.
        return isToken(parameter)
                ? caller.orElseThrow(() -> new IllegalStateException(
                        "no token was required here; take an Optional<ValidatedToken>, or let a rule require one"))
                : caller;
    }
}
