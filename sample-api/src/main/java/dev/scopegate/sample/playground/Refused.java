package dev.scopegate.sample.playground;

import java.io.Serial;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request to the playground that makes no sense, or none now; answered as problem details (RFC 9457). */
final class Refused extends ErrorResponseException {

    @Serial
    private static final long serialVersionUID = 1L;

    private Refused(HttpStatus status, String words) {
        super(status, ProblemDetail.forStatusAndDetail(status, words), null);
    }

    /**
     * One with a status and one sentence.
     *
     * @param words holds nothing that a client sent
     */
    static Refused of(HttpStatus status, String words) {
        return new Refused(status, words);
    }
}
