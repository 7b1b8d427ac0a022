package dev.scopegate.model;

import java.util.List;
import java.util.Optional;

/** What is to be done with one request. */
public sealed interface Conclusion {

    /**
     * The request goes on.
     *
     * @param identity the caller; empty where no valid token came with the request
     * @param headers fields to set on the response before the application writes to it
     */
    record Passed(Optional<ValidatedToken> identity, List<Answer.Header> headers) implements Conclusion {

        public Passed {
            headers = List.copyOf(headers);
        }
    }

    /** The request is answered, and goes no further. */
    record Answered(Answer answer) implements Conclusion {}
}
