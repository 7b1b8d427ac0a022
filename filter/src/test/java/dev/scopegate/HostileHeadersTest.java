package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.config.TokensConfigBuilder;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestCertificates;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens whose header brings its own key, says where to fetch one, or demands what is not understood; and encrypted ones. */
@Timeout(120)
class HostileHeadersTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final RSAKey ATTACKER = attacker();

    @TempDir
    private static Path folder;

    private static Canary canary;
    private static String certificate;

    private Gate gate;

    @BeforeAll
    static void makeBait() throws Exception {
        canary = new Canary();
        Path authority = new TestCertificates(folder).authority("attacker");
        certificate = Files.readString(authority).replaceAll("-----[A-Z ]+-----|\\s", "");
        Files.writeString(folder.resolve("keys.json"), KeySets.of(KeySets.published(ATTACKER)));
        ISSUER.wireMock()
                .stubFor(get(urlEqualTo("/open-redirect"))
                        .willReturn(temporaryRedirect("http://" + canary.authority() + "/keys")));
    }

    @AfterAll
    static void removeBait() {
        canary.close();
    }

    @BeforeEach
    void open() {
        ISSUER.publishOwnKeys();
        gate = Gate.before(ISSUER);
        gate.permits(good().sign());
    }

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void canary_called_sings() throws Exception {
        try (Canary other = new Canary()) {
            URI address = URI.create("http://" + other.authority());
            new Socket(address.getHost(), address.getPort()).close();

            await().untilAsserted(() -> assertThat(other.connections()).isEqualTo(1));
        }
    }

    /** Headers by which a token says what it wants to be verified with. */
    static Stream<Arguments> keysInTheHeader() throws JOSEException {
        String publicKey = KeySets.published(ATTACKER);
        String thumbprint =
                ISSUER.signingKey(JWSAlgorithm.RS256).computeThumbprint().toString();
        return Stream.of(
                arguments("jwk", Map.of("jwk", parsed(publicKey))),
                arguments("jwk as text", Map.of("jwk", publicKey)),
                arguments("jwk, private", Map.of("jwk", parsed(ATTACKER.toJSONString()))),
                arguments("jwk, symmetric", Map.of("jwk", Map.of("kty", "oct", "k", "AAAA"))),
                arguments("x5c", Map.of("x5c", List.of(certificate))),
                arguments("x5c with a fingerprint", Map.of("x5c", List.of(certificate), "x5t#S256", thumbprint)),
                arguments("x5t", Map.of("x5t", thumbprint)),
                arguments("keys", Map.of("keys", List.of(parsed(publicKey)))));
    }

    @ParameterizedTest(name = "{0}")
    @Requirement("RFC8725 §3.10")
    @MethodSource("keysInTheHeader")
    void header_bringsItsOwnKey_ignored(String name, Map<String, Object> header) {
        assertIgnored(header);
    }

    /** Addresses of which one asked for the attacker's keys would be heard. */
    static Stream<Arguments> addresses() {
        String issuer = ISSUER.issuer().replace("http://", "");
        return Stream.of(
                        "https://" + canary.authority() + "/keys",
                        "http://" + canary.authority() + "/keys",
                        "HTTP://" + canary.authority(),
                        "//" + canary.authority() + "/keys",
                        folder.resolve("keys.json").toUri().toString(),
                        "jar:http://" + canary.authority() + "/keys.jar!/keys",
                        "ldap://" + canary.authority() + "/o=keys",
                        "ftp://" + canary.authority() + "/keys",
                        "http://" + issuer + "@" + canary.authority() + "/keys",
                        "http://" + canary.authority() + "/keys#" + issuer,
                        ISSUER.issuer() + "/open-redirect",
                        "",
                        "::")
                .flatMap(address -> Stream.of("jku", "x5u").map(name -> arguments(name, address)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @Requirement("RFC8725 §3.10")
    @MethodSource("addresses")
    void header_saysWhereToFetchAKey_ignoredAndNobodyCalled(String name, String address) {
        int heard = canary.connections();

        assertIgnored(Map.of(name, address));

        assertThat(canary.connections()).isEqualTo(heard);
        ISSUER.wireMock().verify(0, getRequestedFor(urlEqualTo("/open-redirect")));
    }

    /** Forged by the attacker, whatever key it names; and a good token with it is as good as without it. */
    private void assertIgnored(Map<String, Object> header) {
        int fetches = ISSUER.jwksFetches();
        TokenBuilder forged = good().signedBy(ATTACKER);
        header.forEach(forged::header);
        gate.refuses(forged.sign(), RefusalReason.SIGNATURE);
        gate.refuses(forged.withoutKid().sign(), RefusalReason.SIGNATURE);
        assertThat(ISSUER.jwksFetches()).isEqualTo(fetches);
        gate.refuses(forged.withKid(ATTACKER.getKeyID()).sign(), RefusalReason.KEY_UNKNOWN);

        TokenBuilder genuine = good();
        header.forEach(genuine::header);
        gate.permits(genuine.sign());
    }

    @ParameterizedTest
    @Requirement("RFC7515 §4.1.4")
    @ValueSource(
            strings = {
                "../../dev/null",
                "' OR 1=1--",
                "",
                " ",
                "*",
                "%00",
                "${jndi:ldap://localhost/x}",
                "a\r\nWARN forged line",
                "a\u2028b",
                "\u001b[2J\u001b[31m",
                "\u0000",
                "null",
                "0"
            })
    void keyId_anyText_anOpaqueNameAndNeverLogged(String keyId) {
        gate.refuses(good().withKid(keyId).sign(), RefusalReason.KEY_UNKNOWN);

        assertThat(gate.log().text()).doesNotContain("\u001b", "\u2028", "\u0000", "jndi", "forged line", "OR 1=1");
    }

    @Test
    @Requirement("RFC7515 §4.1.4")
    void keyId_changedInCaseOrBySpaces_anotherName() {
        String keyId = ISSUER.signingKey(JWSAlgorithm.RS256).getKeyID();

        gate.permits(good().withKid(keyId).sign());
        for (String near : List.of(keyId + " ", " " + keyId, keyId.toUpperCase(Locale.ROOT), keyId + "\u0000")) {
            gate.refuses(good().withKid(near).sign(), RefusalReason.KEY_UNKNOWN);
        }
    }

    @Test
    void keyId_longText_refusedByItsLengthOrAsUnknown() {
        String token = good().withKid("k".repeat(40_000)).sign();

        gate.refuses(token, RefusalReason.TOKEN_TOO_LARGE);
        try (Gate patient = Gate.of(builder -> builder.issuer(ISSUER.issuer())
                .tokens(TokensConfigBuilder.builder().maxBytes(65_536).build()))) {
            patient.permits(good().sign());
            patient.refuses(token, RefusalReason.KEY_UNKNOWN);
        }
    }

    /** What is no text cannot be compared with a name, and leaving it out would let the token choose among all keys. */
    static Stream<Object> notTexts() {
        return Stream.of(1, 1.5, true, List.of(), List.of(keyId()), Map.of(), Map.of("kid", keyId()));
    }

    @ParameterizedTest
    @Requirement("RFC7515 §4.1.4")
    @MethodSource("notTexts")
    void keyId_noText_refusedThoughWellSigned(Object keyId) {
        gate.refuses(good().header("kid", keyId).sign(), RefusalReason.HEADER);
    }

    @Test
    @Requirement("RFC7515 §4.1.4")
    void keyId_null_refusedThoughWellSigned() {
        gate.refuses(good().header("kid", null).sign(), RefusalReason.TOKEN_MALFORMED);
    }

    @Test
    @Requirement("RFC7515 §4.1.4")
    void keyId_absentAndOneKeyPublished_permitted() {
        ISSUER.publishKeys(KeySets.of(KeySets.published(ISSUER, JWSAlgorithm.RS256)));

        try (Gate fresh = Gate.before(ISSUER)) {
            fresh.permits(good().withoutKid().sign());
            fresh.refuses(good().withoutKid().signedBy(ATTACKER).sign(), RefusalReason.SIGNATURE);
        }
    }

    static Stream<Map<String, Object>> demands() {
        return Stream.of(
                Map.of("crit", List.of("exp")),
                Map.of("crit", List.of("bork"), "bork", true),
                Map.of("crit", List.of("cnf")),
                Map.of("crit", List.of("cnf"), "cnf", Map.of()),
                Map.of("crit", List.of()),
                Map.of("crit", "b64"),
                Map.of("crit", List.of(1)),
                Map.of("crit", List.of("absent")),
                Map.of("crit", List.of("bork", "bork"), "bork", 1),
                Map.of("crit", List.of("alg")),
                Map.of("crit", List.of("kid")),
                Map.of("crit", Map.of("exp", true)),
                Map.of("crit", false),
                Map.of("crit", ""),
                Map.of("b64", false),
                Map.of("b64", true),
                Map.of("b64", "false"),
                Map.of("b64", false, "crit", List.of("b64")),
                Map.of("b64", true, "crit", List.of("b64")),
                Map.of("cty", "JWT"));
    }

    @ParameterizedTest
    @Requirement({"RFC7515 §4.1.11", "RFC7797 §7"})
    @MethodSource("demands")
    void header_demandsWhatIsNotUnderstood_refusedThoughWellSigned(Map<String, Object> demand) {
        int fetches = ISSUER.jwksFetches();
        TokenBuilder token = good();
        demand.forEach(token::header);

        gate.refuses(token.sign(), RefusalReason.HEADER);
        assertThat(ISSUER.jwksFetches()).isEqualTo(fetches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crit", "b64", "cty", "typ"})
    void header_demandOfNull_refusedThoughWellSigned(String name) {
        gate.refuses(good().header(name, null).sign(), RefusalReason.TOKEN_MALFORMED);
    }

    @Test
    @Requirement("RFC7515 §4")
    void header_parameterThatNobodyKnows_ignored() {
        gate.permits(good().header("bork", true).sign());
    }

    /** RFC 7797: the payload stands there as it is, which another reader might take for the claims. */
    @Test
    @Requirement("RFC7797 §7")
    void payload_notEncoded_refused() {
        String token =
                good().header("b64", false).header("crit", List.of("b64")).sign();
        String[] parts = token.split("\\.", -1);
        String plain = parts[0] + ".e30." + parts[2];

        gate.refuses(plain, RefusalReason.HEADER);
        gate.refuses(parts[0] + ".{}." + parts[2], RefusalReason.CREDENTIALS_MALFORMED);
        gate.refuses(parts[0] + ".." + parts[2], RefusalReason.HEADER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP-256", "RSA-OAEP-512", "RSA1_5"})
    void jwe_unsignedTokenForAPublicKeyOfTheIssuer_refused(String algorithm) throws JOSEException {
        RSAKey key = ISSUER.signingKey(JWSAlgorithm.RS256).toRSAKey();
        int fetches = ISSUER.jwksFetches();
        for (String contentType : List.of("JWT", "")) {
            JWEHeader.Builder header = new JWEHeader.Builder(
                            JWEAlgorithm.parse(algorithm), EncryptionMethod.A128CBC_HS256)
                    .keyID(key.getKeyID());
            JWEObject jwe = new JWEObject(
                    (contentType.isEmpty() ? header : header.contentType(contentType)).build(),
                    new Payload(good().unsigned().sign()));
            jwe.encrypt(new RSAEncrypter(key));

            gate.refuses(jwe.serialize(), RefusalReason.TOKEN_ENCRYPTED);
        }
        assertThat(ISSUER.jwksFetches()).isEqualTo(fetches);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000_000, Integer.MAX_VALUE, Long.MAX_VALUE})
    void jwe_passwordThatTakesLong_refusedBeforeAnyWork(long count) {
        String header = Base64URL.encode(
                        "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128CBC-HS256\",\"p2s\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"p2c\":%d}"
                                .formatted(count))
                .toString();
        String token =
                header + "." + "A".repeat(54) + ".AAAAAAAAAAAAAAAAAAAAAA." + "A".repeat(256) + "." + "A".repeat(22);
        for (int i = 0; i < 100; i++) {
            gate.refuses(token, RefusalReason.TOKEN_ENCRYPTED);
        }

        // By the clock of the processor, which a busy machine does not hold up.
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < 100; i++) {
            gate.judge(token);
        }
        Duration each = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
                .dividedBy(100);
        assertThat(each).isLessThan(Duration.ofMillis(1));
    }

    @Test
    void jwe_nothingButDots_refused() {
        gate.refuses("eyJ....", RefusalReason.TOKEN_ENCRYPTED);
        gate.refuses("eyJ.....", RefusalReason.TOKEN_MALFORMED);
    }

    private static TokenBuilder good() {
        return ISSUER.token().scope(Gate.SCOPE);
    }

    private static String keyId() {
        return ISSUER.signingKey(JWSAlgorithm.RS256).getKeyID();
    }

    private static Map<String, Object> parsed(String json) {
        try {
            return JSONObjectUtils.parse(json);
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static RSAKey attacker() {
        try {
            return new RSAKeyGenerator(2048).keyID("attacker").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
