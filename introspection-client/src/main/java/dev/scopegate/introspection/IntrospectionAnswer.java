package dev.scopegate.introspection;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.introspection.json.StrictJson;
import java.util.Map;

/**
 * Reads what the endpoint answered, strictly: what RFC 7662 §2.2 does not describe is no answer. Least of all does it mean
 * that a token is inactive, since an outage would then look like a revocation.
 */
final class IntrospectionAnswer {

    private IntrospectionAnswer() {}

    static IntrospectionResult read(HttpAnswer answer) throws IntrospectionException {
        checkStatus(answer);
        if (!answer.contentType().equals("application/json")) {
            throw malformed("the answer is not application/json");
        }
        Map<String, Object> members = StrictJson.object(answer.body())
                .orElseThrow(() -> malformed("the answer is not one strict JSON object"));
        // Not "true", not 1: lenient readers have taken the string "false" for a yes.
        if (!(members.get("active") instanceof Boolean active)) {
            throw malformed("the answer's member active is no boolean");
        }
        return active ? new Active(members) : new Inactive();
    }

    private static void checkStatus(HttpAnswer answer) throws IntrospectionException {
        int status = answer.status();
        if (status == 401 || status == 403) {
            throw new IntrospectionException(
                    Kind.REFUSED_CLIENT, "the endpoint refused our client credentials with status " + status);
        }
        if (status == 429 || status >= 500) {
            throw new IntrospectionException(answer);
        }
        if (status != 200) {
            throw malformed("the endpoint answered with status " + status);
        }
    }

    private static IntrospectionException malformed(String message) {
        return new IntrospectionException(Kind.MALFORMED_ANSWER, message);
    }
}
