package dev.scopegate.validate.keys;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.CurveBasedJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.scopegate.introspection.json.StrictJson;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what an issuer publishes as its JWK Set. Keys that nobody here could use (unknown types, broken entries, weak RSA keys,
 * symmetric keys) are left out, and each is warned of once; private parts are dropped.
 *
 * <p>Not thread-safe; use one for each issuer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517 §5</a>
 */
final class JwkSetReader {

    private static final Logger LOG = LoggerFactory.getLogger(JwkSetReader.class);

    private static final Set<Curve> UNUSED_CURVES = Set.of(Curve.SECP256K1, Curve.Ed448);

    private final String issuerName;
    private Set<Object> warnedOf = new HashSet<>();

    JwkSetReader(String issuerName) {
        this.issuerName = issuerName;
    }

    /** The usable public keys in {@code text}; empty if there is none. */
    List<JWK> read(String text) {
        List<JWK> keys = new ArrayList<>();
        Set<Object> unusable = new HashSet<>();
        Object entries = StrictJson.object(text)
                .<Object>map(set -> set.getOrDefault("keys", ""))
                .orElse("");
        if (entries instanceof List<?> list) {
            for (Object entry : list) {
                Optional<JWK> key = entry instanceof Map<?, ?> members ? key(members, unusable) : Optional.empty();
                key.ifPresent(keys::add);
            }
        }
        warnedOf = unusable;
        return keys;
    }

    private Optional<JWK> key(Map<?, ?> members, Set<Object> unusable) {
        try {
            JWK key = JWK.parse(named(members));
            if (key.isPrivate()) {
                // Whoever reads the set could sign as the issuer, or forge tokens with a symmetric key.
                warn(unusable, members, "publishes the secret part of a key; it has to be replaced");
            }
            Optional<String> objection = objection(key);
            objection.ifPresent(why -> warn(unusable, members, "publishes a key that is not used: " + why));
            return objection.isPresent() ? Optional.empty() : Optional.ofNullable(key.toPublicJWK());
        } catch (ParseException | IllegalArgumentException | IllegalStateException broken) {
            warn(unusable, members, "publishes a key that is not used: it is broken, or of an unknown type");
            return Optional.empty();
        }
    }

    private static Optional<String> objection(JWK key) {
        if (key instanceof RSAKey rsa) {
            return WeakRsa.weaknessOf(rsa);
        }
        return key instanceof CurveBasedJWK curved && UNUSED_CURVES.contains(curved.getCurve())
                ? Optional.of("nobody signs on its curve here")
                : Optional.empty();
    }

    private void warn(Set<Object> unusable, Map<?, ?> members, String what) {
        // Names of keys are the issuer's text: they are left out, as whoever may write there may not write our log.
        if (unusable.add(members) && !warnedOf.contains(members)) {
            LOG.warn("Issuer {} {}", issuerName, what);
        }
    }

    private static Map<String, Object> named(Map<?, ?> members) {
        Map<String, Object> named = new HashMap<>();
        members.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }
}
