package dev.scopegate.validate.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The keys of one issuer as one publication says them, and which of them may verify what: type, curve, {@code use}, {@code
 * key_ops}, {@code alg} and size have to agree with the algorithm. That is found out once, when the set is made.
 *
 * <p>Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-4">RFC 7517 §4</a>
 */
final class KeySet {

    /** Without a {@code kid} each candidate costs a verification, and the sender of garbage pays nothing for it. */
    private static final int MAX_CANDIDATES = 4;

    private static final int MIN_RSA_BITS = 2048;

    private final List<JWK> keys;
    private final Set<String> names;
    private final Map<JWSAlgorithm, Candidates> candidates;

    /**
     * What one algorithm may be verified with.
     *
     * @param named by {@code kid}; several keys of one name are none
     * @param unnamed for a token that names no key
     */
    private record Candidates(Map<String, KeyLookup> named, KeyLookup unnamed) {

        static Candidates of(List<JWK> fitting) {
            Map<String, KeyLookup> named = new HashMap<>();
            for (JWK key : fitting) {
                if (key.getKeyID() != null) {
                    // Two keys of one name: whichever were tried, the other one might have been meant.
                    named.merge(
                            key.getKeyID(), new KeyLookup.Found(List.of(key)), (one, other) -> new KeyLookup.Unknown());
                }
            }
            List<JWK> first = List.copyOf(fitting.subList(0, Math.min(MAX_CANDIDATES, fitting.size())));
            return new Candidates(
                    Map.copyOf(named), first.isEmpty() ? new KeyLookup.Unknown() : new KeyLookup.Found(first));
        }
    }

    private KeySet(List<JWK> keys) {
        this.keys = keys;
        names = keys.stream().map(JWK::getKeyID).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
        Map<JWSAlgorithm, Candidates> byAlgorithm = new HashMap<>();
        for (JWSAlgorithm algorithm : JWSAlgorithm.Family.SIGNATURE) {
            byAlgorithm.put(algorithm, Candidates.of(fitting(keys, matcher(algorithm))));
        }
        candidates = Map.copyOf(byAlgorithm);
    }

    /** The set of these public keys. */
    static KeySet of(List<JWK> publicKeys) {
        return new KeySet(List.copyOf(publicKeys));
    }

    /**
     * The set of these public keys, in which those that {@code before} has as well are the same objects: what was made ready
     * for them is not made anew.
     */
    static KeySet following(KeySet before, List<JWK> publicKeys) {
        List<JWK> all = new ArrayList<>();
        for (JWK key : publicKeys) {
            int at = before.keys.indexOf(key);
            all.add(at < 0 ? key : before.keys.get(at));
        }
        return of(all);
    }

    private static List<JWK> fitting(List<JWK> keys, JWKMatcher matcher) {
        return keys.stream().filter(matcher::matches).filter(KeySet::mayVerify).toList();
    }

    private static JWKMatcher matcher(JWSAlgorithm algorithm) {
        JWKMatcher.Builder matcher = new JWKMatcher.Builder()
                .keyType(KeyType.forAlgorithm(algorithm))
                .keyUses(KeyUse.SIGNATURE, null)
                .publicOnly(true);
        if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return matcher.algorithms(algorithm, null).minKeySize(MIN_RSA_BITS).build();
        }
        if (JWSAlgorithm.Family.EC.contains(algorithm)) {
            return matcher.algorithms(algorithm, null)
                    .curves(Curve.forJWSAlgorithm(algorithm))
                    .build();
        }
        // RFC 9864: "Ed25519" is the full name of what "EdDSA" means with this curve.
        return matcher.algorithms(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519, null)
                .curve(Curve.Ed25519)
                .build();
    }

    private static boolean mayVerify(JWK key) {
        return key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
    }

    /** The keys that may verify a token of this algorithm, which names the key {@code keyId} or none. */
    KeyLookup find(JWSAlgorithm algorithm, Optional<String> keyId) {
        Candidates fitting = candidates.get(algorithm);
        if (fitting == null) {
            return new KeyLookup.Unknown();
        }
        if (keyId.isEmpty()) {
            return fitting.unnamed;
        }
        KeyLookup named = fitting.named.get(keyId.get());
        return named == null ? new KeyLookup.Unknown() : named;
    }

    /** Whether any key may verify anything. */
    boolean isUsable() {
        return candidates.values().stream().anyMatch(fitting -> fitting.unnamed instanceof KeyLookup.Found);
    }

    /** Whether some key is called so, be it good for anything or not. */
    boolean names(String keyId) {
        return names.contains(keyId);
    }

    /** Whether {@code key}, as an object that was found here or in a set before this one, is in this set. */
    @SuppressWarnings("ReferenceEquality") // Keys that stay are the same objects; comparing by content is slow.
    boolean has(JWK key) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i) == key) {
                return true;
            }
        }
        return false;
    }

    /** The names of the keys, in order. */
    List<String> keyIds() {
        return List.copyOf(new TreeSet<>(names));
    }
}
