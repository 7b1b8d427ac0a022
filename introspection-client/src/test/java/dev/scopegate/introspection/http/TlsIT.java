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

    private static SSLContext trusting(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        String alias = keys.aliases().nextElement();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(alias, keys.getCertificate(alias));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
