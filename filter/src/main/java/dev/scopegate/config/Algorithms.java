package dev.scopegate.config;

import java.util.List;
import java.util.Map;

/** The signature algorithms that a configuration may name. */
final class Algorithms {

    /** All of RFC 7518 §3.1 and RFC 8037 that verify with a public key. */
    static final List<String> ASYMMETRIC = List.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    /**
     * Those of RFC 7518 §3.2, and how many octets of a key each needs at least: as many as its hash has.
     */
    static final Map<String, Integer> HMAC = Map.of("HS256", 32, "HS384", 48, "HS512", 64);

    private Algorithms() {}

    /** What is wrong with {@code algorithm}, which is none of {@code allowed}; names what could be meant. */
    static String problem(String path, String algorithm, List<String> allowed) {
        String key = "'" + path + ".algorithms' ";
        if (HMAC.containsKey(algorithm)) {
            return key
                    + "names an HMAC algorithm, whose key both sides have to know; add 'shared-secret-file', or name "
                    + String.join(", ", allowed);
        }
        return key + "may name " + String.join(", ", allowed)
                + Suggestions.nearest(algorithm, allowed)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("");
    }
}
