package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.scopegate.config.ConfigException;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

/** JWK Sets with strange, broken or ambiguous keys, endpoints that lie, and clients that ask for keys that nobody has. */
@Timeout(120)
class HostileKeySetsTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    /** Longer than any test, so that time itself causes no fetch. */
    private static final JwksConfig CALM = JwksConfigBuilder.builder()
            .refreshInterval(Duration.ofDays(1))
            .maxStaleness(Duration.ofDays(2))
            .cooldown(Duration.ofHours(1))
            .build();

    private static final RSAKey OTHER = rsa("other");

    private final List<StubMapping> stubs = new ArrayList<>();

    @BeforeEach
    void publishOwnKeys() {
        ISSUER.publishOwnKeys();
    }

    @AfterEach
    void removeStubs() {
        // Each once: a second time would remove the stub of the issuer itself, which is for the same address.
        stubs.forEach(ISSUER.wireMock()::removeStub);
        stubs.clear();
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
            try (Gate gate = calm()) {
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
        try (Gate gate = calm()) {
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

        try (Gate gate = calm()) {
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

        try (Gate gate = calm()) {
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

        try (Gate gate = calm()) {
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

        try (Gate gate = calm()) {
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
        try (Gate gate = calm()) {
            gate.permits(good().sign());
            gate.refuses(byOther(), RefusalReason.KEY_UNKNOWN);
            gate.refuses(good().withoutKid().signedBy(OTHER).sign(), RefusalReason.SIGNATURE);
        }
    }

    @Test
    @Requirement("RFC7517 §4.3")
    void key_operationTwice_verifiesNothing() {
        ISSUER.publishKeys(KeySets.of(own(), saying("\"key_ops\":[\"verify\",\"verify\"]")));
        try (Gate gate = calm()) {
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
        try (Gate gate = calm()) {
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
        try (Gate gate = calm()) {
            gate.permits(byOther());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.com",
                "file:///etc/issuer",
                "ftp://login.example.com",
                "HTTP://login.example.com",
                "jar:https://login.example.com!/x",
                "//login.example.com",
                "login.example.com"
            })
    void build_addressWithoutTls_refused(String address) {
        assertThatThrownBy(() -> Gate.of(IssuerConfig.of(address)).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("issuers[0].issuer");
        assertThatThrownBy(() -> Gate.of(IssuerConfig.builder("https://login.example.com")
                                .jwks(JwksConfigBuilder.builder()
                                        .uri(URI.create(address))
                                        .build())
                                .build())
                        .close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("issuers[0].jwks.uri");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void fetch_redirect_notFollowedAndLastSetStays(int status) {
        try (Canary canary = new Canary();
                Gate gate = calm()) {
            gate.permits(good().sign());
            int fetches = ISSUER.jwksFetches();

            answering(
                    temporaryRedirect("http://" + canary.authority() + "/jwks").withStatus(status));
            gate.refuses(good().withKid("none").sign(), RefusalReason.KEY_UNKNOWN);

            assertThat(ISSUER.jwksFetches()).isGreaterThan(fetches);
            gate.permits(good().sign());
            assertThat(canary.connections()).isZero();
        }
    }

    @Test
    void fetch_redirectFromTheStart_undecided() {
        try (Canary canary = new Canary()) {
            answering(temporaryRedirect("http://" + canary.authority() + "/jwks"));
            try (Gate gate = calm()) {
                gate.leavesUndecided(good().sign(), RefusalReason.KEYS_UNAVAILABLE);
                assertThat(canary.connections()).isZero();
            }
        }
    }

    static Stream<Arguments> badSets() {
        ResponseDefinitionBuilder html =
                aResponse().withHeader("Content-Type", "text/html").withBody("<html>maintenance</html>");
        return Stream.of(
                arguments("HTML", html),
                arguments(
                        "a set as HTML",
                        aResponse().withHeader("Content-Type", "text/html").withBody(KeySets.of(own()))),
                arguments("nothing", okJson("")),
                arguments("empty object", okJson("{}")),
                arguments("keys null", okJson("{\"keys\":null}")),
                arguments("keys an object", okJson("{\"keys\":{}}")),
                arguments("no keys", okJson("{\"keys\":[]}")),
                arguments("no usable key", okJson("{\"keys\":[{\"kty\":\"AKP\"}]}")),
                arguments("an array", okJson("[" + own() + "]")),
                arguments("cut off", okJson(KeySets.of(own()).replaceFirst(".$", ""))),
                arguments("something behind it", okJson(KeySets.of(own()) + "{}")),
                arguments("keys twice", okJson("{\"keys\":[" + own() + "],\"keys\":[]}")),
                arguments("keys twice, good last", okJson("{\"keys\":[],\"keys\":[" + own() + "]}")),
                arguments("no content", aResponse().withStatus(204)),
                arguments("not found", aResponse().withStatus(404).withBody(KeySets.of(own()))),
                arguments("broken", aResponse().withStatus(500)),
                arguments("too many", aResponse().withStatus(429).withHeader("Retry-After", "1")),
                arguments("too large", okJson(KeySets.of(own()) + " ".repeat(300_000))));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC7517 §5")
    @MethodSource("badSets")
    void fetch_noSet_lastOneStays(String name, ResponseDefinitionBuilder answer) {
        try (Gate gate = calm()) {
            gate.permits(good().sign());
            int fetches = ISSUER.jwksFetches();

            answering(answer);
            gate.refuses(good().withKid("none").sign(), RefusalReason.KEY_UNKNOWN);

            assertThat(ISSUER.jwksFetches()).isGreaterThan(fetches);
            gate.permits(good().sign());
            gate.refuses(good().signedBy(OTHER).sign(), RefusalReason.SIGNATURE);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSets")
    void fetch_noSetFromTheStart_undecidedUntilThereIsOne(String name, ResponseDefinitionBuilder answer) {
        answering(answer);
        try (Gate gate = calm()) {
            gate.leavesUndecided(good().sign(), RefusalReason.KEYS_UNAVAILABLE);
            gate.leavesUndecided(good().signedBy(OTHER).sign(), RefusalReason.KEYS_UNAVAILABLE);

            removeStubs();
            await().atMost(Duration.ofSeconds(20)).until(() -> gate.judge(good().sign()) instanceof Conclusion.Passed);
        }
    }

    @Test
    void keyIds_tenThousandThatNobodyHas_oneFetchAndKnownKeysServe() {
        assertThat(fetchesOfAStorm()).isLessThanOrEqualTo(1);
    }

    @Test
    void keyIds_stormOverSomeCooldowns_oneFetchInEach() {
        JwksConfig brief =
                JwksConfigBuilder.builder(CALM).cooldown(Duration.ofSeconds(1)).build();
        try (Gate gate = Gate.of(trusted(brief))) {
            gate.permits(good().sign());
            int before = ISSUER.jwksFetches();
            String known = good().sign();
            long start = System.nanoTime();
            Duration storm = Duration.ZERO;
            while (storm.compareTo(Duration.ofSeconds(4)) < 0) {
                assertThat(gate.judge(namingAnyKey(known))).isInstanceOf(Conclusion.Answered.class);
                storm = Duration.ofNanos(System.nanoTime() - start);
            }

            assertThat((long) ISSUER.jwksFetches() - before).isLessThanOrEqualTo(1 + storm.toSeconds());
        }
    }

    /** How many fetches 10,000 tokens cause that name keys which nobody has, after the first set was had. */
    private static int fetchesOfAStorm() {
        try (Gate gate = calm()) {
            gate.permits(good().sign());
            int before = ISSUER.jwksFetches();
            String known = good().sign();
            for (int i = 0; i < 10_000; i++) {
                String token = namingAnyKey(known);
                if (i % 1_000 == 0) {
                    gate.refuses(token, RefusalReason.KEY_UNKNOWN);
                    gate.permits(good().sign());
                }
                assertThat(gate.judge(token)).isInstanceOf(Conclusion.Answered.class);
            }
            return ISSUER.jwksFetches() - before;
        }
    }

    /** The token with a header that names a key which nobody has. */
    private static String namingAnyKey(String token) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"%s\"}".formatted(UUID.randomUUID());
        return Base64URL.encode(header) + token.substring(token.indexOf('.'));
    }

    @Test
    void rotation_newKeyBesideTheOld_permittedAfterOneFetch() {
        ISSUER.publishKeys(KeySets.of(own()));
        try (Gate gate = calm()) {
            gate.permits(good().sign());
            int fetches = ISSUER.jwksFetches();

            ISSUER.publishKeys(KeySets.of(own(), KeySets.published(OTHER)));
            gate.permits(byOther());
            gate.permits(byOther());
            gate.permits(good().sign());

            assertThat(ISSUER.jwksFetches() - fetches).isEqualTo(1);
            gate.refuses(good().signedBy(OTHER).sign(), RefusalReason.SIGNATURE);
        }
    }

    @Test
    void rotation_oldKeyWithdrawn_itsTokensRefusedWithinTheRefreshInterval() {
        ISSUER.publishKeys(KeySets.of(own(), KeySets.published(OTHER)));
        JwksConfig brisk = JwksConfigBuilder.builder()
                .refreshInterval(Duration.ofSeconds(1))
                .build();
        try (Gate gate = Gate.of(trusted(brisk))) {
            String seen = byOther();
            await().until(() -> gate.judge(seen) instanceof Conclusion.Passed);

            ISSUER.publishKeys(KeySets.of(own()));

            await().atMost(Duration.ofSeconds(20)).until(() -> gate.judge(seen) instanceof Conclusion.Answered);
            gate.refuses(seen, RefusalReason.KEY_UNKNOWN);
            gate.refuses(byOther(), RefusalReason.KEY_UNKNOWN);
            await().until(() -> gate.judge(good().sign()) instanceof Conclusion.Passed);
        }
    }

    @ParameterizedTest
    @Requirement("RFC8414 §3.3")
    @CsvSource({
        "issuer with a slash, '{\"issuer\":\"ISSUER/\",\"jwks_uri\":\"ISSUER/jwks\"}'",
        "other issuer, '{\"issuer\":\"https://evil.example.com\",\"jwks_uri\":\"ISSUER/jwks\"}'",
        "no issuer, '{\"jwks_uri\":\"ISSUER/jwks\"}'",
        "list of issuers, '{\"issuer\":[\"ISSUER\"],\"jwks_uri\":\"ISSUER/jwks\"}'",
        "keys without TLS, '{\"issuer\":\"ISSUER\",\"jwks_uri\":\"http://keys.example.com/jwks\"}'",
        "keys in a file, '{\"issuer\":\"ISSUER\",\"jwks_uri\":\"file:///etc/passwd\"}'",
        "keys by FTP, '{\"issuer\":\"ISSUER\",\"jwks_uri\":\"ftp://CANARY/jwks\"}'",
        "keys in a jar, '{\"issuer\":\"ISSUER\",\"jwks_uri\":\"jar:http://CANARY/jwks!/k\"}'",
        "no keys, '{\"issuer\":\"ISSUER\"}'"
    })
    void discovery_documentOfSomebodyElse_refused(String name, String document) {
        try (Canary canary = new Canary()) {
            String said = document.replace("ISSUER", ISSUER.issuer()).replace("CANARY", canary.authority());
            for (String path :
                    List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")) {
                stub(get(urlEqualTo(path)).willReturn(okJson(said)));
            }
            int fetches = ISSUER.jwksFetches();

            try (Gate gate = calm()) {
                gate.leavesUndecided(good().sign(), RefusalReason.KEYS_UNAVAILABLE);
                assertThat(ISSUER.jwksFetches()).isEqualTo(fetches);
                assertThat(canary.connections()).isZero();
            }
        }
    }

    @Test
    void issuer_downAtFirst_undecidedUntilItIsUp() {
        try (TestIssuer late = TestIssuer.start()) {
            late.stop();
            try (Gate gate = Gate.before(late)) {
                gate.leavesUndecided(late.token().scope(Gate.SCOPE).sign(), RefusalReason.KEYS_UNAVAILABLE);
                gate.leavesUndecided(
                        late.token().scope(Gate.SCOPE).signedBy(OTHER).sign(), RefusalReason.KEYS_UNAVAILABLE);

                late.restart();

                await().atMost(Duration.ofSeconds(20))
                        .until(() -> gate.judge(late.token().scope(Gate.SCOPE).sign()) instanceof Conclusion.Passed);
                gate.refuses(late.token().scope(Gate.SCOPE).signedBy(OTHER).sign(), RefusalReason.SIGNATURE);
            }
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

    private static IssuerConfig trusted(JwksConfig jwks) {
        return IssuerConfig.builder(ISSUER.issuer()).jwks(jwks).build();
    }

    private static Gate calm() {
        return Gate.of(trusted(CALM));
    }

    private void answering(ResponseDefinitionBuilder answer) {
        stub(get(urlEqualTo("/jwks")).willReturn(answer));
    }

    private void stub(MappingBuilder mapping) {
        stubs.add(ISSUER.wireMock().stubFor(mapping));
    }

    private static RSAKey rsa(String keyId) {
        try {
            return new RSAKeyGenerator(2048).keyID(keyId).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
