package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;

/**
 * The part {@code http}: how issuers are called.
 *
 * @param allowInsecureLoopback whether issuers on this very machine may be called without TLS, for trying things out;
 *     default false
 * @param connectTimeout how long a connection may take; default 1 s
 * @param maxResponseBytes how much of an answer is read at most, in bytes; default 262144
 */
public record HttpConfig(Boolean allowInsecureLoopback, Duration connectTimeout, Integer maxResponseBytes) {

    /** All defaults. */
    static final HttpConfig DEFAULT = new HttpConfig(false, Duration.ofSeconds(1), 262_144);

    public HttpConfig {
        allowInsecureLoopback = requireNonNullElse(allowInsecureLoopback, false);
        connectTimeout = requireNonNullElse(connectTimeout, Duration.ofSeconds(1));
        maxResponseBytes = requireNonNullElse(maxResponseBytes, 262_144);
    }

    /** All defaults, but that issuers on this very machine may be called without TLS: for trying things out, and tests. */
    public static HttpConfig allowingInsecureLoopback() {
        return new HttpConfig(true, DEFAULT.connectTimeout(), DEFAULT.maxResponseBytes());
    }
}
