package dev.scopegate.validate.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;

/** Verifies JWS signatures with public keys. */
@FunctionalInterface
public interface SignatureVerifier {

    /**
     * Whether {@code signature} over {@code signingInput} is one of {@code key}; a key that does not fit verifies none.
     *
     * @param algorithm the algorithm, which is one that is accepted
     * @param signature the third part of a JWS, in canonical base64url
     */
    boolean verifies(JWK key, JWSAlgorithm algorithm, String signingInput, String signature);
}
