package dev.scopegate.sample.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a public client makes up for one authorization request, and keeps until the answer comes. Immutable.
 *
 * @param state ties the answer to the request (RFC 6749 §10.12)
 * @param verifier ties the code to this client (RFC 7636 §4.1)
 */
public record RequestSecrets(String state, String verifier) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** New ones, of 256 random bits each. */
    public static RequestSecrets random() {
        return new RequestSecrets(text(), text());
    }

    /** The code challenge for the verifier, by the method {@code S256} (RFC 7636 §4.2). */
    public String challenge() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return base64Url(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "RequestSecrets[]";
    }

    private static String text() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return base64Url(bytes);
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
