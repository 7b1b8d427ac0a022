package dev.scopegate.validate;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.HttpConfigBuilder;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.JwksConfigBuilder;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.Validation;
import dev.scopegate.test.TestCertificates;
import dev.scopegate.test.TestIssuer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which way keys are fetched, and from whom they are taken. */
@Timeout(60)
class UpstreamsTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final HttpConfig DIRECT = HttpConfig.allowingInsecureLoopback();

    @TempDir
    private static Path folder;

    private static Path ours;
    private static Path others;
    private static WireMockServer server;

    @BeforeAll
    static void serveKeysOverTls() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        ours = certificates.authority("ours");
        others = certificates.authority("others");
        server = serving(certificates.issued("server", "ours", "localhost"));
    }

    @AfterAll
    static void stopServing() {
        server.stop();
    }

    @Test
    void keys_issuerBehindAProxy_fetchedThroughItAlone() {
        // The issuer itself stands in for the proxy: it answers for whatever host it is asked.
        URI keys = URI.create("http://issuer.example.test/jwks");
        HttpConfig proxied = HttpConfigBuilder.builder(DIRECT)
                .proxy(URI.create(ISSUER.issuer()))
                .build();

        assertThat(verdict(config(proxied, keys))).isInstanceOf(Validation.Valid.class);
        assertThat(verdict(config(DIRECT, keys))).isInstanceOf(Validation.Undecided.class);
    }

    @Test
    void keys_certificateOfAnAuthorityOfOurs_trustedThroughItsPemAlone() {
        URI keys = URI.create("https://localhost:" + server.httpsPort() + "/jwks");

        assertThat(verdict(config(trusting(ours), keys))).isInstanceOf(Validation.Valid.class);
        assertThat(verdict(config(trusting(others), keys))).isInstanceOf(Validation.Undecided.class);
        assertThat(verdict(config(DIRECT, keys))).isInstanceOf(Validation.Undecided.class);
    }

    @Test
    void successor_trustStoreOfAnotherContent_believesItAndForgetsTheKeys() throws Exception {
        Path store = Files.copy(ours, folder.resolve("store.pem"));
        URI keys = URI.create("https://localhost:" + server.httpsPort() + "/jwks");
        try (TokenValidator old = TokenValidator.of(config(trusting(store), keys), Clock.systemUTC())) {
            assertThat(verdict(old)).isInstanceOf(Validation.Valid.class);

            Files.copy(others, store, StandardCopyOption.REPLACE_EXISTING);

            try (TokenValidator next = old.successor(config(trusting(store), keys))) {
                assertThat(verdict(next)).isInstanceOf(Validation.Undecided.class);
                assertThat(verdict(old)).isInstanceOf(Validation.Valid.class);
            }
        }
    }

    private static HttpConfig trusting(Path store) {
        return HttpConfigBuilder.builder(DIRECT)
                .trustStore(FileReference.of(store.toString()))
                .build();
    }

    private static ScopegateConfig config(HttpConfig http, URI keys) {
        return ScopegateConfigBuilder.builder()
                .resource("https://api.example.com/contacts")
                .issuers(List.of(IssuerConfig.builder(ISSUER.issuer())
                        .jwks(JwksConfigBuilder.builder().uri(keys).build())
                        .build()))
                .http(http)
                .build();
    }

    private static Validation verdict(ScopegateConfig config) {
        try (TokenValidator validator = TokenValidator.of(config, Clock.systemUTC())) {
            return verdict(validator);
        }
    }

    private static Validation verdict(TokenValidator validator) {
        return Anywhere.validate(validator, ISSUER.token().sign());
    }

    private static WireMockServer serving(Path store) {
        WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(store.toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificates.PASSWORD)
                .keyManagerPassword(TestCertificates.PASSWORD));
        server.start();
        String keys = new JWKSet(ISSUER.signingKey(JWSAlgorithm.RS256)).toString(true);
        server.stubFor(get(urlEqualTo("/jwks")).willReturn(okJson(keys)));
        return server;
    }
}
