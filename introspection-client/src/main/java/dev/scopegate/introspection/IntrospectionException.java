package dev.scopegate.introspection;

import dev.scopegate.introspection.http.HttpAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nobody knows whether the token is active, for a reason that is not the token's. Whoever serves a request answers 503, not
 * 401: a client would throw a good token away.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2.3">RFC 7662 §2.3</a>
 */
public final class IntrospectionException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    public enum Kind {
        /** The endpoint cannot be found or reached, broke off, or says itself that it is in trouble (429 or a status of the 500s). */
        ENDPOINT_UNAVAILABLE,
        /** The time was up before the answer was complete, or the waiting thread was interrupted. */
        TIMEOUT,
        /** The endpoint refused our own credentials (401, 403, or 400 with {@code invalid_client}). Somebody has to correct them. */
        REFUSED_CLIENT,
        /** An answer came that is not one of RFC 7662 §2.2, or of RFC 9701 §5 where answers have to be signed. */
        MALFORMED_ANSWER,
        /** So many calls were under way that this one was not made. */
        OVERLOADED,
        /** The endpoint failed too often of late, or asked to be left alone, and is not asked now. */
        RESTING
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;
    private final boolean outage;

    IntrospectionException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.retryAfter = null;
        this.outage = isOutage(kind);
    }

    IntrospectionException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = null;
        this.outage = isOutage(kind);
    }

    private IntrospectionException(Kind kind, String message, Duration retryAfter, boolean outage) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.outage = outage;
    }

    /** The endpoint is in trouble, and may have said for how long. */
    IntrospectionException(HttpAnswer answer) {
        super("the endpoint answered with status " + answer.status());
        this.kind = Kind.ENDPOINT_UNAVAILABLE;
        this.retryAfter = answer.retryAfter().orElse(null);
        this.outage = true;
    }

    /** The endpoint is not asked now, because of an outage or of a mistake that waiting does not mend. */
    static IntrospectionException resting(Duration left, boolean outage) {
        return new IntrospectionException(Kind.RESTING, "the endpoint is not asked for a while", left, outage);
    }

    /** An answer that is none. */
    static IntrospectionException malformed(String message) {
        return new IntrospectionException(Kind.MALFORMED_ANSWER, message);
    }

    /** The same failure for another of those who waited for one call, with a stack trace of its own. */
    IntrospectionException(IntrospectionException shared) {
        super(shared.getMessage(), shared);
        this.kind = shared.kind;
        this.retryAfter = shared.retryAfter;
        this.outage = shared.outage;
    }

    /** Why there is no answer. */
    public Kind kind() {
        return kind;
    }

    /** Whether this passes by itself, with nobody at fault here: there was none who could answer. */
    boolean isOutage() {
        return outage;
    }

    private static boolean isOutage(Kind kind) {
        return switch (kind) {
            case ENDPOINT_UNAVAILABLE, TIMEOUT, OVERLOADED, RESTING -> true;
            case REFUSED_CLIENT, MALFORMED_ANSWER -> false;
        };
    }

    /** When it is worth to ask again: zero to one hour. What the endpoint asked for, or when it is asked again at the earliest. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
