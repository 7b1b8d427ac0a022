package dev.scopegate.validate.keys;

import com.nimbusds.jose.jwk.JWK;
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

    private final String issuerName;
    private Set<Object> warnedOf = new HashSet<>();

    JwkSetReader(String issuerName) {
        this.issuerName = issuerName;
    }

    /** The usable public keys in {@code text}; empty if there is none. */
    List<JWK> read(String text) {
        List<JWK> keys = new ArrayList<>();
        Set<Object> unusable = new HashSet<>();
        Optional<Map<String, Object>> set = StrictJson.object(text);
        if (set.isPresent() && set.get().get("keys") instanceof List<?> entries) {
            entries.forEach(entry -> key(entry, unusable).ifPresent(keys::add));
        }
        warnedOf = unusable;
        return keys;
    }

    private Optional<JWK> key(Object entry, Set<Object> unusable) {
        try {
            JWK key = JWK.parse(members(entry));
            if (key.isPrivate()) {
                // Whoever reads the set could sign as the issuer, or forge tokens with a symmetric key.
                warn(unusable, entry, "publishes the secret part of a key; it has to be replaced");
            }
            Optional<String> objection = WeakKeys.objectionTo(key);
            objection.ifPresent(why -> warn(unusable, entry, "publishes a key that is not used: " + why));
            return objection.isPresent() ? Optional.empty() : Optional.ofNullable(key.toPublicJWK());
        } catch (ParseException | IllegalArgumentException | IllegalStateException broken) {
            warn(unusable, entry, "publishes a key that is not used: it is broken, or of an unknown type");
            return Optional.empty();
        }
    }

    private void warn(Set<Object> unusable, Object entry, String what) {
        // Names of keys are the issuer's text: they are left out, as whoever may write there may not write our log.
        if (unusable.add(entry) && !warnedOf.contains(entry)) {
            LOG.warn("Issuer {} {}", issuerName, what);
        }
    }

    private static Map<String, Object> members(Object entry) throws ParseException {
        if (!(entry instanceof Map<?, ?> members)) {
            throw new ParseException("not an object", 0);
        }
        // RFC 7517 §4.3: no operation twice; whoever writes sets by hand has made other mistakes in them, too.
        if (members.get("key_ops") instanceof List<?> operations
                && new HashSet<>(operations).size() < operations.size()) {
            throw new ParseException("an operation twice", 0);
        }
        Map<String, Object> named = new HashMap<>();
        members.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }
}
