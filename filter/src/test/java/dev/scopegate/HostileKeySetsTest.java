package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JWK Sets with strange, broken or ambiguous keys. */
@Timeout(120)
class HostileKeySetsTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final RSAKey OTHER = KeySets.rsa("other");

    @BeforeEach
    void publishOwnKeys() {
        ISSUER.publishOwnKeys();
    }

    /** Entries that nobody here can use. */
    static Stream<Arguments> strangeKeys() {
        return Stream.of(
                arguments("ML-DSA", "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"kid\":\"odd\",\"pub\":\"AAAA\"}"),
                arguments(
                        "Ed448",
                        "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"kid\":\"odd\",\"x\":\"%s\"}".formatted("A".repeat(76))),
                arguments(
                        "secp256k1",
                        "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"kid\":\"odd\","
                                + "\"x\":\"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g\","
                                + "\"y\":\"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg\"}"),
                arguments("RSA, bad base64url", "{\"kty\":\"RSA\",\"kid\":\"odd\",\"n\":\"!!\",\"e\":\"AQAB\"}"),
                arguments(
                        "RSA without e", "{\"kty\":\"RSA\",\"kid\":\"odd\",\"n\":\"%s\"}".formatted("AQAB".repeat(85))),
                arguments("RSA, numbers", "{\"kty\":\"RSA\",\"kid\":\"odd\",\"n\":1,\"e\":65537}"),
                arguments("no kty", "{\"kid\":\"odd\"}"),
                arguments("no object", "1"),
                arguments("null", "null"),
                arguments("text", "\"RSA\""),
                arguments("array", "[]"));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC7517 §5")
    @MethodSource("strangeKeys")
    void set_withAStrangeKey_othersServe(String name, String strange) {
        for (String set : List.of(KeySets.of(strange, own()), KeySets.of(own(), strange))) {
            ISSUER.publishKeys(set);
            try (Gate gate = Gate.calm(ISSUER)) {
                gate.permits(good().sign());
                gate.refuses(good().withKid("odd").sign(), RefusalReason.KEY_UNKNOWN);
            }
        }
    }

    /** Null is not there to whoever reads, so there is nothing to say of it. */
    static Stream<Arguments> strangeEntries() {
        return strangeKeys().filter(row -> !row.get()[0].equals("null"));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC7517 §5")
    @MethodSource("strangeEntries")
    void set_withAStrangeKey_saidOnce(String name, String strange) {
        ISSUER.publishKeys(KeySets.of(strange, own()));
        try (Gate gate = Gate.calm(ISSUER)) {
            gate.permits(good().sign());
            // Fetched once more for a key that is not there.
            gate.refuses(good().withKid("none").sign(), RefusalReason.KEY_UNKNOWN);

            assertThat(gate.log().warnings()).hasSize(1);
        }
    }

    @Test
    @Requirement("RFC7517 §4.5")
    void set_oneNameForTwoKeysOfOneType_neitherIsUsed() {
        RSAKey twin = new RSAKey.Builder(OTHER).keyID(ownKey().getKeyID()).build();
        ISSUER.publishKeys(KeySets.of(own(), KeySets.published(twin), KeySets.published(OTHER)));

        try (Gate gate = Gate.calm(ISSUER)) {
            gate.permits(good().withKid("other").signedBy(OTHER).sign());
            gate.refuses(good().sign(), RefusalReason.KEY_UNKNOWN);
            gate.refuses(good().signedBy(twin).sign(), RefusalReason.KEY_UNKNOWN);
        }
    }

    @Test
    @Requirement("RFC7517 §4.5")
    void set_oneNameForTwoKeysOfTwoTypes_eachServesItsAlgorithm() {
        ECKey ec = ISSUER.signingKey(JWSAlgorithm.ES256).toECKey();
        ISSUER.publishKeys(KeySets.of(
                own(),
                KeySets.published(
                        new ECKey.Builder(ec).keyID(ownKey().getKeyID()).build())));

        try (Gate gate = Gate.calm(ISSUER)) {
            gate.permits(good().sign());
            gate.permits(good().algorithm(JWSAlgorithm.ES256)
                    .withKid(ownKey().getKeyID())
                    .sign());
            gate.refuses(good().signedBy(OTHER).sign(), RefusalReason.SIGNATURE);
        }
    }

    @Test
    @Requirement("RFC8725 §3.1")
    void set_withASharedSecret_itVerifiesNothing() {
        OctetSequenceKey secret =
                new OctetSequenceKey.Builder(new byte[64]).keyID("secret").build();
        ISSUER.publishKeys(KeySets.of(secret.toJSONString(), own()));

        try (Gate gate = Gate.calm(ISSUER)) {
            gate.permits(good().sign());
            for (String algorithm : List.of("HS256", "HS384", "HS512")) {
                gate.refuses(
                        good().algorithm(JWSAlgorithm.parse(algorithm))
                                .signedBy(secret)
                                .withKid("secret")
                                .sign(),
                        RefusalReason.ALGORITHM);
            }
            gate.refuses(good().withKid("secret").sign(), RefusalReason.KEY_UNKNOWN);
        }
    }

    @Test
    void set_ofSharedSecretsAlone_noSet() {
        ISSUER.publishKeys(KeySets.of(new OctetSequenceKey.Builder(new byte[64])
                .keyID("secret")
                .build()
                .toJSONString()));

        try (Gate gate = Gate.calm(ISSUER)) {
            gate.leavesUndecided(good().sign(), RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @Requirement({"RFC7517 §4.2", "RFC7517 §4.3"})
    @ValueSource(
            strings = {
                "\"use\":\"enc\"",
                "\"use\":\"SIG\"",
                "\"use\":\"\"",
                "\"use\":[\"sig\"]",
                "\"use\":1",
                "\"key_ops\":[\"encrypt\"]",
                "\"key_ops\":[\"sign\"]",
                "\"key_ops\":[]",
                "\"key_ops\":[\"VERIFY\"]",
                "\"key_ops\":\"verify\"",
                "\"key_ops\":[\"verify\",1]",
                "\"key_ops\":{\"verify\":true}",
                "\"alg\":\"RSA-OAEP\"",
                "\"alg\":\"PS256\"",
                "\"alg\":\"RS512\"",
                "\"alg\":\"none\"",
                "\"alg\":\"rs256\"",
                "\"alg\":[\"RS256\"]",
                "\"use\":\"enc\",\"key_ops\":[\"verify\"]",
                "\"use\":\"sig\",\"key_ops\":[\"encrypt\"]"
            })
    void key_forSomethingElse_verifiesNothing(String members) {
        ISSUER.publishKeys(KeySets.of(own(), saying(members)));
        try (Gate gate = Gate.calm(ISSUER)) {
            gate.permits(good().sign());
            gate.refuses(byOther(), RefusalReason.KEY_UNKNOWN);
            gate.refuses(good().withoutKid().signedBy(OTHER).sign(), RefusalReason.SIGNATURE);
        }
    }

    @Test
    @Requirement("RFC7517 §4.3")
    void key_operationTwice_verifiesNothing() {
        ISSUER.publishKeys(KeySets.of(own(), saying("\"key_ops\":[\"verify\",\"verify\"]")));
        try (Gate gate = Gate.calm(ISSUER)) {
            gate.permits(good().sign());
            gate.refuses(byOther(), RefusalReason.KEY_UNKNOWN);
        }
    }

    @ParameterizedTest
    @Requirement("RFC7517 §4.5")
    @ValueSource(strings = {"7", "true", "[\"7\"]", "{}"})
    void key_nameThatIsNoText_verifiesNothing(String keyId) {
        String strange = saying("\"alg\":\"RS256\"").replace("\"kid\":\"other\"", "\"kid\":" + keyId);
        ISSUER.publishKeys(KeySets.of(own(), strange));
        try (Gate gate = Gate.calm(ISSUER)) {
            gate.permits(good().sign());
            gate.refuses(good().withKid("7").signedBy(OTHER).sign(), RefusalReason.KEY_UNKNOWN);
            gate.refuses(good().withKid(keyId).signedBy(OTHER).sign(), RefusalReason.KEY_UNKNOWN);
            gate.refuses(good().withoutKid().signedBy(OTHER).sign(), RefusalReason.SIGNATURE);
        }
    }

    @ParameterizedTest
    @Requirement("RFC7517 §4.2")
    @ValueSource(
            strings = {
                "\"use\":\"sig\"",
                "\"key_ops\":[\"verify\"]",
                "\"key_ops\":[\"sign\",\"verify\"]",
                "\"use\":\"sig\",\"key_ops\":[\"verify\"],\"alg\":\"RS256\"",
                "\"ext\":true"
            })
    void key_forSignatures_permitted(String members) {
        ISSUER.publishKeys(KeySets.of(own(), saying(members)));
        try (Gate gate = Gate.calm(ISSUER)) {
            gate.permits(byOther());
        }
    }

    private static TokenBuilder good() {
        return ISSUER.token().scope(Gate.SCOPE);
    }

    private static String byOther() {
        return good().withKid("other").signedBy(OTHER).sign();
    }

    private static JWK ownKey() {
        return ISSUER.signingKey(JWSAlgorithm.RS256);
    }

    private static String own() {
        return KeySets.published(ISSUER, JWSAlgorithm.RS256);
    }

    /** The other key, with more members. */
    private static String saying(String members) {
        return KeySets.published(OTHER).replaceFirst("\\{", "{" + members + ",");
    }
}
