package dev.scopegate.spring;

import dev.scopegate.model.ValidatedToken;
import dev.scopegate.servlet.CallerCheck;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * Tells Spring Security who the caller is that Scopegate let through: its own filters find it with the request, and where there
 * are none of them, method security finds it with the thread. Decides nothing. A caller of a session is not looked for: the token
 * is who asks now.
 */
final class SecurityContextFilter implements Filter {

    private final String authorityPrefix;
    private final RequestAttributeSecurityContextRepository repository =
            new RequestAttributeSecurityContextRepository();

    SecurityContextFilter(String authorityPrefix) {
        this.authorityPrefix = authorityPrefix;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        if (servletRequest instanceof HttpServletRequest request
                && servletResponse instanceof HttpServletResponse response) {
            Optional<ValidatedToken> caller = CallerCheck.caller(request);
            if (caller.isPresent()) {
                proceedAs(caller.get(), request, response, chain);
                return;
            }
        }
        chain.doFilter(servletRequest, servletResponse);
    }

    private void proceedAs(
            ValidatedToken caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
        SecurityContext before = holder.getContext();
        SecurityContext context = holder.createEmptyContext();
        context.setAuthentication(new TokenAuthentication(caller, authorityPrefix));
        repository.saveContext(context, request, response);
        holder.setContext(context);
        try {
            chain.doFilter(request, response);
        } finally {
            // A thread goes back to its pool as nobody; within a dispatch of the application, as whom it was.
            if (before.getAuthentication() == null) {
                holder.clearContext();
            } else {
                holder.setContext(before);
            }
        }
    }
}
