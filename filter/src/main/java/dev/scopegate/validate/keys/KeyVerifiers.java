package dev.scopegate.validate.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.crypto.impl.RSASSA;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.introspection.jose.Ed25519;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verifies signatures by one provider of algorithms. What a key has to be turned into for that is made once, and kept for as
 * long as the key is. Safe for concurrent use.
 */
final class KeyVerifiers {

    /** More than any issuer publishes; what is not kept is made anew. */
    private static final int MAX_KEYS = 1_000;

    private static final int ED25519_SIGNATURE_BYTES = 64;

    /** One key, made ready for one algorithm. */
    @FunctionalInterface
    private interface KeyVerifier {

        /** Of a key that verifies nothing. */
        KeyVerifier UNFIT = (message, signature) -> false;

        boolean verifies(byte[] message, byte[] signature) throws JOSEException;
    }

    private final Optional<Provider> provider;

    /** By identity: a key that is read anew is another one. The algorithms are the few that a configuration may name. */
    private final Cache<JWK, Map<JWSAlgorithm, KeyVerifier>> ready = Caffeine.newBuilder()
            .weakKeys()
            .maximumSize(MAX_KEYS)
            .executor(Runnable::run)
            .build();

    /** Verifiers by {@code provider}, or if there is none by what the runtime prefers. */
    KeyVerifiers(Optional<Provider> provider) {
        this.provider = provider;
    }

    /** Whether the signature is one of {@code key}; also false where the key does not fit or the provider fails. */
    boolean verifies(JWK key, JWSAlgorithm algorithm, byte[] message, byte[] signature) {
        try {
            Map<JWSAlgorithm, KeyVerifier> algorithms = ready.get(key, fresh -> new ConcurrentHashMap<>());
            KeyVerifier verifier = algorithms.get(algorithm);
            if (verifier == null) {
                verifier = algorithms.computeIfAbsent(algorithm, name -> prepared(key, name));
            }
            return verifier.verifies(message, signature);
        } catch (JOSEException unfit) {
            return false;
        }
    }

    private KeyVerifier prepared(JWK key, JWSAlgorithm algorithm) {
        try {
            if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
                return hmac(key, algorithm);
            }
            PublicKey publicKey = translated(publicKey(key, algorithm));
            // Fails here, once, where key and algorithm do not fit.
            Signature first = ready(algorithm, publicKey);
            SignaturePool pool = new SignaturePool(() -> ready(algorithm, publicKey));
            if (JWSAlgorithm.Family.EC.contains(algorithm)) {
                return ecdsa(algorithm, pool);
            }
            boolean edwards = first.getAlgorithm().equals("Ed25519");
            return (message, signature) ->
                    (!edwards || signature.length == ED25519_SIGNATURE_BYTES) && pool.verifies(message, signature);
        } catch (JOSEException | GeneralSecurityException | RuntimeException unfit) {
            // Providers say in many ways that they cannot use a key.
            return KeyVerifier.UNFIT;
        }
    }

    private static KeyVerifier hmac(JWK key, JWSAlgorithm algorithm) throws JOSEException {
        if (!(key instanceof OctetSequenceKey secret)) {
            // A public key as the secret of an HMAC: the attack that every JOSE library had once (CVE-2016-10555).
            return KeyVerifier.UNFIT;
        }
        JWSVerifier verifier = new MACVerifier(secret);
        JWSHeader header = new JWSHeader(algorithm);
        return (message, signature) -> verifier.verify(header, message, Base64URL.encode(signature));
    }

    private static KeyVerifier ecdsa(JWSAlgorithm algorithm, SignaturePool pool) throws JOSEException {
        int length = ECDSA.getSignatureByteArrayLength(algorithm);
        return (message, signature) -> {
            if (signature.length != length) {
                return false;
            }
            // Zeros, and numbers beyond the order of the curve, have passed with providers (CVE-2022-21449).
            ECDSA.ensureLegalSignature(signature, algorithm);
            return pool.verifies(message, ECDSA.transcodeSignatureToDER(signature));
        };
    }

    private static PublicKey publicKey(JWK key, JWSAlgorithm algorithm) throws JOSEException, GeneralSecurityException {
        boolean ecdsa = JWSAlgorithm.Family.EC.contains(algorithm);
        if (ecdsa
                && !(key instanceof ECKey ec && Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve()))) {
            throw new InvalidKeyException("a key on another curve");
        }
        if (key instanceof OctetKeyPair pair) {
            return Ed25519.publicKey(pair.getDecodedX());
        }
        if (key instanceof AsymmetricJWK pair) {
            return pair.toPublicKey();
        }
        throw new InvalidKeyException("a key that verifies no signature");
    }

    /** The key in the provider's own form, where it has one: it would translate any other at each use. */
    private PublicKey translated(PublicKey key) {
        if (provider.isEmpty()) {
            return key;
        }
        try {
            return KeyFactory.getInstance(key.getAlgorithm(), provider.get())
                    .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException | ProviderException foreign) {
            return key;
        }
    }

    private Signature ready(JWSAlgorithm algorithm, PublicKey key) throws GeneralSecurityException {
        Signature signature = signature(algorithm);
        signature.initVerify(key);
        return signature;
    }

    private Signature signature(JWSAlgorithm algorithm) throws GeneralSecurityException {
        try {
            if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
                return RSASSA.getSignerAndVerifier(algorithm, provider.orElse(null));
            }
            if (JWSAlgorithm.Family.EC.contains(algorithm)) {
                return ECDSA.getSignerAndVerifier(algorithm, provider.orElse(null));
            }
        } catch (JOSEException absent) {
            throw new GeneralSecurityException(absent);
        }
        return provider.isPresent()
                ? Signature.getInstance("Ed25519", provider.get())
                : Signature.getInstance("Ed25519");
    }
}
