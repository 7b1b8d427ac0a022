package dev.scopegate.introspection;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.http.HttpAnswer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/**
 * Reads what the endpoint answered, strictly: what RFC 7662 §2.2 does not describe is no answer. Least of all does it mean
 * that a token is inactive, since an outage would then look like a revocation.
 */
final class IntrospectionAnswer {

    private IntrospectionAnswer() {}

    static IntrospectionResult read(HttpAnswer answer, AnswerForm form, InstantSource clock) throws IOException {
        checkStatus(answer);
        Map<String, Object> members = form.members(answer);
        // Not "true", not 1: lenient readers have taken the string "false" for a yes.
        if (!(members.get("active") instanceof Boolean active)) {
            throw IntrospectionException.malformed("the answer's member active is no boolean");
        }
        return active ? Active.now(members, clock.instant()) : new Inactive();
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
            throw IntrospectionException.malformed("the endpoint answered with status " + status);
        }
    }
}
