package dev.scopegate.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.Base64URL;
import java.time.Clock;
import java.time.Duration;

/** Tokens of the right form that nobody has signed, made fast. */
final class Garbage {

    private Garbage() {}

    /** What would be a good token of {@code issuer}, but for its key. */
    static String token(FaultyIssuer issuer, Clock clock) {
        return issuer.token("nobody", clock, Duration.ofHours(1));
    }

    /** The same token, naming another key. */
    static String naming(String token, String keyId) {
        String header = "{\"alg\":\"ES256\",\"kid\":\"" + keyId + "\"}";
        return Base64URL.encode(header.getBytes(UTF_8)) + token.substring(token.indexOf('.'));
    }
}
