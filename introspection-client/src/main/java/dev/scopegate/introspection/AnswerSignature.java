package dev.scopegate.introspection;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.introspection.jose.Ed25519;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;

/** Verifies the signature of an answer, by the Java runtime. Safe for concurrent use. */
final class AnswerSignature {

    /** What can be verified here; each of it needs a key that only the issuer has. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512,
            JWSAlgorithm.EdDSA,
            JWSAlgorithm.Ed25519);

    private static final int MIN_RSA_BITS = 2048;
    private static final int ED25519_SIGNATURE_BYTES = 64;

    private AnswerSignature() {}

    /** Whether {@code key} is one that {@code algorithm} may be verified with: type, curve, size, and what the key says of itself. */
    static boolean fits(JWK key, JWSAlgorithm algorithm) {
        JWKMatcher.Builder matcher = new JWKMatcher.Builder()
                .keyType(KeyType.forAlgorithm(algorithm))
                .keyUses(KeyUse.SIGNATURE, null);
        boolean mayVerify =
                key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
        return mayVerify && limited(matcher, algorithm).build().matches(key);
    }

    private static JWKMatcher.Builder limited(JWKMatcher.Builder matcher, JWSAlgorithm algorithm) {
        if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return matcher.algorithms(algorithm, null).minKeySize(MIN_RSA_BITS);
        }
        if (JWSAlgorithm.Family.EC.contains(algorithm)) {
            return matcher.algorithms(algorithm, null).curves(Curve.forJWSAlgorithm(algorithm));
        }
        // "Ed25519" is the full name of what "EdDSA" means with this curve.
        return matcher.algorithms(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519, null)
                .curve(Curve.Ed25519);
    }

    /** Whether the signature of {@code object} is one of {@code key}; a key that does not fit makes none. */
    static boolean isBy(JWK key, JWSAlgorithm algorithm, SignedObject object) {
        try {
            return key instanceof OctetKeyPair pair
                    ? ed25519(pair, object)
                    : verifier(key)
                            .verify(
                                    // Of the answer's own header nothing gets here but an algorithm that is accepted.
                                    new JWSHeader(algorithm),
                                    object.signingInput(),
                                    Base64URL.encode(object.signature()));
        } catch (JOSEException | GeneralSecurityException unfit) {
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa.toRSAPublicKey());
        }
        if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec.toECPublicKey());
        }
        throw new JOSEException("a key that verifies no signature");
    }

    private static boolean ed25519(OctetKeyPair pair, SignedObject object) throws GeneralSecurityException {
        if (object.signature().length != ED25519_SIGNATURE_BYTES) {
            return false;
        }
        PublicKey publicKey = Ed25519.publicKey(pair.getDecodedX());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(publicKey);
        signature.update(object.signingInput());
        return signature.verify(object.signature());
    }
}
