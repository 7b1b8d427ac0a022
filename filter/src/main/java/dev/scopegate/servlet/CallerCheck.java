package dev.scopegate.servlet;

import dev.scopegate.ResourceServer;
import dev.scopegate.model.Answer;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ValidatedToken;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * For code behind the filter that asks more of its caller than the rule did: for frameworks, which know the code that a request
 * will reach. The filter has judged the request before; this never makes up for a filter that is not there.
 *
 * <p>Safe for concurrent use.
 */
public final class CallerCheck {

    private final ResourceServer server;

    /** A check that answers, counts and logs as {@code server} does. */
    public CallerCheck(ResourceServer server) {
        this.server = server;
    }

    /** The token with which the filter let a request through, whatever was wrapped around the request since; empty if there is none. */
    public static Optional<ValidatedToken> caller(HttpServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof AuthenticatedRequest known) {
                return Optional.of(known.token());
            }
            inner = wrapper.getRequest();
        }
        return Optional.empty();
    }

    /**
     * Whether the caller has what it takes; if not, the refusal has been written to the response.
     *
     * @param requirement as for {@link ResourceServer#refusal}
     * @throws IOException if the refusal cannot be written
     */
    public boolean admits(RouteRequirement requirement, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Answer> refusal = server.refusal(
                requirement,
                new RequestSnapshot(request.getMethod(), request.getRequestURI(), "", List.of()),
                caller(request),
                () -> RequestCapture.surroundings(request));
        if (refusal.isPresent()) {
            AnswerWriter.write(refusal.get(), response);
        }
        return refusal.isEmpty();
    }
}
