package dev.scopegate.sample.playground;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A token that the page sent. Not checked beyond its spelling; {@code toString} leaves it out. */
record GivenToken(@Nullable String token) {

    /** RFC 6750 §2.1, and so nothing that could end a header field. */
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,8192}=*");

    /** The token, which has to be there. */
    String required() {
        if (token == null || !B64TOKEN.matcher(token).matches()) {
            throw Refused.of(HttpStatus.BAD_REQUEST, "Send an access token: get one first.");
        }
        return token;
    }

    @Override
    public String toString() {
        return "GivenToken[hidden]";
    }
}
