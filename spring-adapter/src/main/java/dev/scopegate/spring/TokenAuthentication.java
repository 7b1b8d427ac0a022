package dev.scopegate.spring;

import dev.scopegate.model.ValidatedToken;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The caller that Scopegate let through, in the words of Spring Security: the principal is the {@link ValidatedToken}, each scope
 * an authority, the name that of the subject. It has no credentials: nobody gets the token itself.
 */
public final class TokenAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient ValidatedToken token;

    TokenAuthentication(ValidatedToken token, String authorityPrefix) {
        super(authorities(token, authorityPrefix));
        this.token = token;
        setAuthenticated(true);
    }

    private static List<GrantedAuthority> authorities(ValidatedToken token, String prefix) {
        return token.scopes().stream()
                .<GrantedAuthority>map(scope -> new SimpleGrantedAuthority(prefix + scope))
                .toList();
    }

    @Override
    public ValidatedToken getPrincipal() {
        return token;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return token.getName();
    }
}
