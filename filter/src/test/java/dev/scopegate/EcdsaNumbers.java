package dev.scopegate;

import java.math.BigInteger;
import java.util.Arrays;

/** What a signature by ECDSA is made of: two numbers. */
final class EcdsaNumbers {

    private EcdsaNumbers() {}

    /** The number that these octets are. */
    static BigInteger number(byte[] octets) {
        return new BigInteger(1, octets);
    }

    /** The first number of a signature of P-256. */
    static BigInteger r(byte[] signature) {
        return number(Arrays.copyOf(signature, 32));
    }

    /** The second one. */
    static BigInteger s(byte[] signature) {
        return number(Arrays.copyOfRange(signature, 32, 64));
    }

    /** A signature of two numbers, 32 octets each. */
    static byte[] pair(BigInteger r, BigInteger s) {
        byte[] first = WeakRsa.octets(r, 32);
        byte[] second = WeakRsa.octets(s, 32);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The same signature as ASN.1 has it, which JWS does not. */
    static byte[] der(byte[] signature) {
        byte[] r = r(signature).toByteArray();
        byte[] s = s(signature).toByteArray();
        byte[] der = new byte[6 + r.length + s.length];
        der[0] = 0x30;
        der[1] = (byte) (der.length - 2);
        der[2] = 0x02;
        der[3] = (byte) r.length;
        System.arraycopy(r, 0, der, 4, r.length);
        der[4 + r.length] = 0x02;
        der[5 + r.length] = (byte) s.length;
        System.arraycopy(s, 0, der, 6 + r.length, s.length);
        return der;
    }
}
