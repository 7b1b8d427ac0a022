package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry in the list of issuers: an authorization server whose access tokens are accepted, and on which terms.
 *
 * @param name the alias in logs and metrics; default: the host of the issuer
 * @param issuer the issuer identifier, compared character by character with {@code iss} (RFC 8414 §2)
 * @param audiences the audiences of which a token has to name one; default: the resource
 * @param profile how strict the form of a JWT is judged; default {@code jwt}
 * @param algorithms the signature algorithms that are accepted, whatever token or key say (RFC 8725 §3.1); default with
 *     {@code profile: fapi2}: those that FAPI 2.0 allows
 * @param clockSkew how far the clocks may differ, 0 s to 5 min; default 30 s
 * @param requiredClaims claims that have to equal the given text, or to hold it where the claim is a list
 * @param scopeClaims where a token says its scopes; the first claim that is present counts; default {@code scope}, then
 *     {@code scp}
 * @param claimsAsScopes further claims whose values are scopes, each with a prefix before it
 * @param sharedSecretFile a file with the key that the issuer shares with us, for {@code HS256}, {@code HS384} and
 *     {@code HS512}; instead of {@code jwks}
 * @param jwks where the keys come from
 * @param introspection how opaque tokens are asked about; absent: they are refused
 */
@RecordBuilder
public record IssuerConfig(
        Optional<String> name,
        String issuer,
        List<String> audiences,
        Profile profile,
        List<String> algorithms,
        Duration clockSkew,
        Map<String, String> requiredClaims,
        List<String> scopeClaims,
        List<ClaimMapping> claimsAsScopes,
        Optional<FileReference> sharedSecretFile,
        JwksConfig jwks,
        IntrospectionConfig introspection) {

    /** The algorithms that are accepted unless configured; all asymmetric. */
    public static final List<String> DEFAULT_ALGORITHMS = List.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519");

    /** The algorithms of {@code profile: fapi2}; it allows no other. */
    public static final List<String> FAPI2_ALGORITHMS = List.of("PS256", "ES256", "EdDSA", "Ed25519");

    /** How strict the form of a JWT is judged. */
    public enum Profile {
        /** What real servers send: {@code typ} absent, {@code JWT} or {@code at+jwt}; never a token of another kind. */
        JWT,
        /** RFC 9068: {@code typ} is {@code at+jwt} and all of its claims are required. */
        RFC9068,
        /**
         * FAPI 2.0: as {@code rfc9068}, by the algorithms of that profile, and only tokens that are bound to a key of their
         * client.
         */
        FAPI2
    }

    public IssuerConfig {
        name = requireNonNullElse(name, Optional.empty());
        issuer = requireNonNullElse(issuer, "");
        audiences = List.copyOf(requireNonNullElse(audiences, List.of()));
        profile = requireNonNullElse(profile, Profile.JWT);
        algorithms = List.copyOf(
                requireNonNullElse(algorithms, profile == Profile.FAPI2 ? FAPI2_ALGORITHMS : DEFAULT_ALGORITHMS));
        clockSkew = requireNonNullElse(clockSkew, Duration.ofSeconds(30));
        requiredClaims = Map.copyOf(requireNonNullElse(requiredClaims, Map.of()));
        scopeClaims = List.copyOf(requireNonNullElse(scopeClaims, List.of("scope", "scp")));
        claimsAsScopes = List.copyOf(requireNonNullElse(claimsAsScopes, List.of()));
        sharedSecretFile = requireNonNullElse(sharedSecretFile, Optional.empty());
        jwks = requireNonNullElse(jwks, JwksConfig.DISCOVERED);
        introspection = requireNonNullElse(introspection, IntrospectionConfig.NONE);
    }

    /** An issuer of JWTs by its identifier, all else by default and discovery. */
    public static IssuerConfig of(String issuer) {
        return builder(issuer).build();
    }

    /** An issuer by its identifier; what is not said otherwise is by default and discovery. */
    public static IssuerConfigBuilder builder(String issuer) {
        return IssuerConfigBuilder.builder().issuer(issuer);
    }

    /** The same issuer, of whose tokens the opaque ones are introspected. */
    public IssuerConfig withIntrospection(IntrospectionConfig how) {
        return IssuerConfigBuilder.builder(this).introspection(how).build();
    }

    /**
     * The key of {@code sharedSecretFile}, read anew; empty if none is configured. Not for logs.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public Optional<byte[]> readSharedSecret() {
        return sharedSecretFile.map(file -> {
            try {
                return SharedSecret.read(file.path());
            } catch (IOException unreadable) {
                throw new UncheckedIOException("the file of a shared secret cannot be used", unreadable);
            }
        });
    }
}
