package dev.scopegate.introspection.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/**
 * Puts what went wrong into fixed words. The JDK's own messages quote status lines and header fields, that is, text which
 * whoever answered has chosen.
 */
final class Failures {

    private static final String NO_BYTES = "HTTP/1.1 header parser received no bytes";

    private Failures() {}

    static IOException of(String host, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof ResponseTooLargeException tooLarge) {
            return tooLarge;
        }
        if (cause instanceof HttpTimeoutException) {
            return timeout(host, cause instanceof HttpConnectTimeoutException);
        }
        if (cause instanceof ConnectException) {
            return new ConnectException("no connection to " + host);
        }
        if (cause instanceof SSLException tls) {
            // Its cause stays: it is the JDK's verdict on a certificate, and nobody finds the mistake without it.
            return new SSLException("no trusted TLS connection to " + host, tls);
        }
        return cause instanceof ProtocolException
                ? new ProtocolException(host + " gave an answer that is no proper HTTP")
                : new IOException("the exchange with " + host + " was broken off");
    }

    /** Which of the few kinds a failure is, in fixed words or not. */
    static ExchangeFailure kindOf(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof ResponseTooLargeException) {
            return ExchangeFailure.TOO_LARGE;
        }
        if (cause instanceof HttpTimeoutException) {
            return ExchangeFailure.TIMEOUT;
        }
        if (cause instanceof ConnectException) {
            return ExchangeFailure.NO_CONNECTION;
        }
        if (cause instanceof SSLException) {
            return ExchangeFailure.UNTRUSTED_CONNECTION;
        }
        if (cause instanceof ProtocolException) {
            return ExchangeFailure.NOT_HTTP;
        }
        return cause instanceof CancellationException ? ExchangeFailure.GIVEN_UP : ExchangeFailure.BROKEN_OFF;
    }

    static HttpTimeoutException timeout(String host, boolean connecting) {
        return connecting
                ? new HttpConnectTimeoutException("no connection to " + host + " in time")
                : new HttpTimeoutException("no complete answer of " + host + " in time");
    }

    /**
     * Whether the connection broke before the first byte of an answer, so that a fresh one may well not. The JDK says so by nothing
     * but these words; if it chose others one day, nothing would be sent twice, which is the safe side.
     */
    static boolean answeredNothing(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return cause instanceof IOException && NO_BYTES.equals(cause.getMessage());
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
