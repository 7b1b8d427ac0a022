package dev.scopegate.validate.keys;

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
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Verifies JWS signatures with public keys. Takes the algorithm as an argument, never from a key or a token.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-5.2">RFC 7515 §5.2</a>
 */
public final class Signatures implements SignatureVerifier {

    @Override
    public boolean verifies(JWK key, JWSAlgorithm algorithm, String signingInput, String signature) {
        byte[] message = signingInput.getBytes(StandardCharsets.US_ASCII);
        Base64URL encoded = new Base64URL(signature);
        try {
            if (key instanceof OctetKeyPair pair) {
                return Ed25519.verifies(pair.getDecodedX(), message, encoded.decode());
            }
            return verifier(key).verify(new JWSHeader(algorithm), message, encoded);
        } catch (JOSEException | GeneralSecurityException unfit) {
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa);
        }
        if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec);
        }
        throw new JOSEException("a key that verifies no signature");
    }
}
