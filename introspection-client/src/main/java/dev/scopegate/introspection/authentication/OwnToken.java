package dev.scopegate.introspection.authentication;

import dev.scopegate.introspection.http.HttpAnswer;
import dev.scopegate.introspection.json.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An access token of our own, as the token endpoint gave it. Immutable. Its text form hides it.
 *
 * @param lifetime how long it is good for, from the answer on; more than zero, at most a day
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.1">RFC 6749 §5.1</a>
 */
record OwnToken(String value, Duration lifetime) {

    private static final Duration WITHOUT_EXPIRES_IN = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** RFC 6750 §2.1; the length is what servers take in a header field. */
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,8192}={0,8}");

    static OwnToken read(HttpAnswer answer) throws IOException {
        int status = answer.status();
        // RFC 6749 §5.2: the request does not change, so neither will the answer until somebody corrects what it says.
        if (status == 400 || status == 401 || status == 403) {
            throw new ClientRefusedException("the token endpoint refused our client with status " + status);
        }
        if (status != 200) {
            throw new IOException("the token endpoint answered with status " + status);
        }
        if (!answer.contentType().equals("application/json")) {
            throw new IOException("the answer of the token endpoint is not application/json");
        }
        Map<String, Object> members = StrictJson.object(answer.body())
                .orElseThrow(() -> new IOException("the answer of the token endpoint is not one strict JSON object"));
        // A token of another type, such as DPoP, is worth nothing without what belongs to it.
        if (!(members.get("token_type") instanceof String type) || !type.equalsIgnoreCase("Bearer")) {
            throw new IOException("the token endpoint gave no token of type Bearer");
        }
        // Against a token that would end the header field it is put into, and begin another.
        if (!(members.get("access_token") instanceof String token)
                || !B64TOKEN.matcher(token).matches()) {
            throw new IOException("the token endpoint gave no access token that can be sent");
        }
        return new OwnToken(token, lifetime(members));
    }

    private static Duration lifetime(Map<String, Object> members) throws IOException {
        // One that is written as text, as old servers do, counts as not there.
        if (!(members.get("expires_in") instanceof Number seconds)) {
            return WITHOUT_EXPIRES_IN;
        }
        if (seconds.doubleValue() < 1) {
            throw new IOException("the token endpoint gave an access token that has expired");
        }
        return seconds.doubleValue() > LONGEST.toSeconds() ? LONGEST : Duration.ofSeconds(seconds.longValue());
    }

    @Override
    public String toString() {
        return "OwnToken[hidden]";
    }
}
