package dev.scopegate.validate.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.util.Optional;

/**
 * Verifies signatures by one provider of algorithms. What a key has to be turned into for that is made once, and kept for as
 * long as the key is. Safe for concurrent use.
 */
final class KeyVerifiers {

    /** More than any issuer publishes; what is not kept is made anew. */
    private static final int MAX_KEYS = 1_000;

    /** One key, made ready. */
    @FunctionalInterface
    private interface KeyVerifier {
        boolean verifies(JWSAlgorithm algorithm, byte[] message, Base64URL signature)
                throws JOSEException, GeneralSecurityException;
    }

    private final Optional<Provider> provider;

    /** By identity: a key that is read anew is another one. */
    private final Cache<JWK, KeyVerifier> ready = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(MAX_KEYS)
            .executor(Runnable::run)
            .build();

    /** Verifiers by {@code provider}, or if there is none by what the runtime prefers. */
    KeyVerifiers(Optional<Provider> provider) {
        this.provider = provider;
    }

    /** Whether the signature is one of {@code key}; also false where the key does not fit or the provider fails. */
    boolean verifies(JWK key, JWSAlgorithm algorithm, byte[] message, Base64URL signature) {
        try {
            return ready.get(key, this::prepared).verifies(algorithm, message, signature);
        } catch (JOSEException | GeneralSecurityException | ProviderException unfit) {
            return false;
        }
    }

    private KeyVerifier prepared(JWK key) {
        try {
            if (key instanceof OctetKeyPair pair) {
                PublicKey point = Ed25519.publicKey(pair.getDecodedX());
                return (algorithm, message, signature) ->
                        Ed25519.verifies(point, message, signature.decode(), provider);
            }
            JWSVerifier verifier = nimbusVerifier(key);
            provider.ifPresent(verifier.getJCAContext()::setProvider);
            return (algorithm, message, signature) -> verifier.verify(new JWSHeader(algorithm), message, signature);
        } catch (JOSEException | GeneralSecurityException unfit) {
            return (algorithm, message, signature) -> false;
        }
    }

    private static JWSVerifier nimbusVerifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa);
        }
        if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec);
        }
        throw new JOSEException("a key that verifies no signature");
    }
}
