package dev.scopegate.introspection;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.authentication.ClientRefusedException;
import dev.scopegate.introspection.http.ResponseTooLargeException;
import java.net.ProtocolException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Says of which kind a failure is. */
final class IntrospectionFailures {

    private IntrospectionFailures() {}

    static IntrospectionException of(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof IntrospectionException known) {
            return known;
        }
        if (cause instanceof ClientRefusedException refused) {
            return new IntrospectionException(Kind.REFUSED_CLIENT, refused.why(), refused);
        }
        if (cause instanceof HttpTimeoutException) {
            return new IntrospectionException(Kind.TIMEOUT, "no complete answer in time", cause);
        }
        if (cause instanceof ResponseTooLargeException || cause instanceof ProtocolException) {
            return new IntrospectionException(Kind.MALFORMED_ANSWER, "the answer is not one that is read", cause);
        }
        return new IntrospectionException(
                Kind.ENDPOINT_UNAVAILABLE, "the endpoint cannot be found or does not answer", cause);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
