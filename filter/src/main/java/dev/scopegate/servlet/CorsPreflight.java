package dev.scopegate.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a request is a CORS preflight as browsers send it: {@code OPTIONS}, with one origin and one method to ask for,
 * perhaps names of fields, no credentials and no body. Anything else is not let through as one.
 */
final class CorsPreflight {

    private static final Pattern ORIGIN = Pattern.compile("null|[a-z][a-z0-9+.-]*://[A-Za-z0-9.:\\[\\]_-]{1,260}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern TOKENS = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, \\t-]{0,4096}");

    private CorsPreflight() {}

    static boolean isWellFormed(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && one(request, "Origin", ORIGIN)
                && one(request, "Access-Control-Request-Method", TOKEN)
                && RequestCapture.fields(request, "Access-Control-Request-Headers").stream()
                        .allMatch(names -> TOKENS.matcher(names).matches())
                && RequestCapture.fields(request, "Authorization").isEmpty()
                && RequestCapture.fields(request, "Cookie").isEmpty()
                && request.getContentLengthLong() <= 0
                && RequestCapture.fields(request, "Transfer-Encoding").isEmpty();
    }

    private static boolean one(HttpServletRequest request, String name, Pattern form) {
        List<String> values = RequestCapture.fields(request, name);
        return values.size() == 1 && form.matcher(values.get(0)).matches();
    }
}
