package dev.scopegate.introspection.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS trust some certificates and what they issued, and nothing else; or show a certificate of our own; or both. */
final class Trust {

    private Trust() {}

    /**
     * The context of a client.
     *
     * @param trusted whom it trusts; empty: those whom the JVM trusts
     * @param shown what it shows; empty: nothing
     */
    static SSLContext context(Optional<TrustManager[]> trusted, Optional<ClientCertificate> shown) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    shown.map(certificate -> new KeyManager[] {certificate}).orElse(null), trusted.orElse(null), null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java runtime has no usable TLS", impossible);
        }
    }

    static TrustManager[] only(Set<X509Certificate> certificates) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("without a certificate nobody could be trusted");
        }
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            int number = 0;
            for (X509Certificate certificate : certificates) {
                anchors.setCertificateEntry("anchor-" + number++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(anchors);
            return managers.getTrustManagers();
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java runtime has no usable TLS", impossible);
        }
    }
}
