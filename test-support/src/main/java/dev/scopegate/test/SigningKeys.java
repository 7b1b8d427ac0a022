package dev.scopegate.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The private keys of an issuer, one for each algorithm, as RFC 8725 §3.1 asks for: each key serves one algorithm alone.
 *
 * <p>Immutable.
 */
final class SigningKeys {

    private static final List<JWSAlgorithm> ALGORITHMS = List.of(
            JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
    private static final int RSA_BITS = 2048;
    private static final int ED25519_KEY_BYTES = 32;

    private final List<JWK> keys;

    private SigningKeys(List<JWK> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Fresh keys. Their ids are thumbprints, so no two issuers ever publish the same one. */
    static SigningKeys generate() {
        return new SigningKeys(ALGORITHMS.stream().map(SigningKeys::generate).toList());
    }

    /** One fresh private key, that of no issuer yet. */
    static JWK generate(JWSAlgorithm algorithm) {
        if (!ALGORITHMS.contains(algorithm)) {
            throw noKey(algorithm);
        }
        try {
            if (algorithm.equals(JWSAlgorithm.ES256)) {
                return p256(algorithm);
            }
            return JWSAlgorithm.Family.ED.contains(algorithm) ? ed25519(algorithm) : rsa(algorithm);
        } catch (GeneralSecurityException | JOSEException unsupported) {
            throw new IllegalStateException("this JDK cannot generate the keys", unsupported);
        }
    }

    /** The private key for {@code algorithm}, if it is one that the issuer signs with. */
    Optional<JWK> find(JWSAlgorithm algorithm) {
        return keys.stream().filter(key -> algorithm.equals(key.getAlgorithm())).findFirst();
    }

    /** The private key for {@code algorithm}. */
    JWK get(JWSAlgorithm algorithm) {
        return find(algorithm).orElseThrow(() -> noKey(algorithm));
    }

    private static IllegalArgumentException noKey(JWSAlgorithm algorithm) {
        return new IllegalArgumentException("there is no key for " + algorithm + ": bring one with signedBy(key)");
    }

    /** The JWK Set, without the private parts. */
    String published() {
        return new JWKSet(keys).toString(true);
    }

    private static JWK rsa(JWSAlgorithm algorithm) throws GeneralSecurityException, JOSEException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        KeyPair pair = generator.generateKeyPair();
        RSAKey key = new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .build();
        String id = thumbprint(key, algorithm);
        return new RSAKey.Builder(key)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(algorithm)
                .keyID(id)
                .build();
    }

    private static JWK p256(JWSAlgorithm algorithm) throws GeneralSecurityException, JOSEException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        ECKey key = new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .build();
        String id = thumbprint(key, algorithm);
        return new ECKey.Builder(key)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(algorithm)
                .keyID(id)
                .build();
    }

    private static JWK ed25519(JWSAlgorithm algorithm) throws GeneralSecurityException, JOSEException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        byte[] subjectPublicKeyInfo = pair.getPublic().getEncoded();
        // RFC 8410 §4: the public key is the tail of its SubjectPublicKeyInfo, raw and of fixed length.
        byte[] point = Arrays.copyOfRange(
                subjectPublicKeyInfo, subjectPublicKeyInfo.length - ED25519_KEY_BYTES, subjectPublicKeyInfo.length);
        OctetKeyPair key = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point))
                .d(Base64URL.encode(seed))
                .build();
        String id = thumbprint(key, algorithm);
        return new OctetKeyPair.Builder(key)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(algorithm)
                .keyID(id)
                .build();
    }

    private static String thumbprint(JWK key, JWSAlgorithm algorithm) throws JOSEException {
        return algorithm.getName().toLowerCase(Locale.ROOT) + "-" + key.computeThumbprint();
    }
}
