package dev.scopegate.sample.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

class AuthorizationsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final OAuth2TokenType STATE = new OAuth2TokenType("state");
    private static final RegisteredClient CLIENT = RegisteredClient.withId("client")
            .clientId("client")
            .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
            .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
            .build();

    private final Authorizations authorizations = new Authorizations();

    @Test
    void findByToken_savedTokens_found() {
        authorizations.save(granted("access-1", "refresh-1"));

        assertThat(authorizations.findByToken("access-1", null)).isNotNull();
        assertThat(authorizations.findByToken("access-1", OAuth2TokenType.ACCESS_TOKEN))
                .isNotNull();
        assertThat(authorizations.findByToken("refresh-1", OAuth2TokenType.REFRESH_TOKEN))
                .isNotNull();
    }

    @Test
    void findByToken_anotherType_notFound() {
        authorizations.save(granted("access-1", "refresh-1"));

        assertThat(authorizations.findByToken("access-1", OAuth2TokenType.REFRESH_TOKEN))
                .isNull();
        assertThat(authorizations.findByToken("refresh-1", OAuth2TokenType.ACCESS_TOKEN))
                .isNull();
        assertThat(authorizations.findByToken("access-2", null)).isNull();
    }

    @Test
    void findByToken_afterRemove_notFound() {
        OAuth2Authorization authorization = granted("access-1", "refresh-1");
        authorizations.save(authorization);
        authorizations.remove(authorization);

        assertThat(authorizations.findByToken("access-1", null)).isNull();
        assertThat(authorizations.findById(authorization.getId())).isNull();
    }

    @Test
    void findByToken_stateOfAPendingConsent_foundUntilAnswered() {
        OAuth2Authorization pending = OAuth2Authorization.withRegisteredClient(CLIENT)
                .principalName("alice")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .attribute("state", "state-1")
                .build();
        authorizations.save(pending);
        assertThat(authorizations.findByToken("state-1", STATE)).isNotNull();

        authorizations.save(OAuth2Authorization.from(pending)
                .attributes(attributes -> attributes.remove("state"))
                .build());

        assertThat(authorizations.findByToken("state-1", STATE)).isNull();
    }

    @Test
    void findByToken_replacedAccessToken_notFound() {
        authorizations.save(granted("access-1", "refresh-1"));
        authorizations.save(renewed(presented("refresh-1"), 2));

        assertThat(authorizations.findByToken("access-1", null)).isNull();
        assertThat(authorizations.findByToken("access-2", null)).isNotNull();
    }

    @Test
    @Requirement("RFC9700 §4.14.2")
    void findByToken_usedRefreshToken_familyGone() {
        authorizations.save(granted("access-1", "refresh-1"));
        authorizations.save(renewed(presented("refresh-1"), 2));

        assertThat(authorizations.findByToken("refresh-1", OAuth2TokenType.REFRESH_TOKEN))
                .isNull();

        assertThat(authorizations.findByToken("refresh-2", OAuth2TokenType.REFRESH_TOKEN))
                .isNull();
        assertThat(authorizations.findByToken("access-2", null)).isNull();
    }

    @Test
    void findByToken_usedRefreshTokenOnlyIntrospected_familyStays() {
        authorizations.save(granted("access-1", "refresh-1"));
        authorizations.save(renewed(presented("refresh-1"), 2));

        assertThat(authorizations.findByToken("refresh-1", null)).isNull();

        assertThat(authorizations.findByToken("refresh-2", OAuth2TokenType.REFRESH_TOKEN))
                .isNotNull();
    }

    @Test
    void findByToken_presentedButNeverSaved_worksAgain() {
        authorizations.save(granted("access-1", "refresh-1"));
        presented("refresh-1");

        authorizations.save(renewed(presented("refresh-1"), 2));

        assertThat(authorizations.findByToken("refresh-2", OAuth2TokenType.REFRESH_TOKEN))
                .isNotNull();
    }

    @Test
    @Requirement("RFC9700 §4.14.2")
    void save_twoRefreshesRaceWithOneToken_secondRefusedAndFamilyGone() {
        authorizations.save(granted("access-1", "refresh-1"));
        OAuth2Authorization client = presented("refresh-1");
        OAuth2Authorization thief = presented("refresh-1");
        authorizations.save(renewed(client, 2));

        assertThatThrownBy(() -> authorizations.save(renewed(thief, 3)))
                .isInstanceOfSatisfying(
                        OAuth2AuthenticationException.class,
                        refused -> assertThat(refused.getError().getErrorCode()).isEqualTo("invalid_grant"));

        assertThat(authorizations.findByToken("access-2", null)).isNull();
        assertThat(authorizations.findByToken("access-3", null)).isNull();
    }

    @Test
    void save_refreshAfterTheFamilyWasRevoked_refused() {
        OAuth2Authorization granted = granted("access-1", "refresh-1");
        authorizations.save(granted);
        OAuth2Authorization late = presented("refresh-1");
        authorizations.remove(granted);

        assertThatThrownBy(() -> authorizations.save(renewed(late, 2)))
                .isInstanceOf(OAuth2AuthenticationException.class);
        assertThat(authorizations.findByToken("access-2", null)).isNull();
    }

    private OAuth2Authorization presented(String refreshToken) {
        return Objects.requireNonNull(authorizations.findByToken(refreshToken, OAuth2TokenType.REFRESH_TOKEN));
    }

    private static OAuth2Authorization granted(String accessToken, String refreshToken) {
        return OAuth2Authorization.withRegisteredClient(CLIENT)
                .principalName("alice")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .accessToken(access(accessToken))
                .refreshToken(refresh(refreshToken))
                .build();
    }

    private static OAuth2Authorization renewed(OAuth2Authorization presented, int number) {
        return OAuth2Authorization.from(presented)
                .accessToken(access("access-" + number))
                .refreshToken(refresh("refresh-" + number))
                .build();
    }

    private static OAuth2AccessToken access(String value) {
        return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, value, NOW, NOW.plusSeconds(300));
    }

    private static OAuth2RefreshToken refresh(String value) {
        return new OAuth2RefreshToken(value, NOW, NOW.plusSeconds(3600));
    }
}
