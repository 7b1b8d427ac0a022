package dev.scopegate.sample.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.URI;

/**
 * What the authorization server has to know before it starts. Immutable; {@code toString} leaves the key out.
 *
 * @param issuer its address and issuer identifier, for example {@code http://localhost:9000}
 * @param api the address of the API, for example {@code http://localhost:8080}
 * @param signingKey the RSA key pair that signs the tokens
 */
public record AuthorizationServerSetup(URI issuer, URI api, RSAKey signingKey) {

    private static final int KEY_BITS = 2048;

    /**
     * A set-up for two servers on this machine, with a fresh signing key.
     *
     * @param port of the authorization server, 1 to 65535
     * @param apiPort of the contacts API, 1 to 65535
     */
    public static AuthorizationServerSetup generate(int port, int apiPort) {
        try {
            RSAKey key = new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
            return new AuthorizationServerSetup(local(port), local(apiPort), key);
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java has no RSA keys of " + KEY_BITS + " bits", e);
        }
    }

    private static URI local(int port) {
        return URI.create("http://localhost:" + port);
    }

    /** The resource identifier of the API, which is the audience of its access tokens (RFC 9068 §2.2). */
    public URI resource() {
        return api.resolve("/contacts");
    }

    /** Where the public client wants its authorization codes. */
    URI redirect() {
        return api.resolve("/playground/callback");
    }

    @Override
    public String toString() {
        return "AuthorizationServerSetup[issuer=" + issuer + ", api=" + api + "]";
    }
}
