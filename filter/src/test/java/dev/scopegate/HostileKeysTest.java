package dev.scopegate;

import static dev.scopegate.EcdsaNumbers.pair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys by which signatures verify that nobody made: of another curve, of no point, of few multiples, or weak. */
@Timeout(120)
class HostileKeysTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @BeforeEach
    void publishOwnKeys() {
        ISSUER.publishOwnKeys();
    }

    @ParameterizedTest
    @Requirement("RFC7518 §3.4")
    @CsvSource({"ES256, P-384, SHA256", "ES384, P-256, SHA384", "ES256, P-521, SHA256", "ES512, P-256, SHA512"})
    void ecdsa_keyOfAnotherCurve_refused(String algorithm, String curve, String hash) throws Exception {
        ECKey key = new ECKeyGenerator(Curve.parse(curve)).keyID("other").generate();
        ISSUER.publishKeys(KeySets.of(KeySets.published(ISSUER, JWSAlgorithm.RS256), KeySets.published(key)));
        String token = good().algorithm(JWSAlgorithm.parse(algorithm))
                .withKid("other")
                .signedWith(input -> ecdsa(hash, key, input))
                .sign();

        try (Gate wide = Gate.accepting(ISSUER, "RS256", "ES256", "ES384", "ES512")) {
            wide.permits(good().sign());
            wide.refuses(token, RefusalReason.KEY_UNKNOWN);
        }
    }

    @ParameterizedTest
    @CsvSource({"ES384, P-384", "ES512, P-521"})
    void ecdsa_keyOfItsCurve_permitted(String algorithm, String curve) throws Exception {
        ECKey key = new ECKeyGenerator(Curve.parse(curve)).keyID("own").generate();
        ISSUER.publishKeys(KeySets.of(KeySets.published(key)));

        try (Gate wide = Gate.accepting(ISSUER, algorithm)) {
            wide.permits(good().algorithm(JWSAlgorithm.parse(algorithm))
                    .withKid("own")
                    .signedBy(key)
                    .sign());
        }
    }

    @Test
    @Requirement("RFC7518 §3.4")
    void ecdsa_secp256k1_refused() {
        // The private key is one and so is the nonce: both points are the base point, and s is digest + r.
        BigInteger x = new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16);
        BigInteger y = new BigInteger("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", 16);
        BigInteger order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        ISSUER.publishKeys(KeySets.of(KeySets.published(ISSUER, JWSAlgorithm.RS256), ecJwk("secp256k1", "coin", x, y)));
        UnaryOperator<byte[]> signer =
                input -> pair(x, new BigInteger(1, WeakRsa.sha256(input)).add(x).mod(order));

        try (Gate fresh = Gate.before(ISSUER)) {
            fresh.permits(good().sign());
            fresh.refuses(
                    good().algorithm(JWSAlgorithm.ES256)
                            .withKid("coin")
                            .signedWith(signer)
                            .sign(),
                    RefusalReason.KEY_UNKNOWN);
        }
    }

    static Stream<Arguments> badPoints() {
        BigInteger p = new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
        BigInteger b = new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
        BigInteger root = b.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        ECKey good = ISSUER.signingKey(JWSAlgorithm.ES256).toECKey();
        BigInteger x = good.getX().decodeToBigInteger();
        BigInteger y = good.getY().decodeToBigInteger();
        return Stream.of(
                arguments("not on the curve", x, y.add(BigInteger.ONE)),
                arguments("not on the curve, x zero", BigInteger.ZERO, root.add(BigInteger.ONE)),
                arguments("at infinity", BigInteger.ZERO, BigInteger.ZERO),
                arguments("x equal to p", p, root),
                arguments("y above p", BigInteger.ZERO, root.add(p)),
                arguments("both the highest", BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE), y));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPoints")
    void ecdsa_keyThatIsNoPoint_refusedWhileOthersServe(String name, BigInteger x, BigInteger y) {
        ISSUER.publishKeys(KeySets.of(KeySets.published(ISSUER, JWSAlgorithm.ES256), ecJwk("P-256", "astray", x, y)));

        try (Gate fresh = Gate.before(ISSUER)) {
            fresh.permits(good().algorithm(JWSAlgorithm.ES256).sign());
            fresh.refuses(good().algorithm(JWSAlgorithm.ES256).withKid("astray").sign(), RefusalReason.KEY_UNKNOWN);
        }
    }

    /** Encodings that are not canonical, of points whose multiples are few: they would verify what nobody signed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void ed25519_keyNotCanonical_verifiesNothing(String point) {
        assertVerifiesNothing(point);
    }

    /** Points whose multiples are few: they verify what nobody signed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
            })
    void ed25519_keyOfSmallOrder_verifiesNothing(String point) {
        assertVerifiesNothing(point);
    }

    private static void assertVerifiesNothing(String point) {
        byte[] key = HexFormat.of().parseHex(point);
        ISSUER.publishKeys(KeySets.of(
                KeySets.published(ISSUER, JWSAlgorithm.RS256),
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"small\",\"x\":\"%s\"}"
                        .formatted(Base64URL.encode(key))));
        // R is the neutral element and S zero: good wherever the hash times the key is the neutral element, too.
        byte[] signature = new byte[64];
        signature[0] = 1;

        try (Gate fresh = Gate.before(ISSUER)) {
            fresh.permits(good().sign());
            for (int i = 0; i < 24; i++) {
                fresh.refuses(
                        good().algorithm(JWSAlgorithm.EdDSA)
                                .withKid("small")
                                .signedWith(input -> signature)
                                .sign(),
                        RefusalReason.KEY_UNKNOWN,
                        RefusalReason.SIGNATURE);
            }
        }
    }

    /** Keys by which anyone can sign who can calculate. */
    static Stream<Arguments> weakRsaKeys() {
        return Stream.of(
                arguments("1024 bits", WeakRsa.of(1024, 65_537)), arguments("exponent 1", WeakRsa.of(2048, 1)));
    }

    @Test
    void rsa_keyMadeOfNumbers_permittedWhereItIsStrong() {
        WeakRsa strong = WeakRsa.of(2048, 65_537);
        ISSUER.publishKeys(KeySets.of(strong.jwk("numbers")));

        try (Gate fresh = Gate.before(ISSUER)) {
            fresh.permits(good().withKid("numbers").signedWith(strong::sign).sign());
        }
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC7518 §3.3")
    @MethodSource("weakRsaKeys")
    void rsa_weakKey_verifiesNothingWhileOthersServe(String name, WeakRsa weak) {
        ISSUER.publishKeys(KeySets.of(KeySets.published(ISSUER, JWSAlgorithm.RS256), weak.jwk("weak")));

        try (Gate fresh = Gate.before(ISSUER)) {
            fresh.permits(good().sign());
            fresh.refuses(
                    good().withKid("weak").signedWith(weak::sign).sign(),
                    RefusalReason.KEY_UNKNOWN,
                    RefusalReason.SIGNATURE);
            fresh.refuses(good().withoutKid().signedWith(weak::sign).sign(), RefusalReason.SIGNATURE);
        }
    }

    /** Keys that keep to RFC 7518, and are too weak all the same. */
    static Stream<Arguments> furtherWeakRsaKeys() {
        return Stream.of(
                arguments("exponent 3", WeakRsa.of(2048, 3)),
                arguments("exponent 17", WeakRsa.of(2048, 17)),
                arguments("CVE-2017-15361", WeakRsa.ofAFlawedCard()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"weakRsaKeys", "furtherWeakRsaKeys"})
    void rsa_weakKey_unusableAndSaidOnce(String name, WeakRsa weak) {
        ISSUER.publishKeys(KeySets.of(KeySets.published(ISSUER, JWSAlgorithm.RS256), weak.jwk("weak")));

        try (Gate fresh = Gate.before(ISSUER)) {
            fresh.permits(good().sign());
            for (int i = 0; i < 3; i++) {
                fresh.refuses(good().withKid("weak").signedWith(weak::sign).sign(), RefusalReason.KEY_UNKNOWN);
            }
            fresh.refuses(good().withoutKid().signedWith(weak::sign).sign(), RefusalReason.SIGNATURE);
            assertThat(fresh.log().warnings()).hasSize(1);
        }
    }

    private static TokenBuilder good() {
        return ISSUER.token().scope(Gate.SCOPE);
    }

    private static byte[] ecdsa(String hash, ECKey key, byte[] input) {
        try {
            Signature signature = Signature.getInstance(hash + "withECDSAinP1363Format");
            PrivateKey secret = key.toPrivateKey();
            signature.initSign(secret);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException | JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String ecJwk(String curve, String keyId, BigInteger x, BigInteger y) {
        return "{\"kty\":\"EC\",\"crv\":\"%s\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                .formatted(
                        curve, keyId, Base64URL.encode(WeakRsa.octets(x, 32)), Base64URL.encode(WeakRsa.octets(y, 32)));
    }
}
