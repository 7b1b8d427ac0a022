package dev.scopegate.introspection.authentication;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.util.Optional;

/**
 * A private key as a file has it. Immutable. Its text form hides it.
 *
 * @param publicKey the other half, where the file has it too
 * @param algorithm the one that the file says it is for
 * @param keyId what the file calls it
 */
record FoundKey(
        KeyFamily family,
        PrivateKey key,
        Optional<PublicKey> publicKey,
        Optional<String> algorithm,
        Optional<String> keyId) {

    private static final int MIN_RSA_BITS = 2_048;

    /** More than anybody uses; signing with huge numbers takes as long as an outage. */
    private static final int MAX_RSA_BITS = 16_384;

    private static final byte[] TRIAL = {1, 2, 3};

    /**
     * This key, if it can be used.
     *
     * @throws IOException if it cannot; the message follows upon the name of the file
     */
    FoundKey usable() throws IOException {
        if (key instanceof RSAKey rsa) {
            int bits = rsa.getModulus().bitLength();
            // RFC 7518 §3.3: shorter ones can be factored, and then anybody could ask in our name.
            if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
                throw new IOException("holds an RSA key of fewer than 2048 bits, or of more than 16384");
            }
        }
        if (algorithm.isPresent() && !family.algorithms.contains(algorithm.get())) {
            throw new IOException("names an algorithm that does not fit its key");
        }
        if (!signs()) {
            throw new IOException("holds a private key that does not belong to its public one, or that cannot sign");
        }
        return this;
    }

    private boolean signs() {
        try {
            Signature trial = Signature.getInstance(family.javaAlgorithm);
            trial.initSign(key);
            trial.update(TRIAL);
            byte[] signature = trial.sign();
            if (publicKey.isEmpty()) {
                return true;
            }
            trial.initVerify(publicKey.get());
            trial.update(TRIAL);
            return trial.verify(signature);
        } catch (GeneralSecurityException | RuntimeException unusable) {
            // Providers also throw unchecked ones at numbers that make no key.
            return false;
        }
    }

    @Override
    public String toString() {
        return "FoundKey[hidden]";
    }
}
