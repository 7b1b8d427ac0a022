package dev.scopegate.validate;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a token, whole: under it a token is remembered without being kept, and no two tokens are taken for each
 * other. Immutable.
 */
record TokenDigest(long first, long second, long third, long fourth) {

    static TokenDigest of(byte[] token) {
        ByteBuffer words = ByteBuffer.wrap(sha256().digest(token));
        return new TokenDigest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "TokenDigest[hidden]";
    }
}
