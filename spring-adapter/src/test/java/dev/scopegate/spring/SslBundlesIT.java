package dev.scopegate.spring;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.scopegate.ResourceServer;
import dev.scopegate.config.ConfigException;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.test.TestCertificates;
import dev.scopegate.test.TestIssuer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** SSL bundles of an application, in connections with an issuer that demands the certificate of its client. */
@Timeout(120)
class SslBundlesIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final String PEM = "spring.ssl.bundle.pem.";

    @TempDir
    private static Path folder;

    private static TestCertificates certificates;
    private static WireMockServer open;
    private static WireMockServer demanding;

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, ScopegateAutoConfiguration.class))
            .withPropertyValues(
                    "scopegate.resource=https://api.example.com/contacts",
                    "scopegate.issuers[0].issuer=" + ISSUER.issuer(),
                    "scopegate.http.allow-insecure-loopback=true",
                    "scopegate.http.connect-timeout=20s",
                    "scopegate.routes[0].route=GET /contacts",
                    "scopegate.routes[0].scopes=read:contacts")
            .withPropertyValues(trusting("trusting", "server"))
            .withPropertyValues(trusting("trusting-others", "others"))
            .withPropertyValues(trusting("known", "server"))
            .withPropertyValues(showing("known", "client"))
            .withPropertyValues(trusting("stranger", "server"))
            .withPropertyValues(showing("stranger", "others"))
            .withPropertyValues(showing("key-alone", "client"));

    @BeforeAll
    static void start() throws Exception {
        certificates = new TestCertificates(folder);
        for (String name : List.of("server", "client", "others")) {
            certificates.selfSigned(name, "localhost");
            certificates.privateKey(name);
        }
        open = start(tls());
        demanding = start(tls().needClientAuth(true)
                .trustStorePath(trustStore("client").toString())
                .trustStoreType("PKCS12")
                .trustStorePassword(TestCertificates.PASSWORD));
    }

    private static Path trustStore(String name) throws IOException {
        return certificates.trustStore("trusting-" + name, certificates.certificate(name));
    }

    private static WireMockConfiguration tls() {
        return WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(certificates.keyStore("server").toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificates.PASSWORD)
                .keyManagerPassword(TestCertificates.PASSWORD);
    }

    private static WireMockServer start(WireMockConfiguration options) throws IOException, InterruptedException {
        WireMockServer server = new WireMockServer(options);
        server.start();
        String keys = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(ISSUER.jwksUri()).build(), BodyHandlers.ofString())
                .body();
        server.stubFor(get("/jwks").willReturn(okJson(keys)));
        server.stubFor(post("/introspect")
                .willReturn(okJson("{\"active\":true,\"aud\":\"https://api.example.com/contacts\",\"sub\":\"alice\","
                        + "\"scope\":\"read:contacts\",\"exp\":4102444800}")));
        return server;
    }

    @AfterAll
    static void stop() {
        open.stop();
        demanding.stop();
    }

    private static String[] trusting(String bundle, String name) {
        return new String[] {PEM + bundle + ".truststore.certificate=" + folder.resolve(name + ".pem")};
    }

    private static String[] showing(String bundle, String name) {
        return new String[] {
            PEM + bundle + ".keystore.certificate=" + folder.resolve(name + ".pem"),
            PEM + bundle + ".keystore.private-key=" + folder.resolve(name + ".key")
        };
    }

    private static String jwks(WireMockServer server) {
        return "scopegate.issuers[0].jwks.uri=https://localhost:" + server.httpsPort() + "/jwks";
    }

    private static String[] introspection() {
        return new String[] {
            "scopegate.issuers[0].introspection.endpoint=https://localhost:" + demanding.httpsPort() + "/introspect",
            "scopegate.issuers[0].introspection.timeout=20s",
            "scopegate.issuers[0].introspection.client-id=contacts-api",
            "scopegate.issuers[0].introspection.client-authentication=tls_client_auth"
        };
    }

    private static Decision decision(ResourceServer server, String token) {
        return server.decide(new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer " + token)));
    }

    private static Decision ofJwt(ResourceServer server) {
        return decision(server, ISSUER.token().scope("read:contacts").sign());
    }

    private static void assertPermitted(Supplier<Decision> decision) {
        await().atMost(Duration.ofSeconds(60)).until(() -> decision.get() instanceof Decision.Permitted);
    }

    private static void assertKeysCannotBeHad(ResourceServer server) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.keySets().get(0).failing());
        assertThat(ofJwt(server)).isInstanceOf(Decision.Undecided.class);
    }

    /** Nothing of the token was sent. */
    private static void assertNotAsked(ResourceServer server) {
        int before = demanding.getAllServeEvents().size();
        assertThat(decision(server, "opaque-token")).isInstanceOf(Decision.Undecided.class);
        assertThat(demanding.getAllServeEvents()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "trusting,        false, true",
        "trusting-others, false, false",
        "known,           true,  true",
        "stranger,        true,  false",
        "trusting,        true,  false",
        "key-alone,       true,  false",
    })
    void jwks_bundleOfAllCalls_trustsAndShows(String bundle, boolean demandsCertificate, boolean works) {
        runner.withPropertyValues(jwks(demandsCertificate ? demanding : open), "scopegate.http.ssl-bundle=" + bundle)
                .run(context -> {
                    ResourceServer server = context.getBean(ResourceServer.class);
                    if (works) {
                        assertPermitted(() -> ofJwt(server));
                    } else {
                        assertKeysCannotBeHad(server);
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "known,     trusting, true",
        "stranger,  trusting, false",
        "key-alone, trusting, true",
        "key-alone, trusting-others, false",
    })
    void introspection_bundleOfItsOwn_isTheCertificateOfTheClient(String own, String ofAll, boolean works) {
        runner.withPropertyValues(introspection())
                .withPropertyValues(
                        jwks(open),
                        "scopegate.http.ssl-bundle=" + ofAll,
                        "scopegate.issuers[0].introspection.ssl-bundle=" + own)
                .run(context -> {
                    ResourceServer server = context.getBean(ResourceServer.class);
                    if (works) {
                        assertPermitted(() -> decision(server, "opaque-token"));
                    } else {
                        assertNotAsked(server);
                    }
                });
    }

    @Test
    void introspection_bundleOfAllCallsWithAKey_isTheCertificateOfTheClientToo() {
        WebApplicationContextRunner introspecting =
                runner.withPropertyValues(introspection()).withPropertyValues(jwks(demanding));

        introspecting
                .withPropertyValues("scopegate.http.ssl-bundle=known")
                .run(context -> assertPermitted(() -> decision(context.getBean(ResourceServer.class), "opaque-token")));
        introspecting
                .withPropertyValues("scopegate.http.ssl-bundle=trusting")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("the bundle of 'http.ssl-bundle' holds no private key"));
    }

    @Test
    void bundle_renewed_nextCallsAreMadeWithIt() throws IOException {
        Path trust = Files.copy(certificates.certificate("others"), folder.resolve("renewed.pem"));

        runner.withPropertyValues(
                        PEM + "renewed.truststore.certificate=" + trust,
                        PEM + "renewed.reload-on-update=true",
                        "spring.ssl.bundle.watch.file.quiet-period=100ms",
                        jwks(open),
                        "scopegate.http.ssl-bundle=renewed")
                .run(context -> {
                    ResourceServer server = context.getBean(ResourceServer.class);
                    assertKeysCannotBeHad(server);

                    Files.copy(certificates.certificate("server"), trust, StandardCopyOption.REPLACE_EXISTING);

                    assertPermitted(() -> ofJwt(server));
                });
    }

    @Test
    void bundle_store_ofPkcs12WithAnAliasAndOptions_isReadToo() throws Exception {
        String jks = "spring.ssl.bundle.jks.";

        runner.withPropertyValues(
                        jks + "both.keystore.location=" + certificates.keyStore("client"),
                        jks + "both.keystore.password=" + TestCertificates.PASSWORD,
                        jks + "both.key.alias=client",
                        jks + "both.truststore.location=" + trustStore("server"),
                        jks + "both.truststore.password=" + TestCertificates.PASSWORD,
                        jks + "both.options.enabled-protocols=TLSv1.3",
                        jwks(demanding),
                        "scopegate.http.ssl-bundle=both")
                .run(context -> assertPermitted(() -> ofJwt(context.getBean(ResourceServer.class))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "scopegate.http.ssl-bundle=nowhere | names a bundle that does not exist: nowhere",
                "scopegate.http.ssl-bundle=known,scopegate.http.trust-store=pom.xml | keep one of the two",
                "scopegate.http.ssl-bundle=broken | 'http.ssl-bundle' names a bundle that cannot be read: broken",
                "scopegate.issuers[0].introspection.ssl-bundle=trusting | names a bundle without a private key",
                "scopegate.issuers[0].introspection.ssl-bundle=nowhere | names a bundle that does not exist: nowhere",
                "scopegate.issuers[0].introspection.ssl-bundle=known"
                        + ",scopegate.issuers[0].introspection.key-store.file=pom.xml"
                        + " | needs either 'key-store' or 'ssl-bundle', not both",
                "scopegate.issuers[0].introspection.ssl-bundle=known"
                        + ",scopegate.issuers[0].introspection.client-authentication=client_secret_basic"
                        + " | ssl-bundle' is of no use with 'client-authentication: client_secret_basic'",
            })
    void bundle_thatCannotBeUsed_doesNotStartAndNamesTheProperty(String properties, String expected)
            throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.pem"), "s3cret-canary");

        runner.withPropertyValues(introspection())
                .withPropertyValues(PEM + "broken.truststore.certificate=" + broken)
                .withPropertyValues(properties.split(","))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining(expected)
                        .hasMessageContaining("property scopegate.")
                        .hasMessageNotContaining("s3cret-canary"));
    }
}
