package dev.scopegate.introspection.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server on localhost that speaks TLS, with a certificate made by the JDK's own keytool, and calls every token active. */
public final class TlsServer implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final WireMockServer server;
    private final X509Certificate certificate;

    private TlsServer(Path store) throws IOException, GeneralSecurityException {
        this.certificate = certificateIn(store);
        this.server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(store.toString())
                .keystoreType("PKCS12")
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(okJson("{\"active\":true}")));
    }

    /**
     * A server whose certificate is its own issuer.
     *
     * @param folder where the key store goes
     * @param alternativeName whose certificate it is, such as {@code dns:localhost}
     */
    public static TlsServer start(Path folder, String alternativeName)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(UUID.randomUUID() + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=server",
                        "-ext",
                        "SAN=" + alternativeName,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.out").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(store).isRegularFile();
        return new TlsServer(store);
    }

    /** The address of {@code path}, by the name localhost. */
    public URI uri(String path) {
        return URI.create("https://localhost:" + server.httpsPort() + path);
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** How many requests arrived. */
    public int requests() {
        return server.getAllServeEvents().size();
    }

    /** A client that trusts this server's certificate, if it is of the right host, and no other. */
    public BoundedHttpClient.Builder trusted() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("trusted", certificate);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return BoundedHttpClient.builder().sslContext(context);
    }

    private static X509Certificate certificateIn(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return (X509Certificate) keys.getCertificate(keys.aliases().nextElement());
    }

    @Override
    public void close() {
        server.stop();
    }
}
