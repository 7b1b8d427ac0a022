package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.oauth2.core.ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH;
import static org.springframework.security.oauth2.core.ClientAuthenticationMethod.TLS_CLIENT_AUTH;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64;
import dev.scopegate.introspection.Active;
import dev.scopegate.introspection.IntrospectionClient;
import dev.scopegate.introspection.IntrospectionException;
import dev.scopegate.introspection.authentication.TlsClientAuth;
import dev.scopegate.introspection.http.BoundedHttpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;

/** How the introspection client says by its certificate who it is, to a real authorization server over TLS. */
@Timeout(120)
class MutualTlsIT {

    private static final String ISSUED = "issued";
    private static final String SELF_SIGNED = "self-signed";

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static IntrospectedServer server;
    private static PublishedKeys keys;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, InterruptedException {
        certificates = new Certificates(folder)
                .issue("server", "CN=localhost", "-ext", "SAN=dns:localhost")
                .issue(ISSUED, "CN=contacts-api")
                .issue("issued-to-another", "CN=another-api")
                .generate(SELF_SIGNED, "CN=contacts-api")
                .generate("self-signed-by-another", "CN=contacts-api");
        server = IntrospectedServer.startWithTls(
                Map.of(
                        "server.ssl.key-store",
                        certificates.keyStoreFile("server").toUri().toString(),
                        "server.ssl.key-store-password",
                        Certificates.PASSWORD,
                        "server.ssl.trust-store",
                        certificates
                                .trustStoreFile(SELF_SIGNED, "self-signed-by-another")
                                .toUri()
                                .toString(),
                        "server.ssl.trust-store-password",
                        Certificates.PASSWORD,
                        "server.ssl.client-auth",
                        "want"),
                trustingTheServer().build());
        keys = PublishedKeys.start();
        server.server()
                .register(
                        "api-of-the-authority",
                        client -> client.clientAuthenticationMethod(TLS_CLIENT_AUTH)
                                .clientSettings(ClientSettings.builder()
                                        .x509CertificateSubjectDN("CN=contacts-api")
                                        .build()));
        String address = keys.publish("own", withCertificate(certificates.certificate(SELF_SIGNED)));
        server.server()
                .register(
                        "api-by-itself",
                        client -> client.clientAuthenticationMethod(SELF_SIGNED_TLS_CLIENT_AUTH)
                                .clientSettings(ClientSettings.builder()
                                        .jwkSetUrl(address)
                                        .build()));
    }

    private static ECKey withCertificate(X509Certificate certificate) throws CertificateEncodingException {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) certificate.getPublicKey())
                .x509CertChain(List.of(Base64.encode(certificate.getEncoded())))
                .build();
    }

    private static BoundedHttpClient.Builder trustingTheServer() throws IOException, GeneralSecurityException {
        return BoundedHttpClient.builder().trustedCertificates(Set.of(certificates.authority()));
    }

    @AfterAll
    static void stop() {
        keys.close();
        server.close();
    }

    @Test
    void tlsClientAuth_certificateOfTheRegisteredSubject_accepted_andOfAnotherRefused()
            throws IOException, GeneralSecurityException {
        assertAccepted("api-of-the-authority", ISSUED);
        assertRefused("api-of-the-authority", "issued-to-another");
    }

    @Test
    void tlsClientAuth_certificateThatSignedItself_refusedThoughTheSubjectIsTheSame()
            throws IOException, GeneralSecurityException {
        assertRefused("api-of-the-authority", SELF_SIGNED);
    }

    @Test
    void selfSignedTlsClientAuth_certificateThatTheServerKnows_accepted_andAnotherRefused()
            throws IOException, GeneralSecurityException {
        assertAccepted("api-by-itself", SELF_SIGNED);
        assertRefused("api-by-itself", "self-signed-by-another");
    }

    @Test
    void bothKinds_noCertificate_refused() throws IOException, GeneralSecurityException {
        String token = server.opaqueToken();
        try (BoundedHttpClient http = trustingTheServer().build()) {
            assertRefused("api-of-the-authority", token, http);
            assertRefused("api-by-itself", token, http);
        }
    }

    private static void assertAccepted(String clientId, String certificate)
            throws IOException, GeneralSecurityException {
        String token = server.opaqueToken();
        try (BoundedHttpClient http = showing(certificate);
                IntrospectionClient client =
                        server.askedBy(new TlsClientAuth(clientId)).http(http).build()) {
            assertThat(client.introspect(token))
                    .isInstanceOfSatisfying(
                            Active.class, active -> assertThat(active.claims()).containsEntry("iss", server.issuer()));
        }
    }

    private static void assertRefused(String clientId, String certificate)
            throws IOException, GeneralSecurityException {
        String token = server.opaqueToken();
        try (BoundedHttpClient http = showing(certificate)) {
            assertRefused(clientId, token, http);
        }
    }

    private static void assertRefused(String clientId, String token, BoundedHttpClient http) {
        try (IntrospectionClient client =
                server.askedBy(new TlsClientAuth(clientId)).http(http).build()) {
            assertThatThrownBy(() -> client.introspect(token))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(IntrospectionException.Kind.REFUSED_CLIENT));
        }
    }

    private static BoundedHttpClient showing(String alias) throws IOException, GeneralSecurityException {
        return trustingTheServer()
                .clientCertificate(certificates.keyStore(alias), Certificates.PASSWORD.toCharArray())
                .build();
    }
}
