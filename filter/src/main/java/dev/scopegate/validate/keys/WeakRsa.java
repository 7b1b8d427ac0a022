package dev.scopegate.validate.keys;

import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Knows RSA keys whose signatures prove nothing: anyone can compute the private key, or a signature without it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.3">RFC 7518 §3.3</a>
 */
final class WeakRsa {

    private static final int MIN_BITS = 2048;

    /** With 1 every text is its own signature; small ones have let forged padding pass (Bleichenbacher, 2006). */
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65_537);

    /** More than any issuer uses; verifying with huge numbers costs the verifier. */
    private static final int MAX_BITS = 16_384;

    private static final int MAX_EXPONENT_BITS = 64;

    /** The primes by which the structure of ROCA is found. */
    private static final List<Integer> ODD_PRIMES_TO_167 = IntStream.rangeClosed(3, 167)
            .filter(number -> BigInteger.valueOf(number).isProbablePrime(30))
            .boxed()
            .toList();

    private WeakRsa() {}

    /** What is wrong with {@code key}; empty if nothing is known against it. */
    static Optional<String> weaknessOf(RSAKey key) {
        BigInteger modulus = key.getModulus().decodeToBigInteger();
        BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
        if (modulus.bitLength() < MIN_BITS) {
            return Optional.of("it is shorter than " + MIN_BITS + " bits");
        }
        if (modulus.bitLength() > MAX_BITS || exponent.bitLength() > MAX_EXPONENT_BITS) {
            return Optional.of("its numbers are larger than any that are used");
        }
        if (exponent.compareTo(MIN_EXPONENT) < 0 || !exponent.testBit(0) || !modulus.testBit(0)) {
            return Optional.of("its public exponent is smaller than 65537, or it is no RSA key at all");
        }
        return hasStructureOfRoca(modulus)
                ? Optional.of("its primes can be computed (ROCA, CVE-2017-15361)")
                : Optional.empty();
    }

    /**
     * Moduli of the weak generator are powers of 65537 modulo each small prime. Another one is that for all of them about once in
     * 2^27 cases.
     */
    private static boolean hasStructureOfRoca(BigInteger modulus) {
        return ODD_PRIMES_TO_167.stream()
                .allMatch(prime ->
                        isPowerOf65537(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime));
    }

    private static boolean isPowerOf65537(int remainder, int prime) {
        int power = 1;
        do {
            if (power == remainder) {
                return true;
            }
            power = (int) (power * 65_537L % prime);
        } while (power != 1);
        return false;
    }
}
