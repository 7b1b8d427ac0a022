package dev.scopegate.sample.playground;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/** What somebody without the authorization server's key can make of a token. Not a way to make a good one. Immutable. */
final class Forgery {

    private static final int KEY_BITS = 2048;

    private final JWSObject token;

    private Forgery(JWSObject token) {
        this.token = token;
    }

    /**
     * Of this token.
     *
     * @throws Refused 400 if it is no JWT
     */
    static Forgery of(String token) {
        try {
            return new Forgery(JWSObject.parse(token));
        } catch (ParseException e) {
            throw Refused.of(HttpStatus.BAD_REQUEST, "This needs a JWT: an opaque token has nothing to change.");
        }
    }

    /** An unsecured JWS, as appendix A.5 of RFC 7515 shows one. */
    String withoutSignature() {
        return Base64URL.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "."
                + token.getPayload().toBase64URL() + ".";
    }

    /** The claims with more scope, before the old signature. */
    String withMoreScope() {
        Map<String, Object> claims = token.getPayload().toJSONObject();
        claims.put("scope", "read:contacts create:contacts delete:contacts");
        return token.getHeader().toBase64URL() + "." + new Payload(claims).toBase64URL() + "." + token.getSignature();
    }

    /** The same claims under the name of the same key, signed by one that was just made up. */
    String signedByAnotherKey() {
        return signedUnder(token.getHeader().getKeyID());
    }

    /** The same claims, signed by a key that was just made up, under a name that nobody published. */
    String signedByUnknownKey() {
        return signedUnder(UUID.randomUUID().toString());
    }

    private String signedUnder(String kid) {
        JWSObject forged = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(token.getHeader().getType())
                        .keyID(kid)
                        .build(),
                token.getPayload());
        try {
            forged.sign(new RSASSASigner(new RSAKeyGenerator(KEY_BITS).generate()));
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java cannot sign with RSA", e);
        }
        return forged.serialize();
    }
}
