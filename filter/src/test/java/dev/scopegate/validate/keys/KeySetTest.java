package dev.scopegate.validate.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.test.Requirement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which published key may verify which token. */
class KeySetTest {

    /** Made once, since making it takes a while; what a key is called and good for is changed for each test. */
    private static final RSAKey RSA = generate();

    @Test
    void find_namedKey_thatOneAlone() throws Exception {
        KeySet keys = set(rsa("a").build(), rsa("b").build(), ec("c").build());

        assertThat(names(keys, "RS256", Optional.of("b"))).containsExactly("b");
        assertThat(names(keys, "RS256", Optional.of("x"))).isEmpty();
        assertThat(keys.names("b")).isTrue();
        assertThat(keys.names("x")).isFalse();
    }

    @Test
    @Requirement("RFC7517 §4.5")
    void find_noKeyNamed_compatibleOnesAndNoMoreThanFour() throws Exception {
        KeySet keys = set(
                ec("0").build(),
                rsa("1").build(),
                rsa("2").build(),
                rsa("3").build(),
                rsa("4").build(),
                rsa("5").build());

        assertThat(names(keys, "RS256", Optional.empty())).containsExactly("1", "2", "3", "4");
        assertThat(names(keys, "ES256", Optional.empty())).containsExactly("0");
        assertThat(names(keys, "ES384", Optional.empty())).isEmpty();
    }

    @Test
    @Requirement("RFC7517 §4")
    void find_keyForSomethingElse_unknown() throws Exception {
        KeySet keys = set(
                rsa("enc").keyUse(KeyUse.ENCRYPTION).build(),
                rsa("sign").keyOperations(Set.of(KeyOperation.SIGN)).build(),
                rsa("verify").keyOperations(Set.of(KeyOperation.VERIFY)).build(),
                rsa("ps").algorithm(JWSAlgorithm.PS256).build(),
                ec("p384", Curve.P_384).build(),
                new OctetKeyPair.Builder(Curve.X25519, Base64URL.encode(new byte[32]))
                        .keyID("x25519")
                        .build());

        assertThat(names(keys, "RS256", Optional.of("enc"))).isEmpty();
        assertThat(names(keys, "RS256", Optional.of("sign"))).isEmpty();
        assertThat(names(keys, "RS256", Optional.of("ps"))).isEmpty();
        assertThat(names(keys, "ES256", Optional.of("p384"))).isEmpty();
        assertThat(names(keys, "EdDSA", Optional.of("x25519"))).isEmpty();
        assertThat(names(keys, "RS256", Optional.of("verify"))).containsExactly("verify");
        assertThat(names(keys, "PS256", Optional.of("ps"))).containsExactly("ps");
        assertThat(names(keys, "ES384", Optional.of("p384"))).containsExactly("p384");
    }

    @Test
    void find_symmetricAlgorithm_neverInASetOfPublicKeys() throws Exception {
        KeySet keys = set(rsa("a").build());

        assertThat(names(keys, "HS256", Optional.of("a"))).isEmpty();
        assertThat(names(keys, "HS256", Optional.empty())).isEmpty();
        assertThat(names(keys, "none", Optional.empty())).isEmpty();
    }

    @Test
    void find_sameNameTwice_usableOnlyWhereTheTypeDecides() throws Exception {
        KeySet keys = set(rsa("a").build(), rsa("a").build(), rsa("b").build(), ec("b").build());

        assertThat(names(keys, "RS256", Optional.of("a"))).isEmpty();
        assertThat(names(keys, "RS256", Optional.of("b"))).containsExactly("b");
        assertThat(names(keys, "ES256", Optional.of("b"))).containsExactly("b");
    }

    @Test
    void isUsable_nothingThatVerifies_false() throws Exception {
        assertThat(set(rsa("a").build()).isUsable()).isTrue();
        assertThat(set(rsa("enc").keyUse(KeyUse.ENCRYPTION).build()).isUsable()).isFalse();
        assertThat(set().isUsable()).isFalse();
    }

    @Test
    void following_keyThatStays_sameObjectAndTheOthersNot() throws Exception {
        ECKey leaving = ec("leaves").build();
        KeySet before = set(rsa("stays").build(), leaving);
        KeySet after = KeySet.following(before, List.of(rsa("stays").build().toPublicJWK()));
        JWK kept = found(before, "RS256", Optional.of("stays")).get(0);
        JWK gone = found(before, "ES256", Optional.of("leaves")).get(0);

        assertThat(found(after, "RS256", Optional.of("stays"))).singleElement().isSameAs(kept);
        assertThat(after.has(kept)).isTrue();
        assertThat(after.has(gone)).isFalse();
        assertThat(before.has(gone)).isTrue();
    }

    private static List<String> names(KeySet keys, String algorithm, Optional<String> keyId) {
        return found(keys, algorithm, keyId).stream().map(JWK::getKeyID).toList();
    }

    private static List<JWK> found(KeySet keys, String algorithm, Optional<String> keyId) {
        return keys.find(JWSAlgorithm.parse(algorithm), keyId) instanceof KeyLookup.Found found
                ? found.keys()
                : List.of();
    }

    private static KeySet set(JWK... keys) {
        return KeySet.of(Arrays.stream(keys).map(JWK::toPublicJWK).toList());
    }

    private static RSAKey.Builder rsa(String keyId) {
        return new RSAKey.Builder(RSA).keyID(keyId);
    }

    private static ECKey.Builder ec(String keyId) throws JOSEException {
        return ec(keyId, Curve.P_256);
    }

    private static ECKey.Builder ec(String keyId, Curve curve) throws JOSEException {
        return new ECKey.Builder(new ECKeyGenerator(curve).generate()).keyID(keyId);
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
