package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The part {@code crypto}: who verifies signatures.
 *
 * @param provider the provider of signature algorithms; default {@code jca}
 */
@RecordBuilder
public record CryptoConfig(Provider provider) {

    /** All defaults. */
    static final CryptoConfig DEFAULT = new CryptoConfig(Provider.JCA);

    /** A provider of signature algorithms. All but the first have to be on the class path. */
    public enum Provider {
        /** What the Java runtime brings. */
        JCA,
        /** Amazon Corretto Crypto Provider. */
        ACCP,
        /** Conscrypt. */
        CONSCRYPT,
        /** The first of the others that is on the class path, or else {@code jca}. */
        AUTO
    }

    public CryptoConfig {
        provider = requireNonNullElse(provider, Provider.JCA);
    }
}
