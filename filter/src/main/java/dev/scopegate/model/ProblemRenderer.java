package dev.scopegate.model;

import java.util.Optional;

/**
 * Writes the body of refusals in an application's own format. Status and fields stay what they are.
 *
 * <p>Has to be safe for concurrent use, and must not throw.
 */
@FunctionalInterface
public interface ProblemRenderer {

    /** A renderer that leaves every body to the default. */
    ProblemRenderer DEFAULT = (problem, accept) -> Optional.empty();

    /**
     * The body of a refusal; empty to leave it to the default.
     *
     * @param accept the {@code Accept} field of the request, several joined by commas; empty if there was none. Text of the
     *     client: never to be repeated
     */
    Optional<Rendering> render(Problem problem, String accept);

    /**
     * A body.
     *
     * @param contentType its media type, such as {@code text/html;charset=utf-8}; the body is sent in UTF-8
     */
    record Rendering(String contentType, String body) {}
}
