package dev.scopegate.introspection.http;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the client believes. Each certificate is made by the JDK's own keytool. */
@Requirement("RFC7662 §4")
class TlsIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @Test
    void get_trustedCertificateOfThisHost_answered() throws Exception {
        Path store = certificate("good", "dns:localhost");

        try (BoundedHttpClient http =
                BoundedHttpClient.builder().sslContext(trusting(store)).build()) {
            assertThat(serving(store, uri -> http.get(uri, "*/*")).status()).isEqualTo(200);
        }
    }

    @Test
    void get_trustedCertificateOfAnotherHost_refused() throws Exception {
        Path store = certificate("other", "dns:other.example.com");

        try (BoundedHttpClient http =
                BoundedHttpClient.builder().sslContext(trusting(store)).build()) {
            assertThatThrownBy(() -> serving(store, uri -> http.get(uri, "*/*")))
                    .isInstanceOf(SSLException.class)
                    .hasMessage("no trusted TLS connection to localhost");
        }
    }

    @Test
    void get_certificateThatNobodyTrusts_refused() throws Exception {
        Path store = certificate("unknown", "dns:localhost");

        try (BoundedHttpClient http = BoundedHttpClient.builder().build()) {
            assertThatThrownBy(() -> serving(store, uri -> http.get(uri, "*/*")))
                    .isInstanceOf(SSLException.class)
                    .hasMessage("no trusted TLS connection to localhost");
        }
    }

    @Test
    void get_certificateAmongTheTrustedOnes_answeredAndAnotherRefused() throws Exception {
        Path store = certificate("listed", "dns:localhost");
        Path other = certificate("unlisted", "dns:localhost");

        try (BoundedHttpClient http = BoundedHttpClient.builder()
                .trustedCertificates(Set.of(certificateIn(store)))
                .build()) {
            assertThat(serving(store, uri -> http.get(uri, "*/*")).status()).isEqualTo(200);
            assertThatThrownBy(() -> serving(other, uri -> http.get(uri, "*/*")))
                    .isInstanceOf(SSLException.class)
                    .hasMessage("no trusted TLS connection to localhost");
        }
    }

    @Test
    void trustedCertificates_none_refused() {
        assertThatThrownBy(() -> BoundedHttpClient.builder().trustedCertificates(Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void get_addressBehindAProxy_tunnelledPastItUnseen() throws Exception {
        Path store = certificate("far", "dns:issuer.example.test");

        try (RecordingProxy proxy = RecordingProxy.start();
                BoundedHttpClient http = BoundedHttpClient.builder()
                        .trustedCertificates(Set.of(certificateIn(store)))
                        .proxy(proxy.address())
                        .build()) {
            HttpAnswer answer = serving(store, uri -> {
                proxy.tunnelTo(uri.getPort());
                return http.get(URI.create("https://issuer.example.test/"), "application/secret");
            });

            assertThat(answer.status()).isEqualTo(200);
            assertThat(proxy.seen()).singleElement().asString().startsWith("CONNECT issuer.example.test:443 HTTP/1.1");
            assertThat(proxy.seen().get(0)).doesNotContain("application/secret");
        }
    }

    @Test
    void get_proxyThatEndsTheTunnelItself_refused() throws Exception {
        Path server = certificate("far", "dns:issuer.example.test");
        Path interceptor = certificate("interceptor", "dns:issuer.example.test");

        try (RecordingProxy proxy = RecordingProxy.start();
                BoundedHttpClient http = BoundedHttpClient.builder()
                        .trustedCertificates(Set.of(certificateIn(server)))
                        .proxy(proxy.address())
                        .build()) {
            assertThatThrownBy(() -> serving(interceptor, uri -> {
                        proxy.tunnelTo(uri.getPort());
                        return http.get(URI.create("https://issuer.example.test/"), "*/*");
                    }))
                    .isInstanceOf(SSLException.class);
        }
    }

    private interface Call {
        HttpAnswer make(URI uri) throws IOException;
    }

    private static HttpAnswer serving(Path store, Call call) throws IOException {
        WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(store.toString())
                .keystoreType("PKCS12")
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
        server.start();
        try {
            server.stubFor(get(urlEqualTo("/")).willReturn(okJson("{}")));
            return call.make(URI.create("https://localhost:" + server.httpsPort() + "/"));
        } finally {
            server.stop();
        }
    }

    private Path certificate(String name, String alternativeName) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=" + alternativeName,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(store).isRegularFile();
        return store;
    }

    private static X509Certificate certificateIn(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return (X509Certificate) keys.getCertificate(keys.aliases().nextElement());
    }

    private static SSLContext trusting(Path store) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("trusted", certificateIn(store));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
