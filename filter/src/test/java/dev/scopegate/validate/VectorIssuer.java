package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.config.ConfigChecks;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.AccessToken;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.validate.keys.IssuerKeys;
import dev.scopegate.validate.keys.KeyLookup;
import dev.scopegate.validate.keys.SignatureVerifier;
import dev.scopegate.validate.keys.Signatures;
import dev.scopegate.validate.keys.VectorKeys;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The issuer of the tokens in a group of test vectors. Judges them as {@link JwtValidator} does, by the same parts in the same
 * order, but leaves out what vectors do not have: claims, and so an issuer and a kind of token.
 */
record VectorIssuer(IssuerKeys keys, List<String> algorithms) {

    /** All that a configuration may name for published keys. */
    static final List<String> ASYMMETRIC = List.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    private static final SignatureVerifier SIGNATURES = Signatures.byRuntime();

    /** An issuer that publishes {@code set}, whatever is in it. */
    static VectorIssuer publishing(JsonNode set) {
        return new VectorIssuer(VectorKeys.published(set.toString()), ASYMMETRIC);
    }

    /** An issuer that publishes {@code key} alone. */
    static VectorIssuer publishingOne(JsonNode key) {
        return new VectorIssuer(VectorKeys.published("{\"keys\":[" + key + "]}"), ASYMMETRIC);
    }

    /** An issuer that shares the symmetric {@code key}, for the algorithm that it names. */
    static VectorIssuer sharing(JsonNode key) {
        String algorithm = key.path("alg").asText();
        assertThat(algorithm).startsWith("HS");
        return new VectorIssuer(VectorKeys.shared(secret(key), algorithm), List.of(algorithm));
    }

    static byte[] secret(JsonNode key) {
        return Base64.getUrlDecoder().decode(key.path("k").asText());
    }

    static boolean isSymmetric(JsonNode key) {
        return key.path("kty").asText().equals("oct");
    }

    /** A configuration that is sound, if {@code issuer} is. */
    static ScopegateConfig config(IssuerConfig issuer) {
        return ScopegateConfigBuilder.builder()
                .resource("https://api.example.com")
                .issuers(List.of(issuer))
                .routes(List.of(RouteConfig.requiring("GET /", "read")))
                .build();
    }

    /** That a configuration may indeed name these algorithms. */
    static void assertConfigurable() {
        assertThat(ConfigChecks.problems(config(IssuerConfig.builder("https://login.example.com")
                        .algorithms(ASYMMETRIC)
                        .build())))
                .isEmpty();
    }

    /** Why {@code token} is refused before its claims are looked at; empty if it is not. */
    Optional<RefusalReason> refusal(String token) {
        CompactJws.Reading reading = CompactJws.read(new AccessToken(token), CompactJws.octets(token));
        if (reading instanceof CompactJws.Reading.Unreadable unreadable) {
            return Optional.of(unreadable.reason());
        }
        CompactJws jws = ((CompactJws.Reading.Read) reading).jws();
        JoseHeader.Reading first = JoseHeader.read(jws.encodedHeader());
        if (first instanceof JoseHeader.Reading.Unreadable unreadable) {
            return Optional.of(unreadable.reason());
        }
        return refusal(jws, ((JoseHeader.Reading.Read) first).header());
    }

    private Optional<RefusalReason> refusal(CompactJws jws, JoseHeader header) {
        if (!algorithms.contains(header.algorithm().getName())) {
            return Optional.of(RefusalReason.ALGORITHM);
        }
        if (!(keys.find(header.algorithm(), header.keyId()) instanceof KeyLookup.Found found)) {
            return Optional.of(RefusalReason.KEY_UNKNOWN);
        }
        boolean verified = found.keys().stream()
                .anyMatch(key -> SIGNATURES.verifies(key, header.algorithm(), jws.signingInput(), jws.signature()));
        return verified ? Optional.empty() : Optional.of(RefusalReason.SIGNATURE);
    }
}
