package dev.scopegate.sample.contacts;

import java.io.Serial;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** No contact has the id that was asked for: 404. */
final class UnknownContactException extends ErrorResponseException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnknownContactException() {
        super(HttpStatus.NOT_FOUND);
        setDetail("No contact has this id.");
    }
}
