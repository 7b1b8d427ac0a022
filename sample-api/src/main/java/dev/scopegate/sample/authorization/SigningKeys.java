package dev.scopegate.sample.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;

/**
 * The key pairs of the authorization server: the one that signs, and the one before it for as long as it is published. They outlive
 * a restart of the server. Safe for concurrent use; {@code toString} shows no key.
 */
public final class SigningKeys {

    private static final int KEY_BITS = 2048;

    /**
     * What became of a rotation.
     *
     * @param kid the name of the key that signs now
     * @param previous the name of the one that signed before
     */
    public record Rotated(String kid, String previous) {}

    /** The first one signs; all are published. */
    private volatile List<RSAKey> published;

    private SigningKeys(List<RSAKey> published) {
        this.published = published;
    }

    /** One fresh RSA key. */
    public static SigningKeys generate() {
        return new SigningKeys(List.of(fresh()));
    }

    /** The key that signs now. */
    public RSAKey current() {
        return published.get(0);
    }

    /**
     * Signs with a new key from now on. The one that signed until now stays published, so that its tokens still hold; any older one
     * is gone, and its tokens with it.
     */
    public synchronized Rotated rotate() {
        RSAKey previous = current();
        published = List.of(fresh(), previous);
        return new Rotated(current().getKeyID(), previous.getKeyID());
    }

    /** A key pair as this server makes them. */
    static RSAKey fresh() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java has no RSA keys of " + KEY_BITS + " bits", e);
        }
    }

    JWKSource<SecurityContext> signing() {
        return (selector, context) -> selector.select(new JWKSet(current()));
    }

    JWKSource<SecurityContext> publishing() {
        return (selector, context) -> selector.select(new JWKSet(List.copyOf(published)));
    }

    @Override
    public String toString() {
        return "SigningKeys[" + published.size() + "]";
    }
}
