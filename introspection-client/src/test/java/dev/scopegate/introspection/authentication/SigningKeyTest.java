package dev.scopegate.introspection.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which key files are taken, for which algorithms; and in which words the others are refused. */
class SigningKeyTest {

    private static final KeyPair RSA = KeyFiles.pair("RSA-2048");
    private static final KeyPair P256 = KeyFiles.pair("P-256");
    private static final KeyPair ED25519 = KeyFiles.pair("Ed25519");

    @TempDir
    private static Path folder;

    @ParameterizedTest
    @CsvSource({
        "RSA-2048, RS256, RS256 RS384 RS512 PS256 PS384 PS512",
        "RSA-3072, RS256, RS256 PS512",
        "P-256,    ES256, ES256",
        "P-384,    ES384, ES384",
        "P-521,    ES512, ES512",
        "Ed25519,  EdDSA, EdDSA Ed25519",
    })
    @Requirement("RFC7518 §3.1")
    void read_eachKindAsJwkAndAsPem_signsByEachOfItsAlgorithms(String kind, String usual, String algorithms)
            throws Exception {
        KeyPair pair = KeyFiles.pair(kind);
        for (String content :
                new String[] {KeyFiles.pem(pair), KeyFiles.jwk(pair).toJSONString()}) {
            assertThat(read(content, "").algorithm()).isEqualTo(usual);
            for (String algorithm : algorithms.split(" ", -1)) {
                JWSObject jws = JWSObject.parse(read(content, algorithm)
                        .sign(new JWTClaimsSet.Builder().subject("api").build()));

                assertThat(jws.getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
                assertThat(jws.getHeader().getKeyID()).isNull();
                assertThat(KeyFiles.verifies(jws, pair)).isTrue();
                assertThat(KeyFiles.verifies(jws, KeyFiles.pair(kind))).isFalse();
            }
        }
    }

    @ParameterizedTest
    @Requirement("RFC8725 §3.1")
    @CsvSource({
        "RSA,     ES256, 'holds an RSA key, which signs by RS256, RS384, RS512, PS256, PS384, PS512 alone'",
        "RSA,     HS256, 'holds an RSA key, which signs by RS256, RS384, RS512, PS256, PS384, PS512 alone'",
        "RSA,     none,  'holds an RSA key, which signs by RS256, RS384, RS512, PS256, PS384, PS512 alone'",
        "P256,    ES384, 'holds a key on P-256, which signs by ES256 alone'",
        "P256,    RS256, 'holds a key on P-256, which signs by ES256 alone'",
        "ED25519, ES256, 'holds an Ed25519 key, which signs by EdDSA, Ed25519 alone'",
    })
    void read_algorithmThatDoesNotFit_refused(String pair, String algorithm, String words) {
        KeyPair key = Map.of("RSA", RSA, "P256", P256, "ED25519", ED25519).get(pair);

        assertRefused(KeyFiles.pem(key), algorithm, words);
        assertRefused(KeyFiles.jwk(key).toJSONString(), algorithm, words);
    }

    @ParameterizedTest
    @CsvSource({
        "alg, PS256,                PS256, ''",
        "alg, PS256,                '',    ''",
        "alg, PS256,                RS256, holds a key for another algorithm than the configured one",
        "alg, ES256,                '',    names an algorithm that does not fit its key",
        "alg, RSA-OAEP-256,         RS256, names an algorithm that does not fit its key",
        "use, sig,                  RS256, ''",
        "use, enc,                  RS256, holds a key that is not meant to sign",
        "use, other,                RS256, holds a key that is not meant to sign",
    })
    @Requirement("RFC7517 §4.2")
    void read_whatTheJwkSaysItIsFor_heldToIt(String member, String value, String algorithm, String words)
            throws IOException {
        String jwk = jwkWith(RSA, Map.of(member, value));

        if (words.isEmpty()) {
            assertThat(read(jwk, algorithm).algorithm()).isEqualTo(member.equals("alg") ? "PS256" : "RS256");
        } else {
            assertRefused(jwk, algorithm, words);
        }
    }

    @Test
    @Requirement("RFC7517 §4.3")
    void read_operationsOfTheJwk_signIsAmongThem() throws IOException {
        assertThat(read(jwkWith(P256, Map.of("key_ops", List.of("sign"))), "")).isNotNull();
        assertRefused(jwkWith(P256, Map.of("key_ops", List.of("verify"))), "", "holds a key that is not meant to sign");
    }

    @Test
    @Requirement("RFC7517 §4.5")
    void read_keyId_configuredOneBeforeThatOfTheJwk() throws IOException {
        String jwk = jwkWith(P256, Map.of("kid", "own"));

        assertThat(read(jwk, "").keyId()).contains("own");
        assertThat(SigningKey.read(file(jwk), Optional.empty(), Optional.of("ours"))
                        .keyId())
                .contains("ours");
        assertThat(SigningKey.read(file(KeyFiles.pem(P256)), Optional.empty(), Optional.of("ours"))
                        .keyId())
                .contains("ours");
        assertThat(read(KeyFiles.pem(P256), "").keyId()).isEmpty();
    }

    static Stream<Arguments> unusable() {
        String pem = KeyFiles.pem(RSA);
        String jwk = KeyFiles.jwk(RSA).toJSONString();
        String noKind = "holds no key of RSA, P-256, P-384, P-521 or Ed25519";
        String mismatch = "holds a private key that does not belong to its public one, or that cannot sign";
        return Stream.of(
                Arguments.of("", "is neither a JWK nor PEM"),
                Arguments.of("s3cret", "is neither a JWK nor PEM"),
                Arguments.of("{", "is not one strict JSON object"),
                Arguments.of("{\"kty\":\"RSA\",\"kty\":\"oct\",\"k\":\"czNjcmV0\"}", "is not one strict JSON object"),
                Arguments.of("{\"kty\":\"s3cret\"}", "is no JWK that can be read"),
                Arguments.of("{\"kty\":\"RSA\",\"n\":7,\"e\":\"AQAB\"}", "is no JWK that can be read"),
                Arguments.of(
                        "{\"kty\":\"oct\",\"k\":\"czNjcmV0czNjcmV0\"}",
                        "holds a symmetric key, with which the server could sign as we do"),
                Arguments.of(
                        new JWKSet(KeyFiles.jwk(RSA)).toString(false), "is a JWK Set; keep the one key to sign with"),
                Arguments.of(KeyFiles.jwk(RSA).toPublicJWK().toJSONString(), "holds a public key, and no private one"),
                Arguments.of(KeyFiles.jwk(P256).toPublicJWK().toJSONString(), "holds a public key, and no private one"),
                Arguments.of(
                        KeyFiles.jwk(ED25519).toPublicJWK().toJSONString(), "holds a public key, and no private one"),
                Arguments.of("{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AAAA\",\"d\":\"AAAA\"}", noKind),
                Arguments.of(
                        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\",\"d\":\"AAAA\"}",
                        "holds numbers that make no key"),
                Arguments.of(with(jwk, "n", KeyFiles.jwk(KeyFiles.pair("RSA-2048"))), mismatch),
                Arguments.of(
                        with(KeyFiles.jwk(ED25519).toJSONString(), "d", KeyFiles.jwk(KeyFiles.pair("Ed25519"))),
                        mismatch),
                Arguments.of(
                        with(KeyFiles.jwk(P256).toJSONString(), "d", KeyFiles.jwk(KeyFiles.pair("P-256"))), mismatch),
                Arguments.of(
                        KeyFiles.pem(KeyFiles.pair("RSA-1024")),
                        "holds an RSA key of fewer than 2048 bits, or of more than 16384"),
                Arguments.of(
                        KeyFiles.jwk(KeyFiles.pair("RSA-1024")).toJSONString(),
                        "holds an RSA key of fewer than 2048 bits, or of more than 16384"),
                Arguments.of(
                        KeyFiles.pem("PUBLIC KEY", RSA.getPublic()),
                        "holds a public key or a certificate, and no private key"),
                Arguments.of(
                        KeyFiles.pem("RSA PRIVATE KEY", RSA.getPrivate()),
                        "is not PKCS #8; convert it ('openssl pkcs8 -topk8 -nocrypt -in … -out …')"),
                Arguments.of(
                        KeyFiles.pem("ENCRYPTED PRIVATE KEY", RSA.getPrivate()),
                        "holds an encrypted key; decrypt it ('openssl pkcs8 -in … -out …')"),
                Arguments.of(pem + pem, "holds more than one private key; keep one"),
                Arguments.of(KeyFiles.pem(KeyFiles.pair("X25519")), noKind),
                Arguments.of(KeyFiles.pem(KeyFiles.pair("Ed448")), noKind),
                Arguments.of("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", noKind),
                Arguments.of("-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n", "is broken PEM"),
                Arguments.of(pem.substring(0, pem.length() / 2), "is broken PEM"),
                Arguments.of(pem + " ".repeat(65_536), "has more than 65536 octets, and is no key"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unusable")
    void read_unusableFile_refusedInFixedWords(String content, String words) {
        assertRefused(content, "", words);
    }

    @Test
    void read_certificateAndPublicKeyBesideTheKey_leftAlone() throws IOException {
        String bundle = "our key\n" + KeyFiles.pem("PUBLIC KEY", RSA.getPublic()) + "\r\n" + KeyFiles.pem(RSA)
                + KeyFiles.pem("CERTIFICATE", RSA.getPublic());

        assertThat(read(bundle, "").algorithm()).isEqualTo("RS256");
    }

    @Test
    void read_noFile_refused() {
        assertThatThrownBy(() -> SigningKey.read(folder.resolve("nowhere"), Optional.empty(), Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot be read");
    }

    @Test
    void toString_key_hidden() throws IOException {
        assertThat(read(jwkWith(P256, Map.of("kid", "own")), ""))
                .hasToString("SigningKey[algorithm=ES256, key=hidden]");
    }

    private static void assertRefused(String content, String algorithm, String words) {
        assertThatThrownBy(() -> read(content, algorithm))
                .isInstanceOf(IOException.class)
                .hasMessage(words)
                .satisfies(refused -> assertThat(refused.getCause()).isNull());
    }

    private static SigningKey read(String content, String algorithm) throws IOException {
        return SigningKey.read(file(content), Optional.of(algorithm).filter(name -> !name.isEmpty()), Optional.empty());
    }

    private static Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "key", ""), content);
    }

    private static String jwkWith(KeyPair pair, Map<String, Object> members) {
        Map<String, Object> jwk = new HashMap<>(KeyFiles.jwk(pair).toJSONObject());
        jwk.putAll(members);
        return JSONObjectUtils.toJSONString(jwk);
    }

    private static String with(String jwk, String member, JWK other) {
        try {
            Map<String, Object> members = new HashMap<>(JSONObjectUtils.parse(jwk));
            members.put(member, other.toJSONObject().get(member));
            return JSONObjectUtils.toJSONString(members);
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
