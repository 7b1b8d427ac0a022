package dev.scopegate.bench.peer;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** What others offer for the same, each set up as its own documentation says, and to check as nearly the same as it can. */
final class Peers {

    private static final String TYPE = "at+jwt";
    private static final Duration SKEW = Duration.ofSeconds(30);

    private Peers() {}

    /** Nimbus by itself: a JWT processor over the whole JWK Set, which lies in memory. */
    static Contender nimbus(SampleTokens tokens, Algorithm algorithm, Optional<Provider> provider) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TYPE)));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(algorithm.jws(), new ImmutableJWKSet<>(tokens.jwks())));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                SampleTokens.AUDIENCE,
                new JWTClaimsSet.Builder().issuer(SampleTokens.ISSUER).build(),
                Set.of("exp")));
        DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();
        provider.ifPresent(verifiers.getJCAContext()::setProvider);
        processor.setJWSVerifierFactory(verifiers);
        return token -> {
            try {
                return !processor.process(token, null).getClaims().isEmpty();
            } catch (BadJOSEException | JOSEException | ParseException refused) {
                return false;
            }
        };
    }

    /** jose4j: a consumer over the whole JWK Set, which lies in memory. */
    static Contender jose4j(SampleTokens tokens, Algorithm algorithm) {
        JwksVerificationKeyResolver keys;
        try {
            keys = new JwksVerificationKeyResolver(
                    new JsonWebKeySet(tokens.jwks().toString(true)).getJsonWebKeys());
        } catch (JoseException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(keys)
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, algorithm.jwsName())
                .setExpectedType(true, TYPE)
                .setExpectedIssuer(SampleTokens.ISSUER)
                .setExpectedAudience(SampleTokens.AUDIENCE)
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds((int) SKEW.toSeconds())
                .build();
        return token -> {
            try {
                return !consumer.processToClaims(token).getClaimsMap().isEmpty();
            } catch (InvalidJwtException refused) {
                return false;
            }
        };
    }

    /** auth0 java-jwt: one key that is given once and for all. It looks for no {@code kid} and knows no JWK Set. */
    static Contender auth0(SampleTokens tokens, Algorithm algorithm) {
        JWTVerifier verifier = JWT.require(auth0Key(tokens.key(algorithm)))
                .withIssuer(SampleTokens.ISSUER)
                .withAudience(SampleTokens.AUDIENCE)
                .withClaimPresence("exp")
                .acceptLeeway(SKEW.toSeconds())
                .build();
        return token -> {
            try {
                return !verifier.verify(token).getClaims().isEmpty();
            } catch (JWTVerificationException refused) {
                return false;
            }
        };
    }

    private static com.auth0.jwt.algorithms.Algorithm auth0Key(JWK key) {
        try {
            PublicKey published = SignatureFloor.publicKey(key);
            return published instanceof ECPublicKey point
                    ? com.auth0.jwt.algorithms.Algorithm.ECDSA256(point)
                    : com.auth0.jwt.algorithms.Algorithm.RSA256((RSAPublicKey) published);
        } catch (GeneralSecurityException | JOSEException unfit) {
            throw new IllegalStateException(unfit);
        }
    }

    /** The decoder of Spring Security's resource server, over the whole JWK Set, which lies in memory. */
    static Contender spring(SampleTokens tokens, Algorithm algorithm) {
        JwtDecoder decoder = springDecoder(tokens, algorithm);
        return token -> {
            try {
                return !decoder.decode(token).getClaims().isEmpty();
            } catch (JwtException refused) {
                return false;
            }
        };
    }

    static JwtDecoder springDecoder(SampleTokens tokens, Algorithm algorithm) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(new ImmutableJWKSet<SecurityContext>(tokens.jwks()))
                .jwsAlgorithm(SignatureAlgorithm.valueOf(algorithm.jwsName()))
                // The type is checked by the validator below, which takes at+jwt.
                .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier((type, context) -> {}))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTypeValidator(TYPE),
                new JwtTimestampValidator(SKEW),
                new JwtIssuerValidator(SampleTokens.ISSUER),
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD, audiences -> audiences != null && audiences.contains(SampleTokens.AUDIENCE)),
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, end -> end != null)));
        return decoder;
    }
}
