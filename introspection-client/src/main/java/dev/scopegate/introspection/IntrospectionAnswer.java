package dev.scopegate.introspection;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.introspection.json.StrictJson;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/**
 * Reads what the endpoint answered, strictly: what RFC 7662 §2.2 does not describe is no answer. Least of all does it mean
 * that a token is inactive, since an outage would then look like a revocation.
 */
final class IntrospectionAnswer {

    private static final Set<String> CLIENT_ERRORS = Set.of("invalid_client", "unauthorized_client");

    private IntrospectionAnswer() {}

    /**
     * What {@code answer} says of the token.
     *
     * @param noBoolean is told if the answer says by no boolean whether the token is active
     */
    static IntrospectionResult read(HttpAnswer answer, AnswerForm form, InstantSource clock, Runnable noBoolean)
            throws IOException {
        checkStatus(answer);
        Map<String, Object> members = form.members(answer);
        if (!(members.get("active") instanceof Boolean active)) {
            // Not "true", not 1: lenient readers have taken the string "false" for a yes. Nor an outage: whoever could
            // have one such answer given for his token would have all others wait for the endpoint to recover.
            noBoolean.run();
            return new Inactive();
        }
        return active ? Active.now(members, clock.instant()) : new Inactive();
    }

    private static void checkStatus(HttpAnswer answer) throws IntrospectionException {
        int status = answer.status();
        if (status == 401 || status == 403 || (status == 400 && namesTheClient(answer))) {
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

    /** RFC 6749 §5.2: a client that did not authenticate by a header may be refused with 400 as well. */
    private static boolean namesTheClient(HttpAnswer answer) {
        return StrictJson.object(answer.body())
                .filter(error -> error.get("error") instanceof String code && CLIENT_ERRORS.contains(code))
                .isPresent();
    }
}
