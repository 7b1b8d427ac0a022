package dev.scopegate.introspection.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What certificate the client shows, to a server that demands one. */
@Timeout(60)
class ClientCertificateIT {

    @TempDir
    private static Path folder;

    private static OwnCertificate serverSide;
    private static OwnCertificate ours;
    private static OwnCertificate ofRsa;
    private static OwnCertificate ofEd25519;
    private static OwnCertificate foreign;

    @BeforeAll
    static void makeCertificates() throws Exception {
        serverSide = OwnCertificate.in(folder, "server", "EC");
        ours = OwnCertificate.in(folder, "ours", "EC");
        ofRsa = OwnCertificate.in(folder, "rsa", "RSA");
        ofEd25519 = OwnCertificate.in(folder, "ed25519", "Ed25519");
        foreign = OwnCertificate.in(folder, "foreign", "EC");
    }

    private static BoundedHttpClient.Builder trusting() throws Exception {
        return BoundedHttpClient.builder()
                .connectTimeout(Duration.ofSeconds(20))
                .exchangeTimeout(Duration.ofSeconds(20))
                .trustedCertificates(Set.of(serverSide.certificate()));
    }

    private static DemandingServer demanding(OwnCertificate known, String protocol) throws Exception {
        return DemandingServer.start(serverSide, known.certificate(), List.of(known.certificate()), protocol);
    }

    @ParameterizedTest
    @Requirement("RFC8705 §2")
    @CsvSource({"TLSv1.3, ours", "TLSv1.2, ours", "TLSv1.3, rsa", "TLSv1.2, rsa", "TLSv1.3, ed25519"})
    void get_certificateThatTheServerKnows_answered(String protocol, String which) throws Exception {
        OwnCertificate shown =
                Map.of("ours", ours, "rsa", ofRsa, "ed25519", ofEd25519).get(which);
        try (DemandingServer server = demanding(shown, protocol);
                BoundedHttpClient http = trusting()
                        .clientCertificate(shown.store(), OwnCertificate.PASSWORD)
                        .build()) {
            assertThat(http.get(server.uri(), "*/*").status()).isEqualTo(200);
            assertThat(server.seen()).containsExactly(shown.certificate());
        }
    }

    @ParameterizedTest
    @Requirement("RFC8705 §2")
    @CsvSource({"TLSv1.3", "TLSv1.2"})
    void get_noCertificateOrAForeignOne_noAnswer(String protocol) throws Exception {
        try (DemandingServer server = demanding(ours, protocol);
                BoundedHttpClient none = trusting().build();
                BoundedHttpClient other = trusting()
                        .clientCertificate(foreign.store(), OwnCertificate.PASSWORD)
                        .build()) {
            assertThatThrownBy(() -> none.get(server.uri(), "*/*")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> other.get(server.uri(), "*/*")).isInstanceOf(IOException.class);
            assertThat(server.seen()).isEmpty();
        }
    }

    @ParameterizedTest
    @Requirement("RFC8705 §2.2")
    @CsvSource({"TLSv1.3", "TLSv1.2"})
    void get_selfSignedAtAServerThatNamesOtherAuthorities_shownAllTheSame(String protocol) throws Exception {
        List<X509Certificate> others = List.of(foreign.certificate());
        try (DemandingServer server = DemandingServer.start(serverSide, ours.certificate(), others, protocol);
                BoundedHttpClient http = trusting()
                        .clientCertificate(ours.store(), OwnCertificate.PASSWORD)
                        .build()) {
            assertThat(http.get(server.uri(), "*/*").status()).isEqualTo(200);
        }
    }

    @Test
    void build_eitherOrder_showsAndTrusts() throws Exception {
        try (DemandingServer server = demanding(ours, "TLSv1.3");
                DemandingServer unknown = DemandingServer.start(foreign, ours.certificate(), List.of(), "TLSv1.3");
                BoundedHttpClient http = BoundedHttpClient.builder()
                        .clientCertificate(ours.store(), OwnCertificate.PASSWORD)
                        .trustedCertificates(Set.of(serverSide.certificate()))
                        .build()) {
            assertThat(http.get(server.uri(), "*/*").status()).isEqualTo(200);
            assertThatThrownBy(() -> http.get(unknown.uri(), "*/*")).hasMessageStartingWith("no trusted TLS");
            assertThat(unknown.seen()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, TLSv1.2, true", "TLSv1.3, TLSv1.2, false", "TLSv1.2, TLSv1.3, false"})
    void tlsOptions_protocolThatTheServerDoesNotSpeak_noAnswer(String spoken, String enabled, boolean answered)
            throws Exception {
        PrivateKey key = (PrivateKey) ours.store().getKey("ours", OwnCertificate.PASSWORD);
        try (DemandingServer server = demanding(ours, spoken);
                BoundedHttpClient http = trusting()
                        .clientCertificate(key, List.of(ours.certificate()))
                        .tlsOptions(List.of(enabled), List.of())
                        .build()) {
            if (answered) {
                assertThat(http.get(server.uri(), "*/*").status()).isEqualTo(200);
            } else {
                assertThatThrownBy(() -> http.get(server.uri(), "*/*")).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void tlsOptions_cipherThatTheServerDoesNotSpeak_noAnswer() throws Exception {
        // One of certificates with a key of RSA, and the server has one of an elliptic curve.
        List<String> ofRsaAlone = List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        List<String> ofCurves = List.of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        try (DemandingServer server = demanding(ours, "TLSv1.2");
                BoundedHttpClient fit = offering(ofCurves);
                BoundedHttpClient unfit = offering(ofRsaAlone)) {
            assertThat(fit.get(server.uri(), "*/*").status()).isEqualTo(200);
            assertThatThrownBy(() -> unfit.get(server.uri(), "*/*")).isInstanceOf(IOException.class);
        }
    }

    private static BoundedHttpClient offering(List<String> ciphers) throws Exception {
        return trusting()
                .clientCertificate(ours.store(), OwnCertificate.PASSWORD)
                .tlsOptions(List.of(), ciphers)
                .build();
    }

    @Test
    void build_certificateAlone_trustsWhomTheJvmTrusts() throws Exception {
        try (DemandingServer server = demanding(ours, "TLSv1.3");
                BoundedHttpClient http = BoundedHttpClient.builder()
                        .clientCertificate(ours.store(), OwnCertificate.PASSWORD)
                        .build()) {
            assertThatThrownBy(() -> http.get(server.uri(), "*/*")).hasMessageStartingWith("no trusted TLS");
        }
    }

    @Test
    void build_contextSetLast_showsNothing() throws Exception {
        SSLContext plain = SSLContext.getInstance("TLS");
        plain.init(null, Trust.only(Set.of(serverSide.certificate())), null);
        try (DemandingServer server = demanding(ours, "TLSv1.3");
                BoundedHttpClient http = BoundedHttpClient.builder()
                        .clientCertificate(ours.store(), OwnCertificate.PASSWORD)
                        .sslContext(plain)
                        .build()) {
            assertThatThrownBy(() -> http.get(server.uri(), "*/*")).isInstanceOf(IOException.class);
            assertThat(server.seen()).isEmpty();
        }
    }

    @Test
    void clientCertificate_notOneKeyThatThePasswordOpens_refused() throws Exception {
        KeyStore none = empty();
        none.setCertificateEntry("trusted", ours.certificate());
        KeyStore two = empty();
        for (OwnCertificate one : List.of(ours, foreign)) {
            String alias = one.store().aliases().nextElement();
            two.setKeyEntry(
                    alias,
                    one.store().getKey(alias, OwnCertificate.PASSWORD),
                    OwnCertificate.PASSWORD,
                    new Certificate[] {one.certificate()});
        }

        assertRefused(none, OwnCertificate.PASSWORD, "the key store does not hold one private key");
        assertRefused(two, OwnCertificate.PASSWORD, "the key store does not hold one private key");
        assertRefused(ours.store(), "wrong".toCharArray(), "the password does not open the private key");
        assertRefused(
                KeyStore.getInstance("PKCS12"), OwnCertificate.PASSWORD, "the password does not open the private key");
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void assertRefused(KeyStore store, char[] password, String words) {
        assertThatThrownBy(() -> BoundedHttpClient.builder().clientCertificate(store, password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(words);
    }
}
