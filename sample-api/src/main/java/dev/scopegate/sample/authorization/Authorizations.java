package dev.scopegate.sample.authorization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.OAuth2UserCode;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * The authorizations that were granted, in memory, bounded in number and in time, found by the digest of a token.
 *
 * <p>A refresh token works once (RFC 9700 §4.14.2). When a used one comes back, either the client or a thief holds a
 * stolen copy, and nobody can tell which: the authorization is removed, and every token of the family with it. The same
 * happens when two requests race with one refresh token: the second to be saved finds the token already replaced. Safe
 * for concurrent use.
 */
final class Authorizations implements OAuth2AuthorizationService {

    private static final Logger LOG = LoggerFactory.getLogger(Authorizations.class);

    /** On a copy handed out for a refresh: the digest of the refresh token that was presented. */
    private static final String PRESENTED = Authorizations.class.getName() + ".PRESENTED";

    private static final int MAX_AUTHORIZATIONS = 10_000;
    private static final int MAX_TOKENS = 100_000;
    private static final Duration LIFETIME = Duration.ofHours(9);

    private final Cache<String, OAuth2Authorization> byId = Caffeine.newBuilder()
            .maximumSize(MAX_AUTHORIZATIONS)
            .expireAfterWrite(LIFETIME)
            .build();
    private final Cache<String, Issued> byToken = Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfterWrite(LIFETIME)
            .build();

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        String presented = authorization.getAttribute(PRESENTED);
        if (presented != null) {
            requireStillCurrent(authorization.getId(), presented);
        }
        OAuth2Authorization kept = OAuth2Authorization.from(authorization)
                .attributes(attributes -> attributes.remove(PRESENTED))
                .build();
        byId.put(kept.getId(), kept);
        index(kept);
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        byId.invalidate(authorization.getId());
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return byId.getIfPresent(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        Issued issued = byToken.getIfPresent(digest(token));
        if (issued == null || (type != null && !type.getValue().equals(issued.type()))) {
            return null;
        }
        OAuth2Authorization authorization = byId.getIfPresent(issued.authorizationId());
        if (authorization == null) {
            return null;
        }
        if (type != null && type.equals(OAuth2TokenType.REFRESH_TOKEN)) {
            return presented(authorization, token);
        }
        boolean current = issued.type().equals(OAuth2ParameterNames.STATE)
                ? token.equals(authorization.getAttribute(OAuth2ParameterNames.STATE))
                : authorization.getToken(token) != null;
        return current ? authorization : null;
    }

    private @Nullable OAuth2Authorization presented(OAuth2Authorization authorization, String token) {
        if (authorization.getToken(token) == null) {
            revokeFamily(authorization.getId());
            return null;
        }
        return OAuth2Authorization.from(authorization)
                .attribute(PRESENTED, digest(token))
                .build();
    }

    private void requireStillCurrent(String id, String presented) {
        OAuth2Authorization stored = byId.getIfPresent(id);
        OAuth2Authorization.Token<OAuth2RefreshToken> current = stored == null ? null : stored.getRefreshToken();
        if (current == null || !digest(current.getToken().getTokenValue()).equals(presented)) {
            revokeFamily(id);
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    private void revokeFamily(String id) {
        byId.invalidate(id);
        LOG.warn("A used refresh token was presented again; its whole family is revoked");
    }

    private void index(OAuth2Authorization authorization) {
        String state = authorization.getAttribute(OAuth2ParameterNames.STATE);
        if (state != null) {
            index(authorization, state, OAuth2ParameterNames.STATE);
        }
        for (Kind kind : Kind.ALL) {
            OAuth2Authorization.Token<? extends OAuth2Token> token = authorization.getToken(kind.type());
            if (token != null) {
                index(authorization, token.getToken().getTokenValue(), kind.name());
            }
        }
    }

    private void index(OAuth2Authorization authorization, String value, String type) {
        byToken.put(digest(value), new Issued(authorization.getId(), type));
    }

    private static String digest(String token) {
        try {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whose a token is and of what type; kept after the token was replaced, to know it again. */
    private record Issued(String authorizationId, String type) {}

    /** A kind of token and its name in {@link OAuth2TokenType}. */
    private record Kind(Class<? extends OAuth2Token> type, String name) {

        static final List<Kind> ALL = List.of(
                new Kind(OAuth2AuthorizationCode.class, OAuth2ParameterNames.CODE),
                new Kind(OAuth2DeviceCode.class, OAuth2ParameterNames.DEVICE_CODE),
                new Kind(OAuth2UserCode.class, OAuth2ParameterNames.USER_CODE),
                new Kind(OAuth2AccessToken.class, OAuth2ParameterNames.ACCESS_TOKEN),
                new Kind(OAuth2RefreshToken.class, OAuth2ParameterNames.REFRESH_TOKEN),
                new Kind(OidcIdToken.class, OidcParameterNames.ID_TOKEN));
    }
}
