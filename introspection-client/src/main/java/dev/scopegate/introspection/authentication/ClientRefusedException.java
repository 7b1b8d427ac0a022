package dev.scopegate.introspection.authentication;

import java.io.IOException;

/**
 * The authorization server does not take our own credentials, or none of those that we have. It does not pass by itself:
 * somebody has to correct them. Says why in fixed words, which quote nothing of an answer.
 */
public final class ClientRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String why;

    /** With a message that quotes nothing. */
    public ClientRefusedException(String why) {
        super(why);
        this.why = why;
    }

    /** The message. */
    public String why() {
        return why;
    }
}
