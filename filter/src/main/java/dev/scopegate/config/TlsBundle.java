package dev.scopegate.config;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a connection over TLS is made with, for those who call an issuer.
 *
 * <p>Immutable. Two are equal when they hold the same certificates and the same key, so that a renewed one is seen to be another.
 *
 * @param trusted the certificates of which one has to be the issuer's or to have issued it; empty: those of the Java runtime
 * @param own the certificate that is shown; empty: none is
 * @param protocols which versions of TLS are spoken, such as {@code TLSv1.3}; empty: as the Java runtime has it
 * @param ciphers which cipher suites are offered, such as {@code TLS_AES_256_GCM_SHA384}; empty: as the Java runtime has it
 */
public record TlsBundle(
        Set<X509Certificate> trusted, Optional<OwnCertificate> own, List<String> protocols, List<String> ciphers) {

    public TlsBundle {
        trusted = Set.copyOf(trusted);
        protocols = List.copyOf(protocols);
        ciphers = List.copyOf(ciphers);
    }

    /**
     * A certificate of our own with its key, which its text form does not show.
     *
     * @param key the private key
     * @param chain its certificate, and then each one's issuer; not empty
     */
    public record OwnCertificate(PrivateKey key, List<X509Certificate> chain) {

        public OwnCertificate {
            chain = List.copyOf(chain);
        }

        @Override
        public String toString() {
            return "OwnCertificate[hidden]";
        }
    }

    /** One that trusts these certificates, and shows none. */
    public static TlsBundle trusting(Set<X509Certificate> certificates) {
        return new TlsBundle(certificates, Optional.empty(), List.of(), List.of());
    }
}
