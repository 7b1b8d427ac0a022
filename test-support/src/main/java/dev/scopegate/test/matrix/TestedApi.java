package dev.scopegate.test.matrix;

/**
 * How a test reaches the API that it tests: over HTTP, by MockMvc, or by calling the filter itself.
 *
 * <p>Sends requests as they are: a client that normalises paths, adds credentials or follows redirects tests something else.
 */
@FunctionalInterface
public interface TestedApi {

    /** Sends {@code request} and waits for the answer. */
    ApiAnswer send(ApiRequest request) throws Exception;
}
