package dev.scopegate.servlet;

import dev.scopegate.model.ValidatedToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that knows its caller. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

    private final ValidatedToken token;

    private AuthenticatedRequest(HttpServletRequest request, ValidatedToken token) {
        super(request);
        this.token = token;
    }

    /** The request with {@code token} as its caller, or as it is where there is none. */
    static HttpServletRequest of(HttpServletRequest request, Optional<ValidatedToken> token) {
        return token.isPresent() ? new AuthenticatedRequest(request, token.get()) : request;
    }

    ValidatedToken token() {
        return token;
    }

    @Override
    public Principal getUserPrincipal() {
        return token;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return token.subject().orElse(null);
    }

    @Override
    public boolean isUserInRole(String role) {
        return token.hasScope(role);
    }

    @Override
    public String getAuthType() {
        return "Bearer";
    }
}
