package dev.scopegate;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * An RSA key that no library would make, and its signatures: made of numbers alone, so that no provider refuses to.
 *
 * @param modulus the modulus
 * @param exponent the public exponent
 * @param secret the private exponent
 */
record WeakRsa(BigInteger modulus, BigInteger exponent, BigInteger secret) {

    private static final BigInteger F4 = BigInteger.valueOf(65_537);

    /** RFC 8017 §9.2: what stands before a SHA-256 digest. */
    private static final byte[] SHA256_PREFIX = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    /** A key of {@code bits} with {@code exponent}, an odd number. */
    static WeakRsa of(int bits, int exponent) {
        Random random = new Random(exponent);
        while (true) {
            BigInteger p = BigInteger.probablePrime(bits / 2, random);
            BigInteger q = BigInteger.probablePrime(bits / 2, random);
            BigInteger e = BigInteger.valueOf(exponent);
            BigInteger phi = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
            if (p.multiply(q).bitLength() == bits && phi.gcd(e).equals(BigInteger.ONE)) {
                return new WeakRsa(p.multiply(q), e, e.modInverse(phi));
            }
        }
    }

    /**
     * A key of 2048 bits as the smart cards of CVE-2017-15361 made them: modulo each small prime its primes are powers of
     * 65537, by which anyone recognises the modulus, and factors it.
     */
    static WeakRsa ofAFlawedCard() {
        Random random = new Random(15_361);
        BigInteger p = flawedPrime(random);
        BigInteger q = flawedPrime(random);
        BigInteger phi = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
        return new WeakRsa(p.multiply(q), F4, F4.modInverse(phi));
    }

    private static BigInteger flawedPrime(Random random) {
        BigInteger product = IntStream.rangeClosed(2, 167)
                .mapToObj(BigInteger::valueOf)
                .filter(number -> number.isProbablePrime(20))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        while (true) {
            BigInteger power = F4.modPow(new BigInteger(64, random), product);
            // The two highest bits are set, so that a modulus of two such primes has 2048 bits.
            BigInteger start = BigInteger.valueOf(3).shiftLeft(1022).add(new BigInteger(1020, random));
            BigInteger candidate =
                    start.subtract(start.mod(product)).add(product).add(power);
            if (candidate.bitLength() == 1024
                    && candidate.isProbablePrime(40)
                    && candidate.subtract(BigInteger.ONE).gcd(F4).equals(BigInteger.ONE)) {
                return candidate;
            }
        }
    }

    /** The public key as a JWK without {@code alg}. */
    String jwk(String keyId) {
        return "{\"kty\":\"RSA\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
                .formatted(keyId, encoded(modulus), encoded(exponent));
    }

    /** The RS256 signature of {@code input}, a good one. */
    byte[] sign(byte[] input) {
        int length = (modulus.bitLength() + 7) / 8;
        byte[] digest = sha256(input);
        byte[] message = new byte[length];
        Arrays.fill(message, (byte) 0xff);
        message[0] = 0;
        message[1] = 1;
        int start = length - digest.length - SHA256_PREFIX.length;
        message[start - 1] = 0;
        System.arraycopy(SHA256_PREFIX, 0, message, start, SHA256_PREFIX.length);
        System.arraycopy(digest, 0, message, length - digest.length, digest.length);
        return octets(new BigInteger(1, message).modPow(secret, modulus), length);
    }

    static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@code number} in as few octets as it takes, but at least {@code length}. */
    static byte[] octets(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] plain = signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
        byte[] padded = new byte[Math.max(length, plain.length)];
        System.arraycopy(plain, 0, padded, padded.length - plain.length, plain.length);
        return padded;
    }

    private static String encoded(BigInteger number) {
        return new String(Base64.getUrlEncoder().withoutPadding().encode(octets(number, 1)), StandardCharsets.US_ASCII);
    }
}
