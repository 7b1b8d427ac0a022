package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import dev.scopegate.introspection.authentication.SigningKey;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The part {@code introspection} of an issuer: how it is asked about tokens (RFC 7662).
 *
 * @param endpoint the introspection endpoint; default: discovered from the issuer
 * @param tokens which tokens are asked about; default {@code opaque}
 * @param tokenPrefix how the opaque tokens of this issuer begin, such as {@code ory_at_}: then those that begin so are its own,
 *     and no others are sent to it
 * @param clientId our client identifier at the issuer
 * @param clientSecret our secret there; or {@code client-secret-file}
 * @param clientSecretFile a file whose content, without a last line break, is the secret
 * @param clientAuthentication how we authenticate; default: what the issuer says it supports, where it is asked for the
 *     endpoint, of those for which there is what they need here, else {@code client_secret_basic}
 * @param unencodedBasicCredentials for old servers: whether identifier and secret stand in HTTP Basic as they are, without the
 *     encoding of RFC 6749 §2.3.1; default false
 * @param privateKey our key for {@code private_key_jwt}; default: none
 * @param keyStore our certificate and its key for {@code tls_client_auth} and {@code self_signed_tls_client_auth}; default:
 *     none
 * @param sslBundle in applications of Spring Boot, the SSL bundle with our certificate and its key, and whom to trust if it says so;
 *     instead of {@code key-store}
 * @param bearer how we get the token of our own for {@code bearer}
 * @param parameters further parameters of the form
 * @param headers further header fields
 * @param signedAnswers whether answers have to be JWTs that the issuer signed (RFC 9701); default false
 * @param timeout the longest a whole exchange may take; default 2 s
 * @param maxConcurrent how many exchanges are under way at most; default 64
 * @param cache how long answers are kept
 * @param onOutage what becomes of a token while the endpoint gives no answer; default {@code deny}
 * @param lastKnownFor with {@code on-outage: last-known}, how long after its {@code ttl} an answer still serves; default 60 s
 */
@RecordBuilder
public record IntrospectionConfig(
        Optional<URI> endpoint,
        Tokens tokens,
        Optional<String> tokenPrefix,
        String clientId,
        Optional<Secret> clientSecret,
        Optional<FileReference> clientSecretFile,
        Optional<ClientAuthentication> clientAuthentication,
        Boolean unencodedBasicCredentials,
        PrivateKey privateKey,
        KeyStoreFile keyStore,
        Optional<String> sslBundle,
        Bearer bearer,
        Map<String, String> parameters,
        Map<String, String> headers,
        Boolean signedAnswers,
        Duration timeout,
        Integer maxConcurrent,
        Cache cache,
        OnOutage onOutage,
        Optional<Duration> lastKnownFor) {

    private static final Duration LAST_KNOWN_FOR = Duration.ofSeconds(60);

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

    /** How we authenticate to the endpoint (RFC 6749 §2.3, RFC 7662 §2.1). */
    public enum ClientAuthentication {
        /** Identifier and secret as HTTP Basic credentials. */
        CLIENT_SECRET_BASIC,
        /** Identifier and secret as parameters of the form. */
        CLIENT_SECRET_POST,
        /** A JWT that we sign (RFC 7523 §2.2). */
        PRIVATE_KEY_JWT,
        /** A certificate of a known authority, shown when the connection is made (RFC 8705 §2.1). */
        TLS_CLIENT_AUTH,
        /** A certificate that the issuer was given, shown when the connection is made (RFC 8705 §2.2). */
        SELF_SIGNED_TLS_CLIENT_AUTH,
        /** An access token of our own, got by the client credentials grant. */
        BEARER;

        /** Whether we are known by the certificate that we show. */
        boolean isByCertificate() {
            return this == TLS_CLIENT_AUTH || this == SELF_SIGNED_TLS_CLIENT_AUTH;
        }
    }

    /** What becomes of a token while the endpoint gives no answer, and what it said last is older than the {@code ttl}. */
    public enum OnOutage {
        /** Nobody knows: 503. */
        DENY,
        /** What was known last counts for a while, but not on routes with {@code max-staleness}. */
        LAST_KNOWN;

        /** The word of the configuration, such as {@code last-known}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A private key with which we sign.
     *
     * @param file the key as a JWK, or as PEM (PKCS #8)
     * @param algorithm the algorithm, such as {@code PS256}; default: that of the JWK, else by the kind of key
     * @param keyId the {@code kid} by which the issuer knows the key; default: that of the JWK, else none
     * @param audience for whom the JWTs are; default: the issuer
     */
    public record PrivateKey(
            FileReference file, Optional<String> algorithm, Optional<String> keyId, Optional<String> audience) {

        /** No key. */
        public static final PrivateKey NONE =
                new PrivateKey(FileReference.NONE, Optional.empty(), Optional.empty(), Optional.empty());

        public PrivateKey {
            file = requireNonNullElse(file, FileReference.NONE);
            algorithm = requireNonNullElse(algorithm, Optional.empty());
            keyId = requireNonNullElse(keyId, Optional.empty());
            audience = requireNonNullElse(audience, Optional.empty());
        }

        /** Whether there is anything of a key. */
        public boolean isConfigured() {
            return !equals(NONE);
        }

        /**
         * The key, read anew.
         *
         * @throws IOException if it cannot be read or used; the message says why and follows upon the name of the file
         */
        public SigningKey read() throws IOException {
            return SigningKey.read(file.path(), algorithm, keyId);
        }
    }

    /**
     * A key store with our certificate and its key: PKCS #12, or JKS.
     *
     * @param file the key store: PKCS #12, or JKS
     * @param password its password; or {@code password-file}; neither: it has none
     * @param passwordFile a file whose content, without a last line break, is the password
     */
    public record KeyStoreFile(FileReference file, Optional<Secret> password, Optional<FileReference> passwordFile) {

        /** No key store. */
        public static final KeyStoreFile NONE =
                new KeyStoreFile(FileReference.NONE, Optional.empty(), Optional.empty());

        public KeyStoreFile {
            file = requireNonNullElse(file, FileReference.NONE);
            password = requireNonNullElse(password, Optional.empty());
            passwordFile = requireNonNullElse(passwordFile, Optional.empty());
        }

        /** Whether there is anything of a key store. */
        public boolean isConfigured() {
            return !equals(NONE);
        }

        /**
         * The key store, read anew.
         *
         * @throws IOException if it cannot be read or opened, or does not hold one private key with its certificate; the message
         *     says why and follows upon the name of the file
         */
        public KeyStore read() throws IOException {
            return ClientKeyStore.read(file.path(), readPassword());
        }

        /**
         * The password of the key store and of its key, from wherever it is kept; empty if there is none.
         *
         * @throws UncheckedIOException if its file cannot be read
         */
        public Secret readPassword() {
            return password.or(() -> passwordFile.map(Secret::in)).orElse(Secret.of(""));
        }
    }

    /**
     * How we get an access token of our own.
     *
     * @param tokenEndpoint where; default: discovered from the issuer
     * @param scopes what we ask for; default: nothing in particular
     */
    public record Bearer(Optional<URI> tokenEndpoint, List<String> scopes) {

        /** From the discovered endpoint, for nothing in particular. */
        public static final Bearer DEFAULT = new Bearer(Optional.empty(), List.of());

        public Bearer {
            tokenEndpoint = requireNonNullElse(tokenEndpoint, Optional.empty());
            scopes = List.copyOf(requireNonNullElse(scopes, List.of()));
        }

        /** Whether anything of it was said. */
        public boolean isConfigured() {
            return !equals(DEFAULT);
        }
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
        tokenPrefix = requireNonNullElse(tokenPrefix, Optional.empty());
        clientId = requireNonNullElse(clientId, "");
        clientSecret = requireNonNullElse(clientSecret, Optional.empty());
        clientSecretFile = requireNonNullElse(clientSecretFile, Optional.empty());
        clientAuthentication = requireNonNullElse(clientAuthentication, Optional.empty());
        unencodedBasicCredentials = requireNonNullElse(unencodedBasicCredentials, false);
        privateKey = requireNonNullElse(privateKey, PrivateKey.NONE);
        keyStore = requireNonNullElse(keyStore, KeyStoreFile.NONE);
        sslBundle = requireNonNullElse(sslBundle, Optional.empty());
        bearer = requireNonNullElse(bearer, Bearer.DEFAULT);
        parameters = Map.copyOf(requireNonNullElse(parameters, Map.of()));
        headers = Map.copyOf(requireNonNullElse(headers, Map.of()));
        signedAnswers = requireNonNullElse(signedAnswers, false);
        timeout = requireNonNullElse(timeout, Duration.ofSeconds(2));
        maxConcurrent = requireNonNullElse(maxConcurrent, 64);
        cache = requireNonNullElse(cache, Cache.DEFAULT);
        onOutage = requireNonNullElse(onOutage, OnOutage.DENY);
        lastKnownFor = requireNonNullElse(lastKnownFor, Optional.empty());
    }

    /**
     * The secret itself, from wherever it is kept.
     *
     * @throws UncheckedIOException if its file cannot be read
     */
    public Secret readSecret() {
        return clientSecret.orElseGet(() -> clientSecretFile
                .map(Secret::in)
                .orElseThrow(() -> new IllegalStateException("a client without a secret")));
    }

    /** How long after its {@code ttl} an answer still serves in an outage; zero with {@code on-outage: deny}. */
    public Duration toleratedOutage() {
        return onOutage == OnOutage.LAST_KNOWN ? lastKnownFor.orElse(LAST_KNOWN_FOR) : Duration.ZERO;
    }

    /** Whether there is a certificate of ours for this endpoint alone. */
    public boolean hasCertificate() {
        return keyStore.isConfigured() || sslBundle.isPresent();
    }

    /** Whether tokens are asked about at all. */
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
