package dev.scopegate.validate.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.test.Requirement;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    /** The example of RFC 8037, appendix A. */
    private static final JWK ED25519 = new OctetKeyPair.Builder(
                    Curve.Ed25519, new Base64URL("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
            .build();

    private static final String SIGNING_INPUT = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    private static final String SIGNATURE =
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    private final Signatures signatures = Signatures.byRuntime();

    @Test
    @Requirement("RFC8037 §3.1")
    void verifies_exampleOfTheRfc_true() {
        assertThat(verifies(ED25519, JWSAlgorithm.EdDSA, SIGNING_INPUT, SIGNATURE))
                .isTrue();
    }

    @Test
    void verifies_anotherTextSignatureOrLength_false() {
        assertThat(verifies(ED25519, JWSAlgorithm.EdDSA, SIGNING_INPUT + "x", SIGNATURE))
                .isFalse();
        assertThat(verifies(ED25519, JWSAlgorithm.EdDSA, SIGNING_INPUT, SIGNATURE.replace('h', 'i')))
                .isFalse();
        assertThat(verifies(ED25519, JWSAlgorithm.EdDSA, SIGNING_INPUT, SIGNATURE.substring(4)))
                .isFalse();
        assertThat(verifies(ED25519, JWSAlgorithm.EdDSA, SIGNING_INPUT, "")).isFalse();
    }

    @Test
    @Requirement("RFC7515 §5.2")
    void verifies_signatureOfZeros_false() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK();
        String zeros = Base64URL.encode(new byte[64]).toString();

        assertThat(verifies(key, JWSAlgorithm.ES256, SIGNING_INPUT, zeros)).isFalse();
    }

    @Test
    void verifies_keyThatDoesNotFitTheAlgorithm_false() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK();

        assertThat(verifies(key, JWSAlgorithm.RS256, SIGNING_INPUT, SIGNATURE)).isFalse();
        assertThat(verifies(key, JWSAlgorithm.ES384, SIGNING_INPUT, SIGNATURE)).isFalse();
    }

    private boolean verifies(JWK key, JWSAlgorithm algorithm, String signingInput, String signature) {
        return signatures.verifies(
                key, algorithm, signingInput.getBytes(StandardCharsets.US_ASCII), new Base64URL(signature).decode());
    }
}
