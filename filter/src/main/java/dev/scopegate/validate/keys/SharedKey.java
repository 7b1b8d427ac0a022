package dev.scopegate.validate.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.scopegate.model.KeySetStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one symmetric key that an issuer and this resource server share by configuration. Whatever {@code kid} a token names, it
 * is this key or none. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.2">RFC 7518 §3.2</a>
 */
final class SharedKey implements IssuerKeys {

    private final KeyLookup.Found found;
    private final Set<JWSAlgorithm> algorithms;

    SharedKey(byte[] secret, List<String> algorithms) {
        this.found = new KeyLookup.Found(List.of(new OctetSequenceKey.Builder(secret).build()));
        this.algorithms = algorithms.stream()
                .map(JWSAlgorithm::parse)
                .filter(JWSAlgorithm.Family.HMAC_SHA::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public KeyLookup find(JWSAlgorithm algorithm, Optional<String> keyId) {
        return algorithms.contains(algorithm) ? found : new KeyLookup.Unknown();
    }

    @Override
    public boolean publishes(JWK key) {
        return found.keys().contains(key);
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
