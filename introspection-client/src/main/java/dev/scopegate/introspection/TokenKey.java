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
     * The key for {@code token}.
     *
     * @param asker the endpoint and the client that asks there: another client may get another answer
     */
    static TokenKey of(String asker, String token) {
        MessageDigest digest = sha256();
        byte[] askerBytes = asker.getBytes(UTF_8);
        // The length first, else the end of one text could be the beginning of the other.
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, askerBytes.length));
        digest.update(askerBytes);
        ByteBuffer words = ByteBuffer.wrap(digest.digest(token.getBytes(UTF_8)));
        return new TokenKey(words.getLong(), words.getLong(), words.getLong(), words.getLong());
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
        return "TokenKey[hidden]";
    }
}
