package dev.scopegate.validate.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.model.KeySetStatus;
import java.util.List;
import java.util.Optional;

/** Keys of test vectors, in the hands of an issuer: published as the text of a JWK Set, or shared. */
public final class VectorKeys {

    private VectorKeys() {}

    /** What is used of a published set. */
    public static IssuerKeys published(String set) {
        return new Published(KeySet.of(new JwkSetReader("vectors").read(set)));
    }

    /** One symmetric key, which serves the one algorithm that is configured. */
    public static IssuerKeys shared(byte[] secret, String algorithm) {
        return new SharedKey(secret, List.of(algorithm));
    }

    private record Published(KeySet set) implements IssuerKeys {

        @Override
        public KeyLookup find(JWSAlgorithm algorithm, Optional<String> keyId) {
            return set.find(algorithm, keyId);
        }

        @Override
        public boolean publishes(JWK key) {
            return set.has(key);
        }

        @Override
        public Optional<KeySetStatus> status() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // Nothing is fetched.
        }
    }
}
