package dev.scopegate.validate;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.introspection.AnswerKeys;
import dev.scopegate.validate.keys.IssuerKeys;
import dev.scopegate.validate.keys.KeyLookup;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The keys with which an issuer signs tokens, as those with which it signs answers: it publishes one set for both. Safe for
 * concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9701#section-5">RFC 9701 §5</a>
 */
record PublishedAnswerKeys(IssuerKeys keys) implements AnswerKeys {

    @Override
    public List<JWK> find(JWSAlgorithm algorithm, Optional<String> keyId) throws IOException {
        KeyLookup lookup = keys.find(algorithm, keyId);
        if (lookup instanceof KeyLookup.Unavailable) {
            throw new IOException("the issuer's keys cannot be had");
        }
        return lookup instanceof KeyLookup.Found found ? found.keys() : List.of();
    }
}
