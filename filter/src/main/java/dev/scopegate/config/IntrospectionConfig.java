package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/**
 * The part {@code introspection} of an issuer: how its opaque tokens are asked about (RFC 7662).
 *
 * @param endpoint the introspection endpoint; default: discovered from the issuer
 * @param tokens which tokens are asked about; default {@code opaque}
 * @param clientId our client identifier at the issuer
 * @param clientSecret our secret there; or {@code clientSecretFile}
 * @param clientSecretFile a file whose content, without a last line break, is the secret
 * @param clientAuthentication how we authenticate; default {@code client_secret_basic}
 * @param timeout the longest a whole exchange may take; default 2 s
 * @param maxConcurrent how many exchanges are under way at most; default 64
 * @param cache how long answers are kept
 */
@RecordBuilder
public record IntrospectionConfig(
        Optional<URI> endpoint,
        Tokens tokens,
        String clientId,
        Optional<Secret> clientSecret,
        Optional<FileReference> clientSecretFile,
        ClientAuthentication clientAuthentication,
        Duration timeout,
        Integer maxConcurrent,
        Cache cache) {

    /** No introspection: opaque tokens are refused. */
    public static final IntrospectionConfig NONE =
            IntrospectionConfigBuilder.builder().build();

    /** Which tokens are asked about. */
    public enum Tokens {
        /** Those that are no JWTs. */
        OPAQUE,
        /** JWTs too, after they were validated here: so a revoked one is refused. */
        ALL
    }

    /** How we authenticate to the endpoint (RFC 6749 §2.3). */
    public enum ClientAuthentication {
        /** Identifier and secret as HTTP Basic credentials. */
        CLIENT_SECRET_BASIC,
        /** Identifier and secret as parameters of the form. */
        CLIENT_SECRET_POST
    }

    /**
     * How long answers are kept.
     *
     * @param ttl how long an active token counts as active without asking; its {@code exp} wins; default 60 s
     * @param negativeTtl how long an inactive token counts as inactive; default 10 s
     * @param maxEntries how many answers are kept at most; default 10000
     */
    public record Cache(Duration ttl, Duration negativeTtl, Integer maxEntries) {

        static final Cache DEFAULT = new Cache(Duration.ofSeconds(60), Duration.ofSeconds(10), 10_000);

        public Cache {
            ttl = requireNonNullElse(ttl, Duration.ofSeconds(60));
            negativeTtl = requireNonNullElse(negativeTtl, Duration.ofSeconds(10));
            maxEntries = requireNonNullElse(maxEntries, 10_000);
        }
    }

    public IntrospectionConfig {
        endpoint = requireNonNullElse(endpoint, Optional.empty());
        tokens = requireNonNullElse(tokens, Tokens.OPAQUE);
        clientId = requireNonNullElse(clientId, "");
        clientSecret = requireNonNullElse(clientSecret, Optional.empty());
        clientSecretFile = requireNonNullElse(clientSecretFile, Optional.empty());
        clientAuthentication = requireNonNullElse(clientAuthentication, ClientAuthentication.CLIENT_SECRET_BASIC);
        timeout = requireNonNullElse(timeout, Duration.ofSeconds(2));
        maxConcurrent = requireNonNullElse(maxConcurrent, 64);
        cache = requireNonNullElse(cache, Cache.DEFAULT);
    }

    /**
     * The secret itself, from wherever it is kept.
     *
     * @throws UncheckedIOException if its file cannot be read
     */
    public Secret readSecret() {
        return clientSecret.orElseGet(() -> clientSecretFile
                .map(IntrospectionConfig::secretIn)
                .orElseThrow(() -> new IllegalStateException("a client without a secret")));
    }

    private static Secret secretIn(FileReference file) {
        try {
            return Secret.of(Files.readString(file.path()).stripTrailing());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the file of a client secret cannot be read", unreadable);
        }
    }

    /** Whether opaque tokens are asked about at all. */
    public boolean isConfigured() {
        return !equals(NONE);
    }

    /** Introspection at the discovered endpoint, authenticated by identifier and secret. */
    public static IntrospectionConfig basic(String clientId, Secret clientSecret) {
        return IntrospectionConfigBuilder.builder()
                .clientId(clientId)
                .clientSecret(clientSecret)
                .build();
    }
}
