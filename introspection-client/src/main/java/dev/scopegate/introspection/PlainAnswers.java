package dev.scopegate.introspection;

import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.introspection.json.StrictJson;
import java.util.Map;

/**
 * Answers as strict JSON, vouched for by the connection alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2.2">RFC 7662 §2.2</a>
 */
final class PlainAnswers implements AnswerForm {

    private static final String JSON = "application/json";

    @Override
    public String accept() {
        return JSON;
    }

    @Override
    public Map<String, Object> members(HttpAnswer answer) throws IntrospectionException {
        if (!answer.contentType().equals(JSON)) {
            throw IntrospectionException.malformed("the answer is not application/json");
        }
        return StrictJson.object(answer.body())
                .orElseThrow(() -> IntrospectionException.malformed("the answer is not one strict JSON object"));
    }
}
