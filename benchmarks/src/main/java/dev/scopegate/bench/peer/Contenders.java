package dev.scopegate.bench.peer;

import dev.scopegate.config.CryptoConfig;
import java.security.Provider;
import java.util.List;
import java.util.Optional;

/** All contenders for the validation of a token that was never seen before. */
public enum Contenders {
    /** The floor: JCA alone, the plain way. */
    FLOOR,
    /** The floor with one {@code Signature} for all tokens, initialised once. */
    FLOOR_REUSED,
    /** Scopegate: match, extract, classify, validate, confirm, authorize. */
    SCOPEGATE,
    /** Scopegate: validate alone. */
    SCOPEGATE_VALIDATE,
    /** auth0 java-jwt. */
    AUTH0,
    /** jose4j. */
    JOSE4J,
    /** Nimbus. */
    NIMBUS,
    /** Spring Security's decoder. */
    SPRING;

    /** Whether it can be told which provider of signature algorithms to use, and knows {@code algorithm}. */
    public boolean knows(Algorithm algorithm, CryptoConfig.Provider provider) {
        return switch (this) {
            case FLOOR, FLOOR_REUSED -> true;
            case SCOPEGATE, SCOPEGATE_VALIDATE -> true;
            // Nimbus and Spring ask for a further library for Ed25519.
            case NIMBUS -> algorithm != Algorithm.EDDSA;
            case SPRING -> provider == CryptoConfig.Provider.JCA && algorithm != Algorithm.EDDSA;
            case JOSE4J -> provider == CryptoConfig.Provider.JCA;
            case AUTH0 ->
                provider == CryptoConfig.Provider.JCA && (algorithm == Algorithm.RS256 || algorithm == Algorithm.ES256);
        };
    }

    /** Starts it with the provider that the JDK has, for all tokens of this algorithm. */
    public Contender start(SampleTokens tokens, Algorithm algorithm) {
        return start(tokens, algorithm, CryptoConfig.Provider.JCA, tokens.signedWith(algorithm));
    }

    /**
     * Starts it.
     *
     * @param expected what it will be asked to judge; only the floor makes use of that
     * @throws IllegalStateException if it does not work as it is set up
     */
    public Contender start(
            SampleTokens tokens, Algorithm algorithm, CryptoConfig.Provider provider, List<String> expected) {
        Optional<Provider> jca = new CryptoConfig(provider).find();
        if (jca.isEmpty() && provider != CryptoConfig.Provider.JCA) {
            throw new IllegalStateException(provider + " does not run on this machine");
        }
        Contender contender = switch (this) {
            case FLOOR -> new SignatureFloor(tokens, algorithm, jca, false, expected);
            case FLOOR_REUSED -> new SignatureFloor(tokens, algorithm, jca, true, expected);
            case SCOPEGATE -> Scopegate.deciding(tokens, provider);
            case SCOPEGATE_VALIDATE -> Scopegate.validating(tokens, provider);
            case AUTH0 -> Peers.auth0(tokens, algorithm);
            case JOSE4J -> Peers.jose4j(tokens, algorithm);
            case NIMBUS -> Peers.nimbus(tokens, algorithm, jca);
            case SPRING -> Peers.spring(tokens, algorithm);
        };
        if (!accepts(contender, tokens.signedWith(algorithm).get(0))) {
            throw new IllegalStateException(this + " refuses a good token");
        }
        return contender;
    }

    /** Keys are read in the background, so the first token may come too soon. */
    private static boolean accepts(Contender contender, String good) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end) {
            if (contender.accepts(good)) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }
}
