package dev.scopegate.validate.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;

/** Verifies JWS signatures. */
@FunctionalInterface
public interface SignatureVerifier {

    /**
     * Whether {@code signature} over {@code signingInput} is one of {@code key}; a key that does not fit verifies none.
     *
     * @param algorithm the algorithm, which is one that is accepted
     * @param signingInput the first two parts of a JWS as they were received, the dot between them included
     * @param signature the octets of the third part
     */
    boolean verifies(JWK key, JWSAlgorithm algorithm, byte[] signingInput, byte[] signature);
}
