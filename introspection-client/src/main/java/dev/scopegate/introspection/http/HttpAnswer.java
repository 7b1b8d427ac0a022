package dev.scopegate.introspection.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A complete HTTP answer, of any status.
 *
 * <p>Does not check that the status is a success, nor that the body is what {@code contentType} says. Immutable. Its text form
 * hides the body.
 *
 * @param status the status code, 100 to 599
 * @param contentType the media type in lower case without its parameters, such as {@code application/json}; empty if the
 *     answer names none, or more than one
 * @param retryAfter how long the server asks to be left alone, from the moment of the answer: zero to one hour
 * @param maxAge how long the server says the answer is good for, one second or more; empty if it says nothing, or forbids to
 *     keep it
 * @param body the bytes, possibly none
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110 §10.2.3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2">RFC 9111 §5.2.2</a>
 */
@SuppressWarnings("ArrayRecordComponent") // Copied on the way in and out, and compared by its content.
public record HttpAnswer(
        int status, String contentType, Optional<Duration> retryAfter, Optional<Duration> maxAge, byte[] body) {

    /** Keeps a copy of the body. */
    public HttpAnswer {
        body = body.clone();
    }

    /** A copy of the bytes. */
    @Override
    public byte[] body() {
        return body.clone();
    }

    /**
     * The body as text.
     *
     * @throws CharacterCodingException if it is not UTF-8 from the first byte to the last; nothing is replaced
     */
    public String bodyAsUtf8() throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpAnswer answer
                && status == answer.status
                && contentType.equals(answer.contentType)
                && retryAfter.equals(answer.retryAfter)
                && maxAge.equals(answer.maxAge)
                && Arrays.equals(body, answer.body);
    }

    @Override
    public int hashCode() {
        return 31 * status + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "HttpAnswer[status=" + status + ", contentType=" + contentType + ", " + body.length + " bytes]";
    }
}
