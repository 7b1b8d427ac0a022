package dev.scopegate.sample.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenClaimsContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

/**
 * What the tokens say: access tokens name the API as their audience and, as JWTs, follow RFC 9068 §2; the ID token
 * carries the user's name if the client may know it. Stateless.
 */
final class TokenContents {

    private static final String AUDIENCE = "aud";
    private static final String CONFIRMATION = "cnf";

    private final AuthorizationServerSetup setup;

    TokenContents(AuthorizationServerSetup setup) {
        this.setup = setup;
    }

    /** For signed tokens: access tokens and ID tokens. */
    void jwt(JwtEncodingContext context) {
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            context.getJwsHeader().type("at+jwt");
            context.getClaims().claims(claims -> {
                accessToken(context, claims);
                // RFC 9068 §2.2.3: one string with the scopes in it, not a list.
                scopes(context).ifPresent(text -> claims.put(OAuth2ParameterNames.SCOPE, text));
            });
        } else if (OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
            idToken(context);
        }
    }

    /** For opaque access tokens: what the introspection endpoint will answer. */
    void opaque(OAuth2TokenClaimsContext context) {
        context.getClaims().claims(claims -> accessToken(context, claims));
    }

    private static void idToken(JwtEncodingContext context) {
        Authentication user = context.getPrincipal();
        if (user != null && context.getAuthorizedScopes().contains(OidcScopes.PROFILE)) {
            context.getClaims().claim(StandardClaimNames.PREFERRED_USERNAME, user.getName());
        }
    }

    private void accessToken(OAuth2TokenContext context, Map<String, Object> claims) {
        claims.put(AUDIENCE, List.of(setup.resource().toString()));
        claims.put(OAuth2ParameterNames.CLIENT_ID, context.getRegisteredClient().getClientId());
        if (context.get(OAuth2TokenContext.DPOP_PROOF_KEY) instanceof Jwt proof) {
            claims.put(CONFIRMATION, Map.of("jkt", thumbprint(proof)));
        }
    }

    private static Optional<String> scopes(OAuth2TokenContext context) {
        Set<String> scopes = new TreeSet<>(context.getAuthorizedScopes());
        return scopes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", scopes));
    }

    /** The key of a verified DPoP proof, as RFC 9449 §6.1 writes it into the token. */
    private static String thumbprint(Jwt proof) {
        try {
            Object key = proof.getHeaders().get("jwk");
            return JWK.parse(JSONObjectUtils.toJSONString(Map.of("jwk", key)))
                    .computeThumbprint()
                    .toString();
        } catch (ParseException | JOSEException e) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_DPOP_PROOF);
        }
    }
}
