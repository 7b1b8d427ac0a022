package dev.scopegate.model;

import java.util.List;

/**
 * A complete HTTP answer that the filter writes itself: a refusal, or a published document.
 *
 * <p>Immutable.
 *
 * @param status the status code
 * @param headers the fields to send, in order; a name may stand more than once
 * @param contentType the media type of the body; of no account where the status is 204
 * @param body the body; sent in UTF-8
 */
public record Answer(int status, List<Header> headers, String contentType, String body) {

    public Answer {
        headers = List.copyOf(headers);
    }

    /** One field line. Values hold only characters that a field may hold. */
    public record Header(String name, String value) {}
}
