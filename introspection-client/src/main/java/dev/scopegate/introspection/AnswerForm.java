package dev.scopegate.introspection;

import dev.scopegate.introspection.http.HttpAnswer;
import java.io.IOException;
import java.util.Map;

/** In what form the endpoint is to answer. Safe for concurrent use. */
interface AnswerForm {

    /** The media type to ask for. */
    String accept();

    /**
     * The members of an answer of status 200, such as {@code active}.
     *
     * @throws IOException if it is not in this form, or cannot be told to be from whom it should be
     */
    Map<String, Object> members(HttpAnswer answer) throws IOException;
}
