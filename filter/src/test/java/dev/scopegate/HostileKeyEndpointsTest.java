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
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
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

/** Endpoints that lie or fail where keys are fetched, and clients that have keys fetched which nobody has. */
@Timeout(120)
class HostileKeyEndpointsTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final RSAKey OTHER = KeySets.rsa("other");

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
                Gate gate = Gate.calm(ISSUER)) {
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
            try (Gate gate = Gate.calm(ISSUER)) {
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
        try (Gate gate = Gate.calm(ISSUER)) {
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
        try (Gate gate = Gate.calm(ISSUER)) {
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
        JwksConfig brief = JwksConfigBuilder.builder(Gate.CALM)
                .cooldown(Duration.ofSeconds(1))
                .build();
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
        try (Gate gate = Gate.calm(ISSUER)) {
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
        try (Gate gate = Gate.calm(ISSUER)) {
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

            try (Gate gate = Gate.calm(ISSUER)) {
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

    private static String own() {
        return KeySets.published(ISSUER, JWSAlgorithm.RS256);
    }

    private static IssuerConfig trusted(JwksConfig jwks) {
        return IssuerConfig.builder(ISSUER.issuer()).jwks(jwks).build();
    }

    private void answering(ResponseDefinitionBuilder answer) {
        stub(get(urlEqualTo("/jwks")).willReturn(answer));
    }

    private void stub(MappingBuilder mapping) {
        stubs.add(ISSUER.wireMock().stubFor(mapping));
    }
}
