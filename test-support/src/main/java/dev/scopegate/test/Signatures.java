package dev.scopegate.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;

/** Signs any octets with any private key of a JWK, whatever the header that they belong to says. */
final class Signatures {

    private Signatures() {}

    static Base64URL sign(JWSAlgorithm algorithm, JWK key, byte[] input) {
        try {
            return key instanceof OctetKeyPair pair
                    ? ed25519(pair, input)
                    : signer(key).sign(new JWSHeader(algorithm), input);
        } catch (JOSEException | GeneralSecurityException unfit) {
            throw new IllegalArgumentException("a " + key.getKeyType() + " key cannot sign with " + algorithm, unfit);
        }
    }

    private static JWSSigner signer(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSASigner(rsa);
        }
        if (key instanceof ECKey ec) {
            return new ECDSASigner(ec);
        }
        return new MACSigner((OctetSequenceKey) key);
    }

    private static Base64URL ed25519(OctetKeyPair pair, byte[] input) throws GeneralSecurityException {
        if (!Curve.Ed25519.equals(pair.getCurve()) || pair.getD() == null) {
            throw new GeneralSecurityException("not an Ed25519 private key");
        }
        PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(
                        NamedParameterSpec.ED25519, pair.getD().decode()));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(input);
        return Base64URL.encode(signature.sign());
    }
}
