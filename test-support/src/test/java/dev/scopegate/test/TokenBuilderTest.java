package dev.scopegate.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBuilderTest {

    private static final SigningKeys KEYS = SigningKeys.generate();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static TokenBuilder token() {
        return new TokenBuilder("https://login.example.com", "https://api.example.com/contacts", KEYS)
                .clock(MutableClock.at(NOW));
    }

    @Test
    void sign_nothingChanged_hasEveryClaimOfAnAccessToken() throws ParseException {
        String token = token().sign();

        assertThat(header(token))
                .containsOnlyKeys("alg", "kid")
                .containsEntry("alg", "RS256")
                .containsEntry("kid", KEYS.get(JWSAlgorithm.RS256).getKeyID());
        assertThat(claims(token))
                .containsOnlyKeys("iss", "sub", "aud", "client_id", "iat", "exp", "jti")
                .containsEntry("iss", "https://login.example.com")
                .containsEntry("sub", "alice")
                .containsEntry("aud", "https://api.example.com/contacts")
                .containsEntry("iat", NOW.getEpochSecond())
                .containsEntry("exp", NOW.getEpochSecond() + 300);
        assertThat(claims(token().sign()))
                .extracting("jti")
                .isNotEqualTo(claims(token).get("jti"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA", "Ed25519"})
    void sign_eachAlgorithm_verifiesAndItsTamperedTwinDoesNot(String name)
            throws ParseException, JOSEException, GeneralSecurityException {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        String token = token().algorithm(algorithm).sign();
        JWK key = KEYS.get(algorithm);

        assertThat(header(token)).containsEntry("alg", name).containsEntry("kid", key.getKeyID());
        assertThat(verifies(token, key)).isTrue();
        assertThat(verifies(token.replaceFirst("\\.", ".e"), key)).isFalse();
    }

    @Test
    void sign_algorithmWithoutAKey_refused() {
        assertThatThrownBy(() -> token().algorithm(JWSAlgorithm.ES384).sign())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ES384");
    }

    @Test
    void sign_keyOfAnotherType_refused() {
        assertThatThrownBy(() -> token().signedBy(KEYS.get(JWSAlgorithm.ES256)).sign())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sign_timesFromNow_toldWhenItIsSigned() throws ParseException {
        MutableClock clock = MutableClock.at(NOW);
        TokenBuilder token =
                token().clock(clock).expiredBy(Duration.ofMinutes(1)).notValidFor(Duration.ofMinutes(2));
        clock.advance(Duration.ofHours(1));

        assertThat(claims(token.sign()))
                .containsEntry("exp", NOW.getEpochSecond() + 3_600 - 60)
                .containsEntry("nbf", NOW.getEpochSecond() + 3_600 + 120);
    }

    @Test
    void sign_twoChangesOfOneClaim_theLastCounts() throws ParseException {
        assertThat(claims(
                        token().expiredBy(Duration.ofMinutes(1)).expiresAt(NOW).sign()))
                .containsEntry("exp", NOW.getEpochSecond());
        assertThat(claims(
                        token().expiredBy(Duration.ofMinutes(1)).without("exp").sign()))
                .doesNotContainKey("exp");
        assertThat(claims(
                        token().without("exp").expiredBy(Duration.ofMinutes(1)).sign()))
                .containsEntry("exp", NOW.getEpochSecond() - 60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA", "Ed25519"})
    void sign_byAnotherKey_namesTheIssuersAndDoesNotVerify(String name)
            throws ParseException, JOSEException, GeneralSecurityException {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        String token = token().signedByAnotherKey().algorithm(algorithm).sign();

        assertThat(header(token))
                .containsEntry("alg", name)
                .containsEntry("kid", KEYS.get(algorithm).getKeyID());
        assertThat(verifies(token, KEYS.get(algorithm))).isFalse();
    }

    @Test
    void sign_byAnotherKeyOfAnUnknownAlgorithm_refused() {
        assertThatThrownBy(() -> token().signedByAnotherKey()
                        .algorithm(JWSAlgorithm.ES384)
                        .sign())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ES384");
    }

    @Test
    @Requirement("RFC6750 §2.1")
    void authorization_token_presentedByTheSchemeBearer() throws ParseException {
        String value = token().subject("bob").authorization();

        assertThat(value).startsWith("Bearer ");
        assertThat(claims(value.substring("Bearer ".length()))).containsEntry("sub", "bob");
    }

    @Test
    void sign_claimsChanged_thoseAndNoOthers() throws ParseException {
        Map<String, Object> claims = claims(token().subject("bob")
                .audience("a", "b")
                .scope("read:contacts write")
                .issuedAt(NOW.minusSeconds(10))
                .expiresAt(NOW.plusSeconds(10))
                .notBefore(NOW)
                .claim("tenant", "acme")
                .claim("nothing", null)
                .without("jti")
                .sign());

        assertThat(claims)
                .containsOnlyKeys("iss", "sub", "aud", "client_id", "iat", "exp", "nbf", "scope", "tenant", "nothing")
                .containsEntry("sub", "bob")
                .containsEntry("aud", List.of("a", "b"))
                .containsEntry("scope", "read:contacts write")
                .containsEntry("iat", NOW.getEpochSecond() - 10)
                .containsEntry("exp", NOW.getEpochSecond() + 10)
                .containsEntry("nbf", NOW.getEpochSecond())
                .containsEntry("nothing", null);
        assertThat(claims(token().audience("one").sign())).containsEntry("aud", "one");
        assertThat(claims(token().without("sub").subject("bob").sign())).containsEntry("sub", "bob");
    }

    @Test
    void sign_headerChanged_changesTheTextAlone() throws Exception {
        String token =
                token().type("at+jwt").header("alg", "none").header("crit", "x").sign();

        assertThat(header(token))
                .containsEntry("typ", "at+jwt")
                .containsEntry("alg", "none")
                .containsEntry("crit", "x");
        assertThat(verifies(token, KEYS.get(JWSAlgorithm.RS256))).isTrue();
    }

    @Test
    void sign_keyIdChanged_asAsked() throws ParseException {
        assertThat(header(token().withKid("other").sign())).containsEntry("kid", "other");
        assertThat(header(token().withKid("other").withoutKid().sign())).containsOnlyKeys("alg");
    }

    @Test
    void sign_unsigned_namesNoAlgorithmAndHasNoSignature() throws ParseException {
        String token = token().unsigned().sign();

        assertThat(token).endsWith(".").matches("[^.]+\\.[^.]+\\.");
        assertThat(header(token)).isEqualTo(Collections.singletonMap("alg", "none"));
    }

    @Test
    void sign_byTheKeyOfAnother_keepsTheKeyIdAndDoesNotVerify() throws Exception {
        JWK other = SigningKeys.generate().get(JWSAlgorithm.RS256);
        String token = token().signedBy(other).sign();

        assertThat(header(token))
                .containsEntry("kid", KEYS.get(JWSAlgorithm.RS256).getKeyID());
        assertThat(verifies(token, KEYS.get(JWSAlgorithm.RS256))).isFalse();
        assertThat(verifies(token, other)).isTrue();
    }

    @Test
    void sign_withASharedSecret_makesTheTokenOfAnAlgorithmConfusion() throws Exception {
        OctetSequenceKey secret = new OctetSequenceKey.Builder(new byte[32]).build();
        String token = token().algorithm(JWSAlgorithm.HS256)
                .signedBy(secret)
                .withKid("k")
                .sign();

        assertThat(header(token)).containsEntry("alg", "HS256");
        assertThat(verifies(token, secret)).isTrue();
    }

    @Test
    void sign_rawParts_standAsTheyAreAndAreSigned() throws Exception {
        String token = token().rawHeader("{\"alg\":\"RS256\",\"alg\":\"none\"}")
                .rawClaims("[1,")
                .withKid("k")
                .subject("bob")
                .sign();

        String[] parts = token.split("\\.", -1);
        assertThat(new Base64URL(parts[0]).decodeToString()).isEqualTo("{\"alg\":\"RS256\",\"alg\":\"none\"}");
        assertThat(new Base64URL(parts[1]).decodeToString()).isEqualTo("[1,");
        assertThat(verifies(token, KEYS.get(JWSAlgorithm.RS256))).isTrue();
    }

    @Test
    void sign_withAFunction_itsOctetsAreTheSignature() throws ParseException {
        String token =
                token().signedWith(input -> new byte[] {(byte) input.length}).sign();

        int end = token.lastIndexOf('.');
        assertThat(new Base64URL(token.substring(end + 1)).decode()).containsExactly((byte) end);
        assertThat(header(token))
                .containsEntry("kid", KEYS.get(JWSAlgorithm.RS256).getKeyID());
        assertThat(token().signedWith(input -> new byte[0]).sign()).endsWith(".");
    }

    @Test
    void published_set_hasNoPrivatePart() {
        assertThat(KEYS.published())
                .contains("\"kid\"")
                .doesNotContain("\"d\"")
                .doesNotContain("\"p\"")
                .doesNotContain("\"q\"");
    }

    private static Map<String, Object> header(String token) throws ParseException {
        return part(token, 0);
    }

    private static Map<String, Object> claims(String token) throws ParseException {
        return part(token, 1);
    }

    private static Map<String, Object> part(String token, int index) throws ParseException {
        return JSONObjectUtils.parse(new Base64URL(token.split("\\.", -1)[index]).decodeToString());
    }

    private static boolean verifies(String token, JWK key) throws JOSEException, GeneralSecurityException {
        int end = token.lastIndexOf('.');
        byte[] input = token.substring(0, end).getBytes(StandardCharsets.US_ASCII);
        Base64URL signature = new Base64URL(token.substring(end + 1));
        if (key instanceof OctetKeyPair pair) {
            return ed25519Verifies(pair, input, signature.decode());
        }
        JWSAlgorithm algorithm = key.getAlgorithm() == null ? JWSAlgorithm.HS256 : (JWSAlgorithm) key.getAlgorithm();
        return verifier(key).verify(new JWSHeader(algorithm), input, signature);
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (key.getKeyType().getValue()) {
            case "RSA" -> new RSASSAVerifier(key.toRSAKey());
            case "EC" -> new ECDSAVerifier(key.toECKey());
            default -> new MACVerifier(key.toOctetSequenceKey());
        };
    }

    private static boolean ed25519Verifies(OctetKeyPair pair, byte[] input, byte[] signature)
            throws GeneralSecurityException {
        byte[] point = pair.getX().decode();
        byte[] bigEndian = new byte[point.length];
        for (int i = 0; i < point.length; i++) {
            bigEndian[i] = point[point.length - 1 - i];
        }
        boolean xOdd = (bigEndian[0] & 0x80) != 0;
        bigEndian[0] &= 0x7f;
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(
                        NamedParameterSpec.ED25519, new EdECPoint(xOdd, new BigInteger(1, bigEndian)))));
        verifier.update(input);
        return verifier.verify(signature);
    }
}
