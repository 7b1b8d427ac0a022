package dev.scopegate.sample.authorization;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AuthorizationCodeRequestAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads an authorization request and takes out every scope that the signed-in user may not grant (RFC 6749 §3.3 lets
 * the server ignore requested scopes).
 *
 * <p>This is where a user's rights are enforced. What is left is the request that the consent is measured against: a
 * scope posted to the consent endpoint that is not in it is refused there, whatever the page showed. Before the user
 * has signed in nothing is taken out, and nothing is granted either: the request is read again after the login.
 * Stateless.
 */
final class GrantableScopes implements AuthenticationConverter {

    private final AuthenticationConverter reader = new OAuth2AuthorizationCodeRequestAuthenticationConverter();
    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (reader.convert(request) instanceof OAuth2AuthorizationCodeRequestAuthenticationToken asked) {
            return asked.getPrincipal() instanceof Authentication user && trust.isAuthenticated(user)
                    ? narrow(asked, user)
                    : asked;
        }
        return null;
    }

    private static OAuth2AuthorizationCodeRequestAuthenticationToken narrow(
            OAuth2AuthorizationCodeRequestAuthenticationToken asked, Authentication user) {
        return new OAuth2AuthorizationCodeRequestAuthenticationToken(
                asked.getAuthorizationUri(),
                asked.getClientId(),
                user,
                asked.getRedirectUri(),
                asked.getState(),
                DemoUsers.grantable(asked.getScopes(), user),
                asked.getAdditionalParameters());
    }
}
