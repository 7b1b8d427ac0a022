package dev.scopegate.validate;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a token, whole: under it a token is remembered without being kept, and no two tokens are taken for each
 * other. Immutable.
 */
record TokenDigest(long first, long second, long third, long fourth) {

    /**
     * Makes digests of tokens. Looking up the algorithm costs a good part of a digest, so that is done once.
     *
     * <p>Safe for concurrent use: what is copied is never used itself.
     */
    static final class Maker {

        private final MessageDigest unused = sha256();

        TokenDigest of(byte[] token) {
            ByteBuffer words = ByteBuffer.wrap(fresh().digest(token));
            return new TokenDigest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
        }

        private MessageDigest fresh() {
            try {
                return (MessageDigest) unused.clone();
            } catch (CloneNotSupportedException providersOwn) {
                return sha256();
            }
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }
    }

    @Override
    public String toString() {
        return "TokenDigest[hidden]";
    }
}
