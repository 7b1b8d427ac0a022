package dev.scopegate.bench.peer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** The signature algorithms that are measured, by the names that the JDK and JWS have for them. */
public enum Algorithm {
    /** RSA, PKCS #1, 2048 bits. */
    RS256("RSA", "SHA256withRSA", "RS256"),
    /** RSA, PSS, 2048 bits. */
    PS256("RSA", "RSASSA-PSS", "PS256"),
    /** ECDSA on P-256. */
    ES256("EC", "SHA256withECDSA", "ES256"),
    /** EdDSA on Ed25519. */
    EDDSA("Ed25519", "Ed25519", "EdDSA");

    private static final String CONSCRYPT_PSS = "SHA256withRSA/PSS";
    private static final int RSA_BITS = 2048;
    private static final int ED25519_KEY_BYTES = 32;
    private static final int SHA256_BYTES = 32;

    private final String keyType;
    private final String signatureName;
    private final String jwsName;

    Algorithm(String keyType, String signatureName, String jwsName) {
        this.keyType = keyType;
        this.signatureName = signatureName;
        this.jwsName = jwsName;
    }

    /** The name in the header of a token. */
    public String jwsName() {
        return jwsName;
    }

    JWSAlgorithm jws() {
        return JWSAlgorithm.parse(jwsName);
    }

    KeyPair generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
        if (this == ES256) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else if (this != EDDSA) {
            generator.initialize(RSA_BITS);
        }
        return generator.generateKeyPair();
    }

    /** Where signature objects come from. */
    @FunctionalInterface
    interface SignatureSource {
        Signature get() throws GeneralSecurityException;
    }

    /**
     * JCA signatures, of {@code provider} where it has one, and otherwise of the JDK: that is what Scopegate does, too. All
     * that can be found out once is found out here.
     */
    SignatureSource signatures(Optional<Provider> provider) {
        if (this == PS256) {
            PSSParameterSpec parameters =
                    new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SHA256_BYTES, 1);
            // Conscrypt has its own name for it.
            SignatureSource plain =
                    named(has(provider, "Signature", CONSCRYPT_PSS) ? CONSCRYPT_PSS : signatureName, provider);
            return () -> {
                Signature signature = plain.get();
                signature.setParameter(parameters);
                return signature;
            };
        }
        return named(signatureName, provider);
    }

    private static SignatureSource named(String name, Optional<Provider> provider) {
        if (has(provider, "Signature", name)) {
            Provider chosen = provider.orElseThrow();
            return () -> Signature.getInstance(name, chosen);
        }
        return () -> Signature.getInstance(name);
    }

    private static boolean has(Optional<Provider> provider, String type, String name) {
        return provider.filter(some -> some.getService(type, name) != null).isPresent();
    }

    /** {@code key} as {@code provider} likes its keys best. */
    PublicKey translated(PublicKey key, Optional<Provider> provider) throws GeneralSecurityException {
        return has(provider, "KeyFactory", keyType)
                ? KeyFactory.getInstance(keyType, provider.orElseThrow())
                        .generatePublic(new X509EncodedKeySpec(key.getEncoded()))
                : key;
    }

    /** A signature of JWS as JCA writes it: on curves, DER instead of two numbers of fixed length. */
    byte[] asJca(byte[] signature) throws GeneralSecurityException {
        try {
            return this == ES256 ? ECDSA.transcodeSignatureToDER(signature) : signature;
        } catch (JOSEException malformed) {
            throw new GeneralSecurityException(malformed);
        }
    }

    /** A signature of JCA as JWS writes it. */
    byte[] asJws(byte[] signature) throws GeneralSecurityException {
        try {
            return this == ES256
                    ? ECDSA.transcodeSignatureToConcat(signature, ECDSA.getSignatureByteArrayLength(jws()))
                    : signature;
        } catch (JOSEException malformed) {
            throw new GeneralSecurityException(malformed);
        }
    }

    JWK published(PublicKey key) {
        String id = "2026-11-" + name();
        return switch (this) {
            case RS256, PS256 ->
                new RSAKey.Builder((RSAPublicKey) key)
                        .keyID(id)
                        .algorithm(jws())
                        .keyUse(KeyUse.SIGNATURE)
                        .build();
            case ES256 ->
                new ECKey.Builder(Curve.P_256, (ECPublicKey) key)
                        .keyID(id)
                        .algorithm(jws())
                        .keyUse(KeyUse.SIGNATURE)
                        .build();
            case EDDSA ->
                new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point(key)))
                        .keyID(id)
                        .algorithm(jws())
                        .keyUse(KeyUse.SIGNATURE)
                        .build();
        };
    }

    /** RFC 8410 §4: the key is the tail of its SubjectPublicKeyInfo, raw and of fixed length. */
    private static byte[] point(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - ED25519_KEY_BYTES, encoded.length);
    }
}
