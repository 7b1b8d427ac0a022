package dev.scopegate.sample.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * Makes access tokens with one flaw each, signed by the authorization server's own key: to show that a good signature is not
 * enough. No request can ask for more than the flaws that are listed here. Safe for concurrent use.
 */
public final class Workshop {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /** What is wrong with a token. */
    public enum Flaw {
        /** Nothing: the twin of the others. */
        NONE,
        /** It expired an hour ago. */
        EXPIRED,
        /** It is for another API. */
        OTHER_AUDIENCE,
        /** It was granted nothing. */
        NO_SCOPE
    }

    private final AuthorizationServerSetup setup;
    private final Clock clock;

    /** One with the keys of the set-up. */
    public Workshop(AuthorizationServerSetup setup, Clock clock) {
        this.setup = setup;
        this.clock = clock;
    }

    /** An access token as the server would issue it (RFC 9068 §2), but for the flaw. */
    public String accessToken(Flaw flaw) {
        Instant now = clock.instant();
        Instant issued = flaw == Flaw.EXPIRED ? now.minus(Duration.ofHours(1)).minus(LIFETIME) : now;
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(setup.issuer().toString())
                .subject(DemoMachine.JWT.id())
                .claim("client_id", DemoMachine.JWT.id())
                .audience(
                        (flaw == Flaw.OTHER_AUDIENCE ? setup.api().resolve("/calendar") : setup.resource()).toString())
                .issueTime(Date.from(issued))
                .notBeforeTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(LIFETIME)))
                .jwtID(UUID.randomUUID().toString());
        if (flaw != Flaw.NO_SCOPE) {
            claims.claim("scope", ContactScope.READ.value());
        }
        return sign(claims.build());
    }

    private String sign(JWTClaimsSet claims) {
        RSAKey key = setup.keys().current();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the key cannot sign", e);
        }
        return token.serialize();
    }
}
