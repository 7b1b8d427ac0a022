package dev.scopegate.sample.authorization;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * The users of the demo, each with a password equal to the name.
 *
 * <p>A user's authorities are the scopes that the user may grant to a client.
 */
final class DemoUsers {

    /** Scopes about the users themselves, which everybody may grant. */
    private static final Set<String> OWN = Set.of(OidcScopes.OPENID, OidcScopes.PROFILE);

    static final List<DemoUser> ALL =
            List.of(user("alice", ContactScope.values()), user("bob", ContactScope.READ), user("carol"));

    private DemoUsers() {}

    static InMemoryUserDetailsManager inMemory(PasswordEncoder secrets) {
        return new InMemoryUserDetailsManager(
                ALL.stream().map(user -> details(user, secrets)).toList());
    }

    /** Those of the given scopes that the signed-in user may grant. */
    static Set<String> grantable(Collection<String> scopes, Authentication user) {
        Set<String> authorities = user.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return scopes.stream()
                .filter(scope -> OWN.contains(scope) || authorities.contains(scope))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static DemoUser user(String name, ContactScope... scopes) {
        return new DemoUser(
                name, name, Arrays.stream(scopes).map(ContactScope::value).toList());
    }

    private static UserDetails details(DemoUser user, PasswordEncoder secrets) {
        return User.withUsername(user.name())
                .password(secrets.encode(user.password()))
                .authorities(user.may().toArray(String[]::new))
                .build();
    }
}
