package dev.scopegate.sample;

import java.io.Serial;

/** The sample cannot start for a reason that the user can remove; the message is one line that says how. */
public final class CannotStartException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    CannotStartException(String message) {
        super(message);
    }

    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
