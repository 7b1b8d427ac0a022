package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.ResourceServer;
import dev.scopegate.config.TlsBundle.OwnCertificate;
import dev.scopegate.test.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsBundleChecksTest {

    @TempDir
    private static Path folder;

    private static OwnCertificate own;

    @BeforeAll
    static void makeCertificate() throws Exception {
        new TestCertificates(folder).authority("client");
        char[] password = TestCertificates.PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance(folder.resolve("client.p12").toFile(), password);
        own = new OwnCertificate((PrivateKey) store.getKey("client", password), List.of((X509Certificate)
                store.getCertificate("client")));
    }

    private static Optional<TlsBundle> find(String name) throws IOException {
        return switch (name) {
            case "trusting" -> Optional.of(TlsBundle.trusting(Set.copyOf(own.chain())));
            case "showing" -> Optional.of(new TlsBundle(Set.of(), Optional.of(own), List.of(), List.of()));
            case "broken" -> throw new IOException("cannot be read");
            default -> Optional.empty();
        };
    }

    private static List<String> problems(String yaml, TlsBundles bundles) {
        ScopegateConfig config =
                new ConfigReader().read("scopegate.yaml", yaml, Path.of("")).config();
        return TlsBundleChecks.problems(config, bundles).stream()
                .map(ConfigProblem::message)
                .toList();
    }

    private static String http(String bundle) {
        return "http: { ssl-bundle: " + bundle + " }\n";
    }

    private static String introspection(String keys) {
        return "issuers: [{ issuer: 'https://a.example', introspection: { client-id: api, " + keys + " } }]\n";
    }

    @Test
    void problems_namedBundle_soundOnlyWhereItIsThereAndUsable() {
        assertThat(problems(http("trusting"), TlsBundleChecksTest::find)).isEmpty();
        assertThat(problems(http("nowhere"), TlsBundleChecksTest::find))
                .containsExactly("'http.ssl-bundle' names a bundle that does not exist: nowhere");
        assertThat(problems(http("broken"), TlsBundleChecksTest::find))
                .containsExactly("'http.ssl-bundle' names a bundle that cannot be read: broken");
    }

    @Test
    void problems_nobodyKeepsBundles_saysWhatToUseInstead() {
        assertThat(problems(http("trusting"), TlsBundles.NONE))
                .containsExactly("'http.ssl-bundle' is for applications of Spring Boot; use 'http.trust-store'");
        assertThat(problems(introspection("ssl-bundle: showing"), TlsBundles.NONE))
                .containsExactly("'issuers[0].introspection.ssl-bundle' is for applications of Spring Boot; use"
                        + " 'issuers[0].introspection.key-store'");
    }

    @Test
    void problems_introspection_needsAPrivateKey() {
        assertThat(problems(introspection("ssl-bundle: showing"), TlsBundleChecksTest::find))
                .isEmpty();
        assertThat(problems(introspection("ssl-bundle: trusting"), TlsBundleChecksTest::find))
                .singleElement()
                .asString()
                .contains("without a private key");
    }

    @Test
    void problems_certificateOfAllCalls_servesTheMethodThatIsNamed() {
        String named = introspection("client-authentication: tls_client_auth");

        assertThat(problems(named + http("showing"), TlsBundleChecksTest::find)).isEmpty();
        assertThat(problems(named + http("trusting"), TlsBundleChecksTest::find))
                .singleElement()
                .asString()
                .contains("holds no private key");
    }

    @Test
    void check_ofTheBuilder_asksItsBundles() {
        String yaml = http("showing") + "resource: https://api.example\nissuers: [{ issuer: 'https://a.example' }]\n"
                + "routes: [{ route: GET /a, scopes: a }]\n";
        ConfigSource source = () -> new ConfigReader().read("scopegate.yaml", yaml, Path.of(""));

        assertThat(ResourceServer.builder(source)
                        .tlsBundles(TlsBundleChecksTest::find)
                        .check()
                        .config()
                        .http()
                        .sslBundle())
                .contains("showing");
        assertThatThrownBy(() -> ResourceServer.builder(source).check())
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("scopegate.yaml:1:21: 'http.ssl-bundle' is for");
    }

    @Test
    void toString_ofABundle_showsNoKey() throws IOException {
        assertThat(find("showing").toString())
                .contains("OwnCertificate[hidden]")
                .doesNotContain("EC private");
    }
}
