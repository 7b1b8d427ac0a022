package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.scopegate.config.ConfigException;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens whose algorithm is chosen by an attacker. */
@Timeout(120)
class HostileAlgorithmsTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private Gate gate;

    @BeforeEach
    void open() {
        ISSUER.publishOwnKeys();
        gate = Gate.before(ISSUER);
    }

    @AfterEach
    void close() {
        gate.close();
    }

    @ParameterizedTest
    @Requirement("RFC8725 §3.2")
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "none ", "", "NULL", "RS256,none", "rs256"})
    void algorithm_noneInAnySpelling_refusedWithoutLookingForAKey(String algorithm) {
        gate.permits(good().sign());
        int fetches = ISSUER.jwksFetches();

        gate.refuses(good().header("alg", algorithm).sign(), RefusalReason.ALGORITHM);
        gate.refuses(good().header("alg", algorithm).withoutKid().sign(), RefusalReason.ALGORITHM);
        gate.refuses(good().header("alg", algorithm).withKid("x").sign(), RefusalReason.ALGORITHM);
        gate.refuses(
                good().header("alg", algorithm).signedWith(input -> new byte[0]).sign(),
                RefusalReason.ALGORITHM,
                RefusalReason.TOKEN_MALFORMED);
        assertThat(ISSUER.jwksFetches()).isEqualTo(fetches);
    }

    @ParameterizedTest
    @Requirement("RFC8725 §3.2")
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "none ", ""})
    void algorithm_noneWithoutASignature_refusedForTheAlgorithm(String algorithm) {
        gate.refuses(
                good().header("alg", algorithm).signedWith(input -> new byte[0]).sign(), RefusalReason.ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256"})
    void algorithm_notAccepted_refusedThoughNoKeyCanBeHad(String algorithm) {
        ISSUER.publishKeys("{}");
        try (Gate keyless = Gate.before(ISSUER)) {
            keyless.leavesUndecided(good().sign(), RefusalReason.KEYS_UNAVAILABLE);
            keyless.refuses(good().header("alg", algorithm).sign(), RefusalReason.ALGORITHM);
        }
    }

    /** Everything of a public key that an implementation might take for the secret of an HMAC. */
    static Stream<Arguments> publicKeysAsSecrets() throws Exception {
        RSAKey key = ISSUER.signingKey(JWSAlgorithm.RS256).toRSAKey();
        byte[] der = key.toRSAPublicKey().getEncoded();
        // RFC 8017 A.1.1: the key without the frame of its SubjectPublicKeyInfo, which takes 24 octets for this size.
        byte[] pkcs1 = Arrays.copyOfRange(der, 24, der.length);
        return Stream.of(
                arguments("SPKI DER", der),
                arguments("SPKI PEM", ascii(pem("PUBLIC KEY", der))),
                arguments("SPKI PEM with a new line", ascii(pem("PUBLIC KEY", der) + "\n")),
                arguments("PKCS #1 DER", pkcs1),
                arguments("PKCS #1 PEM", ascii(pem("RSA PUBLIC KEY", pkcs1))),
                arguments("PKCS #1 PEM with a new line", ascii(pem("RSA PUBLIC KEY", pkcs1) + "\n")),
                arguments("JWK", ascii(KeySets.published(key))),
                arguments("modulus", key.getModulus().decode()),
                arguments("modulus as text", ascii(key.getModulus().toString())),
                // An HMAC fills its key up with zeros, so this is the empty one.
                arguments("nothing", new byte[64]));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC8725 §3.1")
    @MethodSource("publicKeysAsSecrets")
    void algorithm_hmacKeyedWithThePublicKey_refused(String name, byte[] secret) {
        for (String algorithm : List.of("HS256", "HS384", "HS512")) {
            String kid = ISSUER.signingKey(JWSAlgorithm.RS256).getKeyID();
            JWK key = new OctetSequenceKey.Builder(secret).build();
            TokenBuilder forged =
                    good().algorithm(JWSAlgorithm.parse(algorithm)).signedBy(key);

            gate.refuses(forged.sign(), RefusalReason.ALGORITHM);
            gate.refuses(forged.withKid(kid).sign(), RefusalReason.ALGORITHM);
        }
    }

    @ParameterizedTest
    @Requirement("RFC8725 §3.1")
    @ValueSource(strings = {"RS384", "RS512", "PS256", "PS384", "PS512"})
    void algorithm_keyWithoutAlg_configurationDecides(String algorithm) {
        RSAKey key = ISSUER.signingKey(JWSAlgorithm.RS256).toRSAKey();
        ISSUER.publishKeys(KeySets.of(
                KeySets.published(new RSAKey.Builder(key).algorithm(null).build())));
        String token = good().algorithm(JWSAlgorithm.parse(algorithm))
                .signedBy(key)
                .withKid(key.getKeyID())
                .sign();

        try (Gate narrow = Gate.accepting(ISSUER, "RS256")) {
            narrow.permits(good().sign());
            narrow.refuses(token, RefusalReason.ALGORITHM);
        }
        try (Gate wide = Gate.accepting(ISSUER, "RS256", algorithm)) {
            wide.permits(token);
        }
    }

    @Test
    @Requirement("RFC8725 §3.1")
    void algorithm_keyWithAnotherAlg_refusedThoughBothAreAccepted() {
        JWK key = ISSUER.signingKey(JWSAlgorithm.RS256);

        gate.permits(good().algorithm(JWSAlgorithm.PS256).sign());
        gate.refuses(
                good().algorithm(JWSAlgorithm.PS256)
                        .signedBy(key)
                        .withKid(key.getKeyID())
                        .sign(),
                RefusalReason.KEY_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"EdDSA, Ed25519", "Ed25519, EdDSA"})
    void ed25519_nameThatIsNotOnTheList_refused(String accepted, String other) {
        try (Gate narrow = Gate.accepting(ISSUER, accepted)) {
            narrow.permits(good().algorithm(JWSAlgorithm.parse(accepted)).sign());
            narrow.refuses(good().algorithm(JWSAlgorithm.parse(other)).sign(), RefusalReason.ALGORITHM);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512", "none", "None", "RS1", "RSA-OAEP", "ES256K", ""})
    void build_algorithmOfASharedSecretOrUnknown_refused(String algorithm) {
        assertThatThrownBy(() -> Gate.accepting(ISSUER, "RS256", algorithm).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("issuers[0].algorithms");
    }

    private static TokenBuilder good() {
        return ISSUER.token().scope(Gate.SCOPE);
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
