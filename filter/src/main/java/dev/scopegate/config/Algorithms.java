package dev.scopegate.config;

import java.util.List;

/** The signature algorithms that a configuration may name. */
final class Algorithms {

    /** All of RFC 7518 §3.1 and RFC 8037 that verify with a public key. */
    static final List<String> ASYMMETRIC = List.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    private Algorithms() {}

    static String problem(String path, String algorithm) {
        String key = "'" + path + ".algorithms' ";
        if (algorithm.startsWith("HS")) {
            return key
                    + "names an HMAC algorithm; its key would have to be known to both sides, so it is not supported";
        }
        return key + "may name " + String.join(", ", ASYMMETRIC)
                + Suggestions.nearest(algorithm, ASYMMETRIC)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("");
    }
}
