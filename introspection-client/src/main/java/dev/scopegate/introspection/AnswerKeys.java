package dev.scopegate.introspection;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.JWKSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The public keys of the issuer that signs the answers, and of nobody else.
 *
 * <p>Asked for each signed answer, on threads of the client alone, so it may ask others; the time it takes is part of the whole
 * exchange. Whoever implements it keeps the keys, and makes it safe for concurrent use.
 */
@FunctionalInterface
public interface AnswerKeys {

    /**
     * The keys that may have made a signature. Whether each fits the algorithm is checked again by whoever asks; no more than four
     * are tried.
     *
     * @param algorithm the algorithm of the signature, which is one that is accepted
     * @param keyId the {@code kid} that the answer names, any text whatever; empty if it names none
     * @return none if the issuer publishes no such key
     * @throws IOException if nobody can tell now, because no keys are to be had
     */
    List<JWK> find(JWSAlgorithm algorithm, Optional<String> keyId) throws IOException;

    /** The keys of {@code source}, which should keep them, and fetch them again for a name that it does not know. */
    static AnswerKeys of(JWKSource<?> source) {
        return (algorithm, keyId) -> {
            JWKMatcher.Builder matcher = new JWKMatcher.Builder().keyType(KeyType.forAlgorithm(algorithm));
            keyId.ifPresent(matcher::keyID);
            try {
                return List.copyOf(source.get(new JWKSelector(matcher.build()), null));
            } catch (KeySourceException unavailable) {
                throw new IOException("the issuer's keys are not to be had", unavailable);
            }
        };
    }
}
