package dev.scopegate.validate.keys;

import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.TlsBundle;
import dev.scopegate.config.TlsBundles;
import dev.scopegate.introspection.http.BoundedHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * How issuers are called. Has to be equal for connections to be handed over: what is trusted may be something else under the same
 * name.
 *
 * @param tls what the configuration says of it, as it was read
 */
record HttpTerms(HttpConfig config, Optional<TlsBundle> tls) {

    /**
     * What {@code config} says now.
     *
     * @throws UncheckedIOException if the trust store or the bundle that it names cannot be used
     */
    static HttpTerms of(HttpConfig config, TlsBundles bundles) {
        if (config.sslBundle().isPresent()) {
            return new HttpTerms(config, Optional.of(found(config.sslBundle().get(), bundles)));
        }
        try {
            return new HttpTerms(config, config.readTrustStore().map(TlsBundle::trusting));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the trust store cannot be used", unreadable);
        }
    }

    /** A client by these terms. */
    BoundedHttpClient.Builder options() {
        BoundedHttpClient.Builder options = BoundedHttpClient.builder()
                .connectTimeout(config.connectTimeout())
                .maxResponseBytes(config.maxResponseBytes());
        tls.ifPresent(bundle -> apply(bundle, options));
        config.proxy().ifPresent(options::proxy);
        return options;
    }

    /**
     * A client by these terms, but for what the bundle of this name says.
     *
     * @throws UncheckedIOException if there is no such bundle that can be used
     */
    BoundedHttpClient.Builder options(String bundle, TlsBundles bundles) {
        BoundedHttpClient.Builder options = options();
        apply(found(bundle, bundles), options);
        return options;
    }

    private static TlsBundle found(String name, TlsBundles bundles) {
        try {
            // It was there when the configuration was checked.
            return bundles.find(name).orElseThrow(() -> new IOException("does not exist"));
        } catch (IOException unusable) {
            throw new UncheckedIOException("a TLS bundle cannot be used", unusable);
        }
    }

    private static void apply(TlsBundle bundle, BoundedHttpClient.Builder options) {
        if (!bundle.trusted().isEmpty()) {
            options.trustedCertificates(bundle.trusted());
        }
        bundle.own().ifPresent(own -> options.clientCertificate(own.key(), own.chain()));
        options.tlsOptions(bundle.protocols(), bundle.ciphers());
    }
}
