package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The part {@code http}: how issuers are called.
 *
 * @param allowInsecureLoopback whether issuers on this very machine may be called without TLS, for trying things out;
 *     default false
 * @param connectTimeout how long a connection may take; default 1 s
 * @param maxResponseBytes how much of an answer is read at most, in bytes; default 262144
 * @param proxy the HTTP proxy through which issuers are called, such as {@code http://proxy.example.com:3128}; default:
 *     none
 * @param trustStore the certificates of which one has to have issued an issuer's certificate: PEM, or PKCS #12; default:
 *     those of the Java runtime
 * @param trustStorePassword the password of a PKCS #12 trust store
 */
@RecordBuilder
public record HttpConfig(
        Boolean allowInsecureLoopback,
        Duration connectTimeout,
        Integer maxResponseBytes,
        Optional<URI> proxy,
        Optional<FileReference> trustStore,
        Optional<Secret> trustStorePassword) {

    /** All defaults. */
    static final HttpConfig DEFAULT = HttpConfigBuilder.builder().build();

    public HttpConfig {
        allowInsecureLoopback = requireNonNullElse(allowInsecureLoopback, false);
        connectTimeout = requireNonNullElse(connectTimeout, Duration.ofSeconds(1));
        maxResponseBytes = requireNonNullElse(maxResponseBytes, 262_144);
        proxy = requireNonNullElse(proxy, Optional.empty());
        trustStore = requireNonNullElse(trustStore, Optional.empty());
        trustStorePassword = requireNonNullElse(trustStorePassword, Optional.empty());
    }

    /** All defaults, but that issuers on this very machine may be called without TLS: for trying things out, and tests. */
    public static HttpConfig allowingInsecureLoopback() {
        return HttpConfigBuilder.builder().allowInsecureLoopback(true).build();
    }
}
