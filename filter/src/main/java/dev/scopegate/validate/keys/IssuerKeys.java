package dev.scopegate.validate.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.model.KeySetStatus;
import java.util.Optional;

/**
 * The keys that may verify tokens of one issuer, and of no other.
 *
 * <p>Checks that a key agrees with the algorithm that the token names. Does not verify anything. Safe for concurrent use.
 */
public interface IssuerKeys extends AutoCloseable {

    /**
     * The keys that may verify a token.
     *
     * @param algorithm the token's algorithm, which is one that is accepted
     * @param keyId the token's {@code kid}
     */
    KeyLookup find(JWSAlgorithm algorithm, Optional<String> keyId);

    /** Whether {@code key}, which was found here before, is still good; also false if nobody can know. Waits for nothing. */
    boolean publishes(JWK key);

    /** How it stands with keys that are fetched; empty for a key that both sides have. */
    Optional<KeySetStatus> status();

    /** Stops fetching, and ends the thread that does. */
    @Override
    void close();
}
