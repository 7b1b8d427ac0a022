package dev.scopegate.test.matrix;

import java.net.URI;
import java.util.function.LongSupplier;

/**
 * How a test reaches the API that it tests: over HTTP, by MockMvc, or by calling the filter itself.
 *
 * <p>Sends requests as they are: a client that normalises paths, adds credentials or follows redirects tests something else. Spring's
 * MockMvc and WebTestClient are reached by {@code dev.scopegate.test.spring}.
 */
@FunctionalInterface
public interface TestedApi {

    /** Sends {@code request} and waits for the answer. */
    ApiAnswer send(ApiRequest request) throws Exception;

    /**
     * An API that listens. Each request has a connection of its own and arrives letter by letter as it is.
     *
     * @param address scheme, host and port, such as {@code http://localhost:8080}, perhaps with the path that all targets begin with
     * @throws IllegalArgumentException if the scheme is not {@code http}
     */
    static TestedApi http(URI address) {
        return new RawHttp(address);
    }

    /**
     * The same API, of which a test knows whether a handler ran; otherwise a success is taken for one.
     *
     * @param runs how often handlers have run, ever
     */
    default TestedApi countedBy(LongSupplier runs) {
        return request -> {
            long before = runs.getAsLong();
            ApiAnswer answer = send(request);
            return new ApiAnswer(answer.status(), answer.fields(), runs.getAsLong() > before);
        };
    }
}
