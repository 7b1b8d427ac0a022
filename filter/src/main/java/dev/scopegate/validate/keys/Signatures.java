package dev.scopegate.validate.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import java.security.Provider;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies JWS signatures, by a provider of one's choice where it can, and otherwise by the Java runtime.
 * Takes the algorithm as an argument, never from a key or a token.
 *
 * <p>Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-5.2">RFC 7515 §5.2</a>
 */
public final class Signatures implements SignatureVerifier {

    private final KeyVerifiers runtime = new KeyVerifiers(Optional.empty());
    private final KeyVerifiers chosen;
    private final Set<JWSAlgorithm> byTheChosen;

    private Signatures(KeyVerifiers chosen, Set<JWSAlgorithm> byTheChosen) {
        this.chosen = chosen;
        this.byTheChosen = byTheChosen;
    }

    /** By what the Java runtime brings. */
    public static Signatures byRuntime() {
        return new Signatures(new KeyVerifiers(Optional.empty()), Set.of());
    }

    /**
     * By {@code provider}, for those algorithms that it is found to verify rightly: each is tried here, which takes some tenths
     * of a second.
     */
    public static Signatures by(Provider provider) {
        return new Signatures(new KeyVerifiers(Optional.of(provider)), ProviderTrial.passedBy(provider));
    }

    @Override
    public boolean verifies(JWK key, JWSAlgorithm algorithm, byte[] signingInput, byte[] signature) {
        KeyVerifiers verifiers = byTheChosen.contains(algorithm) ? chosen : runtime;
        return verifiers.verifies(key, algorithm, signingInput, signature);
    }
}
