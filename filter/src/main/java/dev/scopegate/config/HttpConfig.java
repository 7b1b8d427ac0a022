package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The part {@code http}: how issuers are called.
 *
 * @param allowInsecureLoopback whether issuers on this very machine may be called without TLS, for trying things out;
 *     default false
 * @param connectTimeout how long a connection may take; default 1 s
 * @param maxResponseBytes how much of an answer is read at most, in bytes; default 262144
 * @param proxy the HTTP proxy through which issuers are called, such as {@code http://proxy.example.com:3128}; issuers on
 *     this very machine ({@code localhost}, {@code 127.…}, {@code [::1]}) are called directly all the same, since a proxy would
 *     look for them on itself, and perhaps without TLS; default: what the Java runtime is set to use
 * @param trustStore the certificates of which one has to be an issuer's or to have issued it: PEM, or PKCS #12; those of the
 *     Java runtime do not count then; default: those of the Java runtime
 * @param trustStorePassword the password of a PKCS #12 trust store
 * @param sslBundle in applications of Spring Boot, the SSL bundle for all calls: whom to trust, and the certificate to show if it has
 *     a private key; instead of {@code trust-store}
 */
@RecordBuilder
public record HttpConfig(
        Boolean allowInsecureLoopback,
        Duration connectTimeout,
        Integer maxResponseBytes,
        Optional<URI> proxy,
        Optional<FileReference> trustStore,
        Optional<Secret> trustStorePassword,
        Optional<String> sslBundle) {

    /** All defaults. */
    static final HttpConfig DEFAULT = HttpConfigBuilder.builder().build();

    public HttpConfig {
        allowInsecureLoopback = requireNonNullElse(allowInsecureLoopback, false);
        connectTimeout = requireNonNullElse(connectTimeout, Duration.ofSeconds(1));
        maxResponseBytes = requireNonNullElse(maxResponseBytes, 262_144);
        proxy = requireNonNullElse(proxy, Optional.empty());
        trustStore = requireNonNullElse(trustStore, Optional.empty());
        trustStorePassword = requireNonNullElse(trustStorePassword, Optional.empty());
        sslBundle = requireNonNullElse(sslBundle, Optional.empty());
    }

    /**
     * The certificates of the trust store, read anew; empty if none is configured.
     *
     * @throws IOException if it cannot be read, or holds none; the message says why and follows upon the name of the file
     */
    public Optional<Set<X509Certificate>> readTrustStore() throws IOException {
        return trustStore.isPresent()
                ? Optional.of(TrustStore.read(trustStore.get().path(), trustStorePassword))
                : Optional.empty();
    }

    /** All defaults, but that issuers on this very machine may be called without TLS: for trying things out, and tests. */
    public static HttpConfig allowingInsecureLoopback() {
        return HttpConfigBuilder.builder().allowInsecureLoopback(true).build();
    }
}
