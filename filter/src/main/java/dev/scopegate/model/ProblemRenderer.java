package dev.scopegate.model;

import java.util.Optional;

/**
 * Writes the body of refusals in an application's own format. Status and fields stay what they are.
 *
 * <p>Has to be safe for concurrent use. Should not throw: if it does, the request is refused all the same, with the default
 * body.
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
     * @param body the text; whoever writes HTML adds no script and no text of the request
     */
    record Rendering(String contentType, String body) {

        /**
         * A body.
         *
         * @throws IllegalArgumentException if the media type holds anything but printable ASCII
         */
        public Rendering {
            if (contentType.isEmpty() || !contentType.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                // A renderer that answers in the type that was asked for must not pass on a broken line.
                throw new IllegalArgumentException("a media type holds printable ASCII");
            }
        }
    }
}
