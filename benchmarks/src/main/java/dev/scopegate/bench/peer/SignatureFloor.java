package dev.scopegate.bench.peer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The floor: the verification of the signature by JCA and nothing else. Even what is signed and the signature are there as
 * octets before the clock runs. Not thread-safe.
 */
final class SignatureFloor implements Contender {

    /** RFC 8410 §4, up to the key itself. */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** A token, taken apart. */
    private static final class Parts {

        private final byte[] signingInput;
        private final byte[] signature;

        Parts(byte[] signingInput, byte[] signature) {
            this.signingInput = signingInput;
            this.signature = signature;
        }
    }

    private final Algorithm algorithm;
    private final Algorithm.SignatureSource signatures;
    private final PublicKey key;
    private final Optional<Signature> reused;
    private final Map<String, Parts> prepared = new HashMap<>();

    /**
     * A floor under {@code tokens}.
     *
     * @param reuses whether one {@link Signature}, initialised once, verifies all of them; otherwise each has its own
     */
    SignatureFloor(
            SampleTokens tokens,
            Algorithm algorithm,
            Optional<Provider> provider,
            boolean reuses,
            List<String> prepare) {
        this.algorithm = algorithm;
        signatures = algorithm.signatures(provider);
        try {
            key = algorithm.translated(publicKey(tokens.key(algorithm)), provider);
            reused = reuses ? Optional.of(initialised()) : Optional.empty();
        } catch (GeneralSecurityException | JOSEException lacking) {
            throw new IllegalStateException("no " + algorithm + " by " + provider, lacking);
        }
        prepare.forEach(token -> prepared.put(token, parts(token)));
    }

    static PublicKey publicKey(JWK key) throws GeneralSecurityException, JOSEException {
        if (key instanceof OctetKeyPair pair) {
            byte[] point = pair.getDecodedX();
            byte[] encoded = new byte[ED25519_PREFIX.length + point.length];
            System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
            System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, point.length);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        }
        return ((AsymmetricJWK) key).toPublicKey();
    }

    private Signature initialised() throws GeneralSecurityException {
        Signature signature = signatures.get();
        signature.initVerify(key);
        return signature;
    }

    private Parts parts(String token) {
        int end = token.lastIndexOf('.');
        try {
            return new Parts(
                    token.substring(0, end).getBytes(StandardCharsets.US_ASCII),
                    algorithm.asJca(new Base64URL(token.substring(end + 1)).decode()));
        } catch (GeneralSecurityException malformed) {
            return new Parts(new byte[0], new byte[0]);
        }
    }

    @Override
    public boolean accepts(String token) {
        Parts parts = prepared.get(token);
        if (parts == null) {
            parts = parts(token);
        }
        try {
            Signature signature = reused.isPresent() ? reused.get() : initialised();
            signature.update(parts.signingInput);
            return signature.verify(parts.signature);
        } catch (SignatureException bad) {
            return false;
        } catch (GeneralSecurityException lacking) {
            throw new IllegalStateException(lacking);
        }
    }
}
