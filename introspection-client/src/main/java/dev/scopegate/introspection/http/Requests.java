package dev.scopegate.introspection.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Builds requests. Refuses what the JDK would refuse too, but without quoting it: an address or header may hold a secret. */
final class Requests {

    private static final Pattern FIELD_VALUE = Pattern.compile("[\\x20-\\x7E]*");

    private Requests() {}

    static HttpRequest.Builder to(URI uri, Map<String, String> headers) {
        boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IllegalArgumentException("not an http or https address with a host");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach((name, value) -> {
            if (!isFieldValue(value)) {
                throw new IllegalArgumentException("the value of header " + name + " is not visible ASCII");
            }
            request.setHeader(name, value);
        });
        return request;
    }

    /** Against line breaks, behind which a value would begin another field. */
    static boolean isFieldValue(String value) {
        return FIELD_VALUE.matcher(value).matches();
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + '=' + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    static Duration positive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " is not positive: " + duration);
        }
        return duration;
    }
}
