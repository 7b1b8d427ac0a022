package dev.scopegate.validate.keys;

import com.nimbusds.jose.jwk.JWK;
import java.time.Duration;
import java.util.List;

/** What asking an issuer's key set for a key came to. */
public sealed interface KeyLookup {

    /** The keys that may verify the token; at least one, and exactly one where the token named its key. */
    record Found(List<JWK> keys) implements KeyLookup {}

    /** The issuer publishes no such key, or several of that name. */
    record Unknown() implements KeyLookup {}

    /** No key set of the issuer is known, so nobody can tell. */
    record Unavailable(Duration retryAfter) implements KeyLookup {}
}
