package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.config.ConfigException;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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

/** Tokens whose algorithm, signature or key is chosen by an attacker. */
@Timeout(120)
class HostileAlgorithmsTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    /** FIPS 186-4 D.1.2.3: the order of P-256. */
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    /** RFC 8032 §5.1: the order L of the base point of Ed25519. */
    private static final BigInteger ED25519_ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

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

        try (Gate narrow = accepting("RS256")) {
            narrow.permits(good().sign());
            narrow.refuses(token, RefusalReason.ALGORITHM);
        }
        try (Gate wide = accepting("RS256", algorithm)) {
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

    static Stream<Arguments> ecdsaNumbers() {
        BigInteger one = BigInteger.ONE;
        BigInteger most = one.shiftLeft(256).subtract(one);
        return Stream.of(
                arguments("both zero (CVE-2022-21449)", BigInteger.ZERO, BigInteger.ZERO),
                arguments("r zero", BigInteger.ZERO, one),
                arguments("s zero", one, BigInteger.ZERO),
                arguments("both one", one, one),
                arguments("r the order", ORDER, one),
                arguments("s the order", one, ORDER),
                arguments("both the order", ORDER, ORDER),
                arguments("r above the order", ORDER.add(one), one),
                arguments("s above the order", one, ORDER.add(one)),
                arguments("both the highest", most, most),
                arguments("r below the order", ORDER.subtract(one), one));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC7518 §3.4")
    @MethodSource("ecdsaNumbers")
    void ecdsa_numbersOutOfRange_refused(String name, BigInteger r, BigInteger s) {
        gate.refuses(es256(good -> pair(r, s)), RefusalReason.SIGNATURE);
    }

    static Stream<Arguments> ecdsaForms() {
        return Stream.of(
                form("DER", HostileAlgorithmsTest::der),
                form("r plus the order", good -> pair(r(good).add(ORDER), s(good))),
                form("s plus the order", good -> pair(r(good), s(good).add(ORDER))),
                form("r zero", good -> pair(BigInteger.ZERO, s(good))),
                form("s zero", good -> pair(r(good), BigInteger.ZERO)),
                form("swapped", good -> pair(s(good), r(good))),
                form("an octet more", good -> Arrays.copyOf(good, 65)),
                form("an octet less", good -> Arrays.copyOf(good, 63)),
                form("half", good -> Arrays.copyOf(good, 32)),
                form("one octet", good -> Arrays.copyOf(good, 1)),
                form("zero before each number", good -> {
                    byte[] longer = new byte[66];
                    System.arraycopy(good, 0, longer, 1, 32);
                    System.arraycopy(good, 32, longer, 34, 32);
                    return longer;
                }));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC7518 §3.4")
    @MethodSource("ecdsaForms")
    void ecdsa_goodSignatureInAnotherForm_refused(String name, UnaryOperator<byte[]> change) {
        gate.permits(es256(good -> good));
        gate.refuses(es256(change), RefusalReason.SIGNATURE);
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

        try (Gate wide = accepting("RS256", "ES256", "ES384", "ES512")) {
            wide.permits(good().sign());
            wide.refuses(token, RefusalReason.KEY_UNKNOWN);
        }
    }

    @ParameterizedTest
    @CsvSource({"ES384, P-384", "ES512, P-521"})
    void ecdsa_keyOfItsCurve_permitted(String algorithm, String curve) throws Exception {
        ECKey key = new ECKeyGenerator(Curve.parse(curve)).keyID("own").generate();
        ISSUER.publishKeys(KeySets.of(KeySets.published(key)));

        try (Gate wide = accepting(algorithm)) {
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

    static Stream<Arguments> rsaForms() {
        return Stream.of("RS256", "PS256").flatMap(algorithm -> {
            BigInteger n = ISSUER.signingKey(JWSAlgorithm.parse(algorithm))
                    .toRSAKey()
                    .getModulus()
                    .decodeToBigInteger();
            return Stream.of(
                            form(
                                    "not reduced",
                                    good -> WeakRsa.octets(number(good).add(n), 256)),
                            form("zero", good -> WeakRsa.octets(BigInteger.ZERO, 256)),
                            form("one", good -> WeakRsa.octets(BigInteger.ONE, 256)),
                            form("n - 1", good -> WeakRsa.octets(n.subtract(BigInteger.ONE), 256)),
                            form("n", good -> WeakRsa.octets(n, 256)),
                            form("n + 1", good -> WeakRsa.octets(n.add(BigInteger.ONE), 256)),
                            form("negated", good -> WeakRsa.octets(n.subtract(number(good)), 256)),
                            form("a zero before it", good -> WeakRsa.octets(number(good), 257)),
                            form("a zero behind it", good -> Arrays.copyOf(good, 257)),
                            form("an octet less", good -> Arrays.copyOf(good, 255)),
                            form("one octet", good -> new byte[1]),
                            form("a kilobyte", good -> new byte[1024]))
                    .map(form -> arguments(algorithm, form.get()[0], form.get()[1]));
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @Requirement("RFC7515 §5.2")
    @MethodSource("rsaForms")
    void rsa_signatureInAnotherForm_refused(String name, String form, UnaryOperator<byte[]> change) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);

        gate.permits(good().algorithm(algorithm).sign());
        // Not each of them fits into the octets of the modulus; of some tries one does.
        for (int i = 0; i < 4; i++) {
            gate.refuses(changed(good().algorithm(algorithm).sign(), change), RefusalReason.SIGNATURE);
        }
    }

    static Stream<Arguments> ed25519Forms() {
        return Stream.of(
                form("S plus the order", good -> withS(good, reversed(good, 32).add(ED25519_ORDER))),
                form("S the order", good -> withS(good, ED25519_ORDER)),
                form("S zero", good -> withS(good, BigInteger.ZERO)),
                form("all zero", good -> new byte[64]),
                form("an octet more", good -> Arrays.copyOf(good, 65)),
                form("an octet less", good -> Arrays.copyOf(good, 63)),
                form("half", good -> Arrays.copyOf(good, 32)));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC8037 §3.1")
    @MethodSource("ed25519Forms")
    void ed25519_signatureInAnotherForm_refused(String name, UnaryOperator<byte[]> change) {
        for (String algorithm : List.of("EdDSA", "Ed25519")) {
            String token = good().algorithm(JWSAlgorithm.parse(algorithm)).sign();

            gate.permits(token);
            gate.refuses(changed(token, change), RefusalReason.SIGNATURE);
        }
    }

    @ParameterizedTest
    @CsvSource({"EdDSA, Ed25519", "Ed25519, EdDSA"})
    void ed25519_nameThatIsNotOnTheList_refused(String accepted, String other) {
        try (Gate narrow = accepting(accepted)) {
            narrow.permits(good().algorithm(JWSAlgorithm.parse(accepted)).sign());
            narrow.refuses(good().algorithm(JWSAlgorithm.parse(other)).sign(), RefusalReason.ALGORITHM);
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

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512", "none", "None", "RS1", "RSA-OAEP", "ES256K", ""})
    void build_algorithmOfASharedSecretOrUnknown_refused(String algorithm) {
        assertThatThrownBy(() -> accepting("RS256", algorithm).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("issuers[0].algorithms");
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

        try (Gate fresh =
                Gate.of(IssuerConfig.builder(ISSUER.issuer()).name("fresh").build())) {
            fresh.permits(good().sign());
            for (int i = 0; i < 3; i++) {
                fresh.refuses(good().withKid("weak").signedWith(weak::sign).sign(), RefusalReason.KEY_UNKNOWN);
            }
            fresh.refuses(good().withoutKid().signedWith(weak::sign).sign(), RefusalReason.SIGNATURE);
            // The gate of all tests warns for itself.
            assertThat(fresh.log().warnings())
                    .filteredOn(line -> line.contains("Issuer fresh"))
                    .hasSize(1);
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

    private static TokenBuilder good() {
        return ISSUER.token().scope(Gate.SCOPE);
    }

    private static Gate accepting(String... algorithms) {
        return Gate.of(IssuerConfig.builder(ISSUER.issuer())
                .algorithms(List.of(algorithms))
                .build());
    }

    private static String es256(UnaryOperator<byte[]> change) {
        return changed(good().algorithm(JWSAlgorithm.ES256).sign(), change);
    }

    /** The token with something else in place of its signature. */
    private static String changed(String token, UnaryOperator<byte[]> change) {
        int signature = token.lastIndexOf('.') + 1;
        byte[] good = new Base64URL(token.substring(signature)).decode();
        return token.substring(0, signature) + Base64URL.encode(change.apply(good));
    }

    private static Arguments form(String name, UnaryOperator<byte[]> change) {
        return arguments(name, change);
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

    private static BigInteger number(byte[] octets) {
        return new BigInteger(1, octets);
    }

    private static BigInteger r(byte[] signature) {
        return number(Arrays.copyOf(signature, 32));
    }

    private static BigInteger s(byte[] signature) {
        return number(Arrays.copyOfRange(signature, 32, 64));
    }

    private static byte[] pair(BigInteger r, BigInteger s) {
        byte[] first = WeakRsa.octets(r, 32);
        byte[] second = WeakRsa.octets(s, 32);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] der(byte[] signature) {
        byte[] r = r(signature).toByteArray();
        byte[] s = s(signature).toByteArray();
        byte[] der = new byte[6 + r.length + s.length];
        der[0] = 0x30;
        der[1] = (byte) (der.length - 2);
        der[2] = 0x02;
        der[3] = (byte) r.length;
        System.arraycopy(r, 0, der, 4, r.length);
        der[4 + r.length] = 0x02;
        der[5 + r.length] = (byte) s.length;
        System.arraycopy(s, 0, der, 6 + r.length, s.length);
        return der;
    }

    /** The number that the octets from {@code start} on are in little-endian order. */
    private static BigInteger reversed(byte[] octets, int start) {
        byte[] turned = new byte[octets.length - start];
        IntStream.range(0, turned.length).forEach(i -> turned[i] = octets[octets.length - 1 - i]);
        return number(turned);
    }

    private static byte[] withS(byte[] signature, BigInteger s) {
        byte[] big = WeakRsa.octets(s, 32);
        byte[] changed = signature.clone();
        IntStream.range(0, 32).forEach(i -> changed[32 + i] = big[31 - i]);
        return changed;
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
