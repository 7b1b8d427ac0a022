package dev.scopegate.introspection.http;

import java.util.Locale;

/** Why an exchange brought no complete answer. */
public enum ExchangeFailure {
    /** The time was over, while connecting or later. */
    TIMEOUT,
    /** Nobody took the connection. */
    NO_CONNECTION,
    /** The server could not show that it is the one that is trusted. */
    UNTRUSTED_CONNECTION,
    /** The answer has more bytes than are read. */
    TOO_LARGE,
    /** What came is no HTTP. */
    NOT_HTTP,
    /** Whoever wanted the answer does not want it any more. */
    GIVEN_UP,
    /** The connection broke, or the client was closed. */
    BROKEN_OFF;

    /** The word for it in lower case, such as {@code no_connection}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
