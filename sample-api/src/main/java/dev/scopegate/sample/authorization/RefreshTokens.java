package dev.scopegate.sample.authorization;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Makes refresh tokens, for public clients too; Spring's own generator gives them none.
 *
 * <p>That is safe only together with rotation and the detection of reuse (RFC 9700 §4.14.2), see
 * {@link Authorizations}. A rotated token ends when the first of its family would have ended, so that a login does not
 * last for ever. Safe for concurrent use.
 */
final class RefreshTokens implements OAuth2TokenGenerator<OAuth2RefreshToken> {

    private static final int RANDOM_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    RefreshTokens(Clock clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
            return null;
        }
        Instant now = clock.instant();
        Instant end = familyEnd(context.getAuthorization())
                .orElseGet(() -> now.plus(
                        context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive()));
        return new OAuth2RefreshToken(value(), now, end);
    }

    private static Optional<Instant> familyEnd(@Nullable OAuth2Authorization authorization) {
        return Optional.ofNullable(authorization)
                .map(OAuth2Authorization::getRefreshToken)
                .map(OAuth2Authorization.Token::getToken)
                .map(OAuth2Token::getExpiresAt);
    }

    private String value() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
