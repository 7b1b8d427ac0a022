package dev.scopegate.introspection.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom the client believes. */
@Timeout(60)
@Requirement("RFC7662 §4")
class TlsIT {

    @TempDir
    Path folder;

    @Test
    void get_trustedCertificateOfThisHost_answered() throws Exception {
        try (TlsServer server = TlsServer.start(folder, "dns:localhost");
                BoundedHttpClient http = server.trusted().build()) {
            assertThat(http.get(server.uri("/"), "*/*").status()).isEqualTo(200);
        }
    }

    @Test
    void get_trustedCertificateOfAnotherHost_refused() throws Exception {
        try (TlsServer server = TlsServer.start(folder, "dns:other.example.com");
                BoundedHttpClient http = server.trusted().build()) {
            assertRefused(http, server);
        }
    }

    @Test
    void get_certificateThatNobodyTrusts_refused() throws Exception {
        try (TlsServer server = TlsServer.start(folder, "dns:localhost");
                BoundedHttpClient http = BoundedHttpClient.builder().build()) {
            assertRefused(http, server);
        }
    }

    @Test
    void get_certificateAmongTheTrustedOnes_answeredAndAnotherRefused() throws Exception {
        try (TlsServer listed = TlsServer.start(folder, "dns:localhost");
                TlsServer unlisted = TlsServer.start(folder, "dns:localhost");
                BoundedHttpClient http = BoundedHttpClient.builder()
                        .trustedCertificates(Set.of(listed.certificate()))
                        .build()) {
            assertThat(http.get(listed.uri("/"), "*/*").status()).isEqualTo(200);
            assertRefused(http, unlisted);
        }
    }

    private static void assertRefused(BoundedHttpClient http, TlsServer server) {
        assertThatThrownBy(() -> http.get(server.uri("/"), "*/*"))
                .isInstanceOf(SSLException.class)
                .hasMessage("no trusted TLS connection to localhost");
        assertThat(server.requests()).isZero();
    }

    @Test
    void trustedCertificates_none_refused() {
        assertThatThrownBy(() -> BoundedHttpClient.builder().trustedCertificates(Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void get_addressBehindAProxy_tunnelledPastItUnseen() throws Exception {
        try (TlsServer far = TlsServer.start(folder, "dns:issuer.example.test");
                RecordingProxy proxy = RecordingProxy.start();
                BoundedHttpClient http = BoundedHttpClient.builder()
                        .trustedCertificates(Set.of(far.certificate()))
                        .proxy(proxy.address())
                        .build()) {
            proxy.tunnelTo(far.uri("/").getPort());

            HttpAnswer answer = http.get(URI.create("https://issuer.example.test/"), "application/secret");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(proxy.seen()).singleElement().asString().startsWith("CONNECT issuer.example.test:443 HTTP/1.1");
            assertThat(proxy.seen().get(0)).doesNotContain("application/secret");
        }
    }

    @Test
    void get_proxyThatEndsTheTunnelItself_refused() throws Exception {
        try (TlsServer far = TlsServer.start(folder, "dns:issuer.example.test");
                TlsServer interceptor = TlsServer.start(folder, "dns:issuer.example.test");
                RecordingProxy proxy = RecordingProxy.start();
                BoundedHttpClient http = BoundedHttpClient.builder()
                        .trustedCertificates(Set.of(far.certificate()))
                        .proxy(proxy.address())
                        .build()) {
            proxy.tunnelTo(interceptor.uri("/").getPort());

            assertThatThrownBy(() -> http.get(URI.create("https://issuer.example.test/"), "*/*"))
                    .isInstanceOf(SSLException.class);
            assertThat(interceptor.requests()).isZero();
        }
    }
}
