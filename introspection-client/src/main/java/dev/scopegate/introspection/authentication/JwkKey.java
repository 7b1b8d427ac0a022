package dev.scopegate.introspection.authentication;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.scopegate.introspection.jose.Ed25519;
import dev.scopegate.introspection.json.StrictJson;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a private key from the JSON of a JWK.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-4">RFC 7517 §4</a>
 */
final class JwkKey {

    private JwkKey() {}

    /**
     * The key in {@code json}.
     *
     * @throws IOException if there is none to sign with; the message follows upon the name of the file, and quotes nothing
     */
    static FoundKey read(byte[] json) throws IOException {
        Map<String, Object> members =
                StrictJson.object(json).orElseThrow(() -> new IOException("is not one strict JSON object"));
        if (members.containsKey("keys")) {
            throw new IOException("is a JWK Set; keep the one key to sign with");
        }
        JWK jwk = jwk(members);
        if (jwk instanceof OctetSequenceKey) {
            throw new IOException("holds a symmetric key, with which the server could sign as we do");
        }
        if (!jwk.isPrivate()) {
            throw new IOException("holds a public key, and no private one");
        }
        boolean signs = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
        if (!signs || (jwk.getKeyOperations() != null && !jwk.getKeyOperations().contains(KeyOperation.SIGN))) {
            throw new IOException("holds a key that is not meant to sign");
        }
        try {
            return found(jwk);
        } catch (JOSEException | GeneralSecurityException unusable) {
            throw new IOException("holds numbers that make no key");
        }
    }

    private static JWK jwk(Map<String, Object> members) throws IOException {
        try {
            return JWK.parse(members);
        } catch (ParseException | RuntimeException unreadable) {
            // Without its cause, whose words may be the key's.
            throw new IOException("is no JWK that can be read");
        }
    }

    private static FoundKey found(JWK jwk) throws IOException, JOSEException, GeneralSecurityException {
        if (jwk instanceof RSAKey rsa) {
            return found(jwk, Optional.of(KeyFamily.RSA), rsa.toPrivateKey(), rsa.toPublicKey());
        }
        if (jwk instanceof ECKey ec) {
            return found(jwk, KeyFamily.on(ec.getCurve()), ec.toPrivateKey(), ec.toPublicKey());
        }
        OctetKeyPair pair = (OctetKeyPair) jwk;
        Optional<KeyFamily> family = KeyFamily.on(pair.getCurve());
        if (family.isEmpty()) {
            throw otherKind();
        }
        // By the JDK, since Nimbus needs another library for that.
        PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, pair.getDecodedD()));
        return found(jwk, family, key, Ed25519.publicKey(pair.getDecodedX()));
    }

    private static FoundKey found(JWK jwk, Optional<KeyFamily> family, PrivateKey key, PublicKey publicKey)
            throws IOException {
        return new FoundKey(
                family.orElseThrow(JwkKey::otherKind),
                key,
                Optional.of(publicKey),
                Optional.ofNullable(jwk.getAlgorithm()).map(Algorithm::getName),
                Optional.ofNullable(jwk.getKeyID()));
    }

    private static IOException otherKind() {
        return new IOException("holds no key of RSA, P-256, P-384, P-521 or Ed25519");
    }
}
