package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * The part {@code crypto}: who verifies signatures.
 *
 * @param provider the provider of signature algorithms; what it does not verify rightly, as a trial at start shows, the Java
 *     runtime verifies; default {@code jca}
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

    /** The provider itself; empty where it is the Java runtime's, or is not on the class path or not for this machine. */
    public Optional<java.security.Provider> find() {
        return switch (provider) {
            case JCA -> Optional.empty();
            case ACCP -> SignatureProviders.accp();
            case CONSCRYPT -> SignatureProviders.conscrypt();
            case AUTO -> SignatureProviders.accp().or(SignatureProviders::conscrypt);
        };
    }
}
