package dev.scopegate.validate.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * Keys of Ed25519 as the JDK has them, since Nimbus needs another library for that.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8037#section-3.1">RFC 8037 §3.1</a>
 */
final class Ed25519 {

    private static final int KEY_BYTES = 32;

    private Ed25519() {}

    /** The point that {@code x} encodes: y in little-endian order, the sign of x in the highest bit (RFC 8032 §5.1.2). */
    static PublicKey publicKey(byte[] x) throws GeneralSecurityException {
        if (x.length != KEY_BYTES) {
            throw new InvalidKeyException("not a key of Ed25519");
        }
        byte[] y = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            y[i] = x[KEY_BYTES - 1 - i];
        }
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }
}
