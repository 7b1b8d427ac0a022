package dev.scopegate.introspection.authentication;

import com.nimbusds.jose.jwk.Curve;
import java.util.List;
import java.util.Optional;

/**
 * The kinds of keys that sign here, and the algorithms of each, the usual one first.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518 §3.1</a>
 */
enum KeyFamily {
    RSA("an RSA key", "SHA256withRSA", List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")),
    P_256("a key on P-256", "SHA256withECDSA", List.of("ES256")),
    P_384("a key on P-384", "SHA384withECDSA", List.of("ES384")),
    P_521("a key on P-521", "SHA512withECDSA", List.of("ES512")),
    ED25519("an Ed25519 key", "Ed25519", List.of("EdDSA", "Ed25519"));

    /** How it is called in messages. */
    final String words;

    /** What Java calls one of its algorithms. */
    final String javaAlgorithm;

    @SuppressWarnings("ImmutableEnumChecker") // They come from List.of.
    final List<String> algorithms;

    KeyFamily(String words, String javaAlgorithm, List<String> algorithms) {
        this.words = words;
        this.javaAlgorithm = javaAlgorithm;
        this.algorithms = algorithms;
    }

    /** The family of the keys on {@code curve}, if there is one. */
    static Optional<KeyFamily> on(Curve curve) {
        if (curve.equals(Curve.P_256)) {
            return Optional.of(P_256);
        }
        if (curve.equals(Curve.P_384)) {
            return Optional.of(P_384);
        }
        if (curve.equals(Curve.P_521)) {
            return Optional.of(P_521);
        }
        return curve.equals(Curve.Ed25519) ? Optional.of(ED25519) : Optional.empty();
    }
}
