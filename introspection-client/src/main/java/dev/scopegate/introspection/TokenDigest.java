package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a token, whole: under it something is remembered of a token without the token being kept, and no two tokens are
 * taken for each other. Immutable. Its text form hides it.
 *
 * @param first the first 64 bits, and so on
 */
public record TokenDigest(long first, long second, long third, long fourth) {

    /**
     * Makes digests of tokens. Looking up the algorithm costs a good part of a digest, so that is done once, and what comes before
     * each token is digested once.
     *
     * <p>Safe for concurrent use: what is copied is never used itself.
     */
    public static final class Maker {

        private final byte[] before;
        private final MessageDigest begun;

        /** A maker of digests of tokens alone. */
        public Maker() {
            this(new byte[0]);
        }

        /**
         * A maker for one who asks about tokens.
         *
         * @param asker the endpoint and the client that asks there: another client may get another answer
         */
        Maker(String asker) {
            this(withItsLength(asker.getBytes(UTF_8)));
        }

        private Maker(byte[] before) {
            this.before = before;
            this.begun = begin();
        }

        /** The length first, else the end of one text could be the beginning of the other. */
        private static byte[] withItsLength(byte[] text) {
            return ByteBuffer.allocate(Integer.BYTES + text.length)
                    .putInt(text.length)
                    .put(text)
                    .array();
        }

        /** The digest of {@code token}. */
        public TokenDigest of(byte[] token) {
            return of(token, 0);
        }

        /**
         * The digest of a token that stands at the end of {@code text}.
         *
         * @param start where it begins; what stands before it does not count
         */
        public TokenDigest of(byte[] text, int start) {
            MessageDigest digest = fresh();
            digest.update(text, start, text.length - start);
            ByteBuffer words = ByteBuffer.wrap(digest.digest());
            return new TokenDigest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
        }

        /** The digest of {@code token}, whatever characters it has. */
        TokenDigest of(String token) {
            return of(token.getBytes(UTF_8));
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
                digest.update(before);
                return digest;
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has SHA-256", impossible);
            }
        }
    }

    /** Written out: what a record makes of itself goes through method handles, which a compiler does not always see through. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenDigest digest
                && first == digest.first
                && second == digest.second
                && third == digest.third
                && fourth == digest.fourth;
    }

    /** Any 32 bits of a digest are as good as others. */
    @Override
    public int hashCode() {
        return (int) first;
    }

    @Override
    public String toString() {
        return "TokenDigest[hidden]";
    }
}
