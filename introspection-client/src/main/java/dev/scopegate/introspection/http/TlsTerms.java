package dev.scopegate.introspection.http;

import java.net.http.HttpClient;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * How TLS is spoken: whom a client trusts, what it shows, and what is spoken below HTTP. Immutable.
 *
 * @param given a context that settles the first two; never beside one of them
 * @param trusted whom it trusts; empty: those whom the JVM trusts
 * @param shown its certificate; empty: none
 * @param protocols in the names of the JDK; empty: what the JVM speaks
 * @param ciphers the same for cipher suites
 */
record TlsTerms(
        Optional<SSLContext> given,
        Optional<TrustManager[]> trusted,
        Optional<ClientCertificate> shown,
        List<String> protocols,
        List<String> ciphers) {

    /** Whatever the JVM is set to. */
    static final TlsTerms OF_THE_JVM =
            new TlsTerms(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    /** By a context that is there already. */
    TlsTerms by(SSLContext context) {
        return new TlsTerms(Optional.of(context), Optional.empty(), Optional.empty(), protocols, ciphers);
    }

    /** Trusting these and what they issued, and nobody else. */
    TlsTerms trusting(Set<X509Certificate> certificates) {
        return new TlsTerms(Optional.empty(), Optional.of(Trust.only(certificates)), shown, protocols, ciphers);
    }

    /** Showing this to servers that ask. */
    TlsTerms showing(ClientCertificate certificate) {
        return new TlsTerms(Optional.empty(), trusted, Optional.of(certificate), protocols, ciphers);
    }

    /** Speaking these alone. */
    TlsTerms speaking(List<String> enabledProtocols, List<String> cipherSuites) {
        return new TlsTerms(given, trusted, shown, List.copyOf(enabledProtocols), List.copyOf(cipherSuites));
    }

    void applyTo(HttpClient.Builder builder) {
        boolean ours = trusted.isPresent() || shown.isPresent();
        Optional<SSLContext> context = ours ? Optional.of(Trust.context(trusted, shown)) : given;
        context.ifPresent(builder::sslContext);
        if (!protocols.isEmpty() || !ciphers.isEmpty()) {
            builder.sslParameters(parameters());
        }
    }

    private SSLParameters parameters() {
        SSLParameters parameters = new SSLParameters();
        if (!protocols.isEmpty()) {
            parameters.setProtocols(protocols.toArray(new String[0]));
        }
        if (!ciphers.isEmpty()) {
            parameters.setCipherSuites(ciphers.toArray(new String[0]));
        }
        return parameters;
    }
}
