package dev.scopegate.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the certificates of a trust store: PEM, or PKCS #12, as its first byte says. */
final class TrustStore {

    /** PKCS #12 is DER, and begins with a SEQUENCE. No text begins so. */
    private static final int SEQUENCE = 0x30;

    private TrustStore() {}

    /**
     * The certificates in {@code file}, at least one.
     *
     * @throws IOException if it cannot be read, or holds none; says what is wrong, and never quotes
     */
    static Set<X509Certificate> read(Path file, Optional<Secret> password) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Set<X509Certificate> certificates = new LinkedHashSet<>();
        try {
            boolean binary = content.length > 0 && content[0] == SEQUENCE;
            for (Certificate certificate : binary ? trusted(content, password) : pem(content)) {
                if (certificate instanceof X509Certificate anchor) {
                    certificates.add(anchor);
                }
            }
        } catch (IOException | GeneralSecurityException broken) {
            throw new IOException("is neither PEM nor PKCS #12 that 'http.trust-store-password' opens", broken);
        }
        if (certificates.isEmpty()) {
            throw new IOException("holds no trusted certificate");
        }
        return Collections.unmodifiableSet(certificates);
    }

    private static Collection<? extends Certificate> pem(byte[] content) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
    }

    private static Collection<Certificate> trusted(byte[] content, Optional<Secret> password)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        // An empty password and not null, with which Java would check nothing and silently leave out what is encrypted.
        char[] secret = password.map(Secret::reveal).orElse("").toCharArray();
        store.load(new ByteArrayInputStream(content), secret);
        Set<Certificate> trusted = new LinkedHashSet<>();
        for (String alias : List.copyOf(Collections.list(store.aliases()))) {
            // The chain of a private key is somebody's own certificate, and was not put there to be trusted.
            if (store.isCertificateEntry(alias)) {
                trusted.add(store.getCertificate(alias));
            }
        }
        return trusted;
    }
}
