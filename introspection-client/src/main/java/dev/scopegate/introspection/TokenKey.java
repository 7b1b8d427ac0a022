package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Under what an answer is kept: the SHA-256 of who asks, whom, and about which token. The token itself is not kept, and a
 * digest compared in full never gives one token the answer of another. Immutable.
 */
record TokenKey(long first, long second, long third, long fourth) {

    /**
     * Makes the keys of one who asks. What is the same for all of them is digested once.
     *
     * <p>Safe for concurrent use: what is copied is never used itself.
     */
    static final class Maker {

        private final byte[] asker;
        private final MessageDigest begun;

        /**
         * A maker for one who asks.
         *
         * @param asker the endpoint and the client that asks there: another client may get another answer
         */
        Maker(String asker) {
            this.asker = asker.getBytes(UTF_8);
            this.begun = begin();
        }

        /** The key for {@code token}. */
        TokenKey of(String token) {
            ByteBuffer words = ByteBuffer.wrap(fresh().digest(token.getBytes(UTF_8)));
            return new TokenKey(words.getLong(), words.getLong(), words.getLong(), words.getLong());
        }

        private MessageDigest fresh() {
            try {
                return (MessageDigest) begun.clone();
            } catch (CloneNotSupportedException providersOwn) {
                return begin();
            }
        }

        private MessageDigest begin() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                // The length first, else the end of one text could be the beginning of the other.
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, asker.length));
                digest.update(asker);
                return digest;
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }
    }

    @Override
    public String toString() {
        return "TokenKey[hidden]";
    }
}
