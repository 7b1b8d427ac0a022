package dev.scopegate.validate.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tries which algorithms a provider verifies, before it is trusted with any: it has to accept a good signature and to refuse
 * one over another text. Providers lack algorithms, take only keys of their own, or were built for another machine.
 */
final class ProviderTrial {

    private static final int RSA_BITS = 2048;
    private static final byte[] MESSAGE = "what was signed".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_MESSAGE = "what was not signed".getBytes(StandardCharsets.US_ASCII);

    /** The example of RFC 8037, appendix A; the keys of the other algorithms are made for the trial. */
    private static final JWK ED25519 = new OctetKeyPair.Builder(
                    Curve.Ed25519, new Base64URL("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
            .build();

    private static final byte[] ED25519_MESSAGE =
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII);
    private static final Base64URL ED25519_SIGNATURE =
            new Base64URL("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");

    private final KeyVerifiers verifiers;
    private final Set<JWSAlgorithm> passed = new HashSet<>();

    private ProviderTrial(Provider provider) {
        this.verifiers = new KeyVerifiers(Optional.of(provider));
    }

    /** The algorithms of signatures that {@code provider} verifies rightly. Takes some tenths of a second. */
    static Set<JWSAlgorithm> passedBy(Provider provider) {
        ProviderTrial trial = new ProviderTrial(provider);
        try {
            RSAKey rsa = new RSAKeyGenerator(RSA_BITS).generate();
            for (JWSAlgorithm algorithm : JWSAlgorithm.Family.RSA) {
                trial.attempt(algorithm, rsa, new RSASSASigner(rsa));
            }
            for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512)) {
                ECKey ec = new ECKeyGenerator(
                                Curve.forJWSAlgorithm(algorithm).iterator().next())
                        .generate();
                trial.attempt(algorithm, ec, new ECDSASigner(ec));
            }
        } catch (JOSEException impossible) {
            throw new IllegalStateException("this Java runtime lacks the algorithms of signatures", impossible);
        }
        if (trial.isRight(JWSAlgorithm.EdDSA, ED25519, ED25519_MESSAGE, ED25519_SIGNATURE)) {
            trial.passed.add(JWSAlgorithm.EdDSA);
            trial.passed.add(JWSAlgorithm.Ed25519);
        }
        return Set.copyOf(trial.passed);
    }

    private void attempt(JWSAlgorithm algorithm, JWK key, JWSSigner signer) throws JOSEException {
        Base64URL signature = signer.sign(new JWSHeader(algorithm), MESSAGE);
        if (isRight(algorithm, key.toPublicJWK(), MESSAGE, signature)) {
            passed.add(algorithm);
        }
    }

    private boolean isRight(JWSAlgorithm algorithm, JWK key, byte[] message, Base64URL signature) {
        return verifiers.verifies(key, algorithm, message, signature.decode())
                && !verifiers.verifies(key, algorithm, OTHER_MESSAGE, signature.decode());
    }
}
