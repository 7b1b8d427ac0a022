package dev.scopegate.sample.authorization;

import java.time.Duration;
import java.util.List;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** The clients of the demo; their secrets are public and for the demo only. */
final class DemoClients {

    /** The public client. */
    static final String WEB = "contacts-web";

    /** The public client on devices without a browser. */
    static final String DEVICE = "contacts-device";

    private static final Duration ACCESS_TOKEN_LIFETIME = Duration.ofMinutes(5);
    private static final Duration REFRESH_TOKEN_LIFETIME = Duration.ofHours(8);

    /** Offered by no endpoint: a client needs a grant to be registered, and the API only introspects. */
    private static final AuthorizationGrantType NO_GRANT = new AuthorizationGrantType("none");

    private final AuthorizationServerSetup setup;
    private final PasswordEncoder secrets;

    DemoClients(AuthorizationServerSetup setup, PasswordEncoder secrets) {
        this.setup = setup;
        this.secrets = secrets;
    }

    InMemoryRegisteredClientRepository inMemory() {
        return new InMemoryRegisteredClientRepository(
                List.of(machine(DemoMachine.JWT), machine(DemoMachine.OPAQUE), web(), device(), api()));
    }

    private RegisteredClient machine(DemoMachine machine) {
        return RegisteredClient.withId(machine.id())
                .clientId(machine.id())
                .clientName("Contacts machine")
                .clientSecret(secrets.encode(machine.secret()))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(ContactScope.READ.value())
                .scope(ContactScope.CREATE.value())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(ACCESS_TOKEN_LIFETIME)
                        .accessTokenFormat(machine.format())
                        .build())
                .build();
    }

    private RegisteredClient web() {
        return RegisteredClient.withId(WEB)
                .clientId(WEB)
                .clientName("Contacts playground")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUri(setup.redirect().toString())
                // The page signs one user out before the next signs in (OpenID Connect RP-Initiated Logout).
                .postLogoutRedirectUri(setup.redirect().toString())
                .scope(OidcScopes.OPENID)
                .scope(OidcScopes.PROFILE)
                .scopes(scopes -> List.of(ContactScope.values()).forEach(scope -> scopes.add(scope.value())))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(true)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(ACCESS_TOKEN_LIFETIME)
                        .refreshTokenTimeToLive(REFRESH_TOKEN_LIFETIME)
                        .reuseRefreshTokens(false)
                        .build())
                .build();
    }

    private RegisteredClient device() {
        return RegisteredClient.withId(DEVICE)
                .clientId(DEVICE)
                .clientName("Contacts on a device")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .scope(OidcScopes.PROFILE)
                .scopes(scopes -> List.of(ContactScope.values()).forEach(scope -> scopes.add(scope.value())))
                .clientSettings(ClientSettings.builder()
                        .requireAuthorizationConsent(true)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(ACCESS_TOKEN_LIFETIME)
                        .refreshTokenTimeToLive(REFRESH_TOKEN_LIFETIME)
                        .reuseRefreshTokens(false)
                        .build())
                .build();
    }

    private RegisteredClient api() {
        return RegisteredClient.withId("contacts-api")
                .clientId("contacts-api")
                .clientName("Contacts API")
                .clientSecret(secrets.encode("api-secret"))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(NO_GRANT)
                .build();
    }
}
