package dev.scopegate.validate.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.metadata.MetadataDiscovery;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which published key may verify which token; the sets are files. */
class IssuerKeysTest {

    /** Made once, since making it takes a while; what a key is called and good for is changed for each test. */
    private static final RSAKey RSA = generate();

    private final BoundedHttpClient http = BoundedHttpClient.builder().build();

    @TempDir
    private Path folder;

    private IssuerKeys keys;

    @AfterEach
    void close() {
        keys.close();
        http.close();
    }

    @Test
    void find_namedKey_thatOneAlone() throws Exception {
        keys = published(rsa("a").build(), rsa("b").build(), ec("c").build());

        assertThat(find("RS256", "b"))
                .isInstanceOfSatisfying(
                        KeyLookup.Found.class,
                        found -> assertThat(found.keys())
                                .extracting(JWK::getKeyID)
                                .containsExactly("b"));
        assertThat(find("RS256", "x")).isInstanceOf(KeyLookup.Unknown.class);
    }

    @Test
    void find_noKeyNamed_compatibleOnesAndNoMoreThanFour() throws Exception {
        keys = published(
                ec("0").build(),
                rsa("1").build(),
                rsa("2").build(),
                rsa("3").build(),
                rsa("4").build(),
                rsa("5").build());

        assertThat(keys.find(JWSAlgorithm.RS256, Optional.empty()))
                .isInstanceOfSatisfying(
                        KeyLookup.Found.class,
                        found -> assertThat(found.keys())
                                .extracting(JWK::getKeyID)
                                .containsExactly("1", "2", "3", "4"));
    }

    @Test
    @Requirement("RFC7517 §4")
    void find_keyForSomethingElse_unknown() throws Exception {
        keys = published(
                rsa("enc").keyUse(KeyUse.ENCRYPTION).build(),
                rsa("sign").keyOperations(Set.of(KeyOperation.SIGN)).build(),
                rsa("verify").keyOperations(Set.of(KeyOperation.VERIFY)).build(),
                rsa("ps").algorithm(JWSAlgorithm.PS256).build(),
                new RSAKeyGenerator(1024, true).keyID("small").generate(),
                ec("p384", Curve.P_384).build());

        assertThat(find("RS256", "enc")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(find("RS256", "sign")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(find("RS256", "ps")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(find("RS256", "small")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(find("ES256", "p384")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(find("RS256", "verify")).isInstanceOf(KeyLookup.Found.class);
        assertThat(find("PS256", "ps")).isInstanceOf(KeyLookup.Found.class);
        assertThat(find("ES384", "p384")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void find_sameNameTwice_usableOnlyWhereTheTypeDecides() throws Exception {
        keys = published(rsa("a").build(), rsa("a").build(), rsa("b").build(), ec("b").build());

        assertThat(find("RS256", "a")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(find("RS256", "b")).isInstanceOf(KeyLookup.Found.class);
        assertThat(find("ES256", "b")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    @Requirement("RFC7517 §5")
    void find_setWithUnusableEntries_restIsUsed() throws Exception {
        String good = rsa("good").build().toPublicJWK().toJSONString();
        String secret =
                new OctetSequenceKeyGenerator(256).keyID("secret").generate().toJSONString();
        keys = publishedText(
                "{\"keys\":[{\"kty\":\"AKP\",\"kid\":\"x\"},{\"kty\":\"RSA\",\"kid\":\"y\",\"n\":\"!\"},1,null,[],"
                        + "{\"kid\":\"z\"}," + secret + "," + good + "]}");

        assertThat(find("RS256", "good")).isInstanceOf(KeyLookup.Found.class);
        assertThat(find("HS256", "secret")).isInstanceOf(KeyLookup.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "{\"keys\":null}",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "[]",
                "{\"keys\":[1]}",
                "{\"keys\":[],\"keys\":[]}",
                "{\"keys\":["
            })
    void find_noSet_unavailable(String text) throws Exception {
        keys = publishedText(text);

        assertThat(find("RS256", "a")).isInstanceOf(KeyLookup.Unavailable.class);
    }

    private KeyLookup find(String algorithm, String keyId) {
        return keys.find(JWSAlgorithm.parse(algorithm), Optional.of(keyId));
    }

    private IssuerKeys published(JWK... set) throws IOException {
        return publishedText(Arrays.stream(set)
                .map(key -> key.toPublicJWK().toJSONString())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    private IssuerKeys publishedText(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("keys.json"), text);
        JwksConfig config = new JwksConfig(
                Optional.empty(),
                Optional.of(new FileReference(file)),
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                Duration.ofSeconds(30));
        IssuerMetadata metadata =
                new IssuerMetadata("https://unused", new MetadataDiscovery(http, false), InstantSource.system());
        return IssuerKeys.of("main", config, http, metadata, 65_536);
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
