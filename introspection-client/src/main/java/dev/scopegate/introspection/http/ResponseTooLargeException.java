package dev.scopegate.introspection.http;

import java.io.IOException;

/** The answer has more bytes than are read. What came of it is thrown away. */
public final class ResponseTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    ResponseTooLargeException(String host, int maxBytes) {
        super("the answer of " + host + " is larger than " + maxBytes + " bytes");
    }
}
