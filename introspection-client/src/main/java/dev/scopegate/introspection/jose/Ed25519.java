package dev.scopegate.introspection.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/**
 * Keys of Ed25519 as the JDK has them, since Nimbus needs another library for that.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8037#section-3.1">RFC 8037 §3.1</a>
 */
public final class Ed25519 {

    private static final int KEY_BYTES = 32;
    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** A point of order eight; the other such has the opposite y. */
    private static final BigInteger ORDER_EIGHT =
            new BigInteger("5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

    /** The y of all points whose order divides eight. */
    private static final Set<BigInteger> SMALL_ORDERS = Set.of(
            BigInteger.ZERO, BigInteger.ONE, PRIME.subtract(BigInteger.ONE), ORDER_EIGHT, PRIME.subtract(ORDER_EIGHT));

    private Ed25519() {}

    /**
     * Whether the point that {@code x} encodes is one of the eight whose multiples are few, or is not written in the one canonical
     * way: with such a key signatures verify that nobody made.
     */
    public static boolean isWeak(byte[] x) {
        if (x.length != KEY_BYTES) {
            return true;
        }
        BigInteger y = y(x);
        return y.compareTo(PRIME) >= 0 || SMALL_ORDERS.contains(y);
    }

    private static BigInteger y(byte[] x) {
        byte[] y = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            y[i] = x[KEY_BYTES - 1 - i];
        }
        y[0] &= 0x7f;
        return new BigInteger(1, y);
    }

    /**
     * The point that {@code x} encodes: y in little-endian order, the sign of x in the highest bit (RFC 8032 §5.1.2).
     *
     * @throws GeneralSecurityException if it is none
     */
    public static PublicKey publicKey(byte[] x) throws GeneralSecurityException {
        if (x.length != KEY_BYTES) {
            throw new InvalidKeyException("not a key of Ed25519");
        }
        EdECPoint point = new EdECPoint((x[KEY_BYTES - 1] & 0x80) != 0, y(x));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }
}
