package dev.scopegate.validate.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.CapturedLog;
import dev.scopegate.test.Requirement;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a published set is used, and what is said of the rest. */
class JwkSetReaderTest {

    private final JwkSetReader reader = new JwkSetReader("main");

    @Test
    @Requirement("RFC7517 §5")
    void read_setWithUnusableEntries_restIsUsed() throws Exception {
        assertThat(names(reader.read(set(
                        "{\"kty\":\"AKP\",\"kid\":\"post-quantum\",\"alg\":\"ML-DSA-65\"}",
                        "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"kid\":\"ed448\",\"x\":\"" + "A".repeat(76) + "\"}",
                        "{\"kty\":\"RSA\",\"kid\":\"y\",\"n\":\"!\"}",
                        "{\"kty\":\"RSA\",\"kid\":\"y\",\"n\":\"AQAB\"}",
                        "{\"kid\":\"z\"}",
                        "{\"kty\":\"EC\",\"kid\":7,\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                        "1",
                        "null",
                        "[]",
                        good("good")))))
                .containsExactly("good");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Requirement("RFC8725 §3.4")
    void read_keyThatProvesNothing_leftOut(String name, String entry) throws Exception {
        assertThat(names(reader.read(set(entry, good("good"))))).as(name).containsExactly("good");
    }

    static Stream<Arguments> read_keyThatProvesNothing_leftOut() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("weak").generate();
        BigInteger modulus = rsa.getModulus().decodeToBigInteger();
        String ec = new ECKeyGenerator(Curve.P_256)
                .keyID("weak")
                .generate()
                .toPublicJWK()
                .toJSONString();
        return Stream.of(
                Arguments.of(
                        "too short",
                        new RSAKeyGenerator(1024, true).generate().toPublicJWK().toJSONString()),
                Arguments.of("exponent 1", rsa(modulus, BigInteger.ONE)),
                Arguments.of("exponent 3", rsa(modulus, BigInteger.valueOf(3))),
                Arguments.of("even exponent", rsa(modulus, BigInteger.valueOf(65_538))),
                Arguments.of(
                        "huge exponent",
                        rsa(modulus, BigInteger.ONE.shiftLeft(80).add(BigInteger.ONE))),
                Arguments.of(
                        "huge modulus", rsa(BigInteger.ONE.shiftLeft(17_000).add(BigInteger.ONE), RSA_F4)),
                Arguments.of("even modulus", rsa(modulus.subtract(BigInteger.ONE), RSA_F4)),
                // 65537 to whatever power has the structure that the weak generator leaves.
                Arguments.of("ROCA", rsa(RSA_F4.pow(130), RSA_F4)),
                Arguments.of("point not on the curve", ec.replaceFirst("\"y\":\"..", "\"y\":\"AA")),
                Arguments.of(
                        "point at infinity",
                        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + ZERO + "\",\"y\":\"" + ZERO + "\"}"),
                Arguments.of("curve of others", ec.replace("P-256", "secp256k1")));
    }

    private static final BigInteger RSA_F4 = BigInteger.valueOf(65_537);
    private static final String ZERO = "A".repeat(43);

    @Test
    @Requirement("RFC7517 §9.2")
    void read_secretKeys_publicPartsAloneAndWarned() throws Exception {
        JWK pair = new ECKeyGenerator(Curve.P_256).keyID("pair").generate();
        String symmetric =
                new OctetSequenceKeyGenerator(256).keyID("shared").generate().toJSONString();

        String log = CapturedLog.during(() ->
                assertThat(reader.read(set(pair.toJSONString(), symmetric))).containsExactly(pair.toPublicJWK()));

        assertThat(log)
                .contains("publishes the secret part of a key")
                .doesNotContain("pair")
                .doesNotContain("shared");
    }

    @Test
    void read_sameUnusableKeyAgain_warnedOfOnce() throws Exception {
        String text = set("{\"kty\":\"AKP\",\"kid\":\"post-quantum\"}", good("good"));

        String first = CapturedLog.during(() -> reader.read(text));
        String second = CapturedLog.during(() -> reader.read(text));

        assertThat(first)
                .contains("Issuer main publishes a key that is not used")
                .doesNotContain("post-quantum");
        assertThat(second).isEmpty();
    }

    private static String rsa(BigInteger modulus, BigInteger exponent) {
        return "{\"kty\":\"RSA\",\"kid\":\"weak\",\"n\":\"" + Base64URL.encode(modulus) + "\",\"e\":\""
                + Base64URL.encode(exponent) + "\"}";
    }

    private static String good(String keyId) throws Exception {
        return new ECKeyGenerator(Curve.P_256)
                .keyID(keyId)
                .generate()
                .toPublicJWK()
                .toJSONString();
    }

    private static String set(String... entries) {
        return "{\"keys\":[" + String.join(",", entries) + "]}";
    }

    private static List<String> names(List<JWK> keys) {
        return keys.stream().map(JWK::getKeyID).toList();
    }
}
