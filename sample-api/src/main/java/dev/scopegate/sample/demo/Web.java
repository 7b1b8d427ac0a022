package dev.scopegate.sample.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP as a browser speaks it, with cookies of its own, and without following redirects. Not thread-safe. */
final class Web {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ERROR = Pattern.compile("error=\"([a-z_]+)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();

    /** A page for people: who asks for JSON is not sent back to what it wanted after a login. */
    HttpResponse<String> get(URI uri) throws IOException {
        return send(HttpRequest.newBuilder(uri).header("Accept", "text/html"));
    }

    HttpResponse<String> call(String method, URI uri, String token, String json) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    HttpResponse<String> form(URI uri, String... namesAndValues) throws IOException {
        return send(HttpRequest.newBuilder(uri)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(namesAndValues))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("no JSON", e);
        }
    }

    /** Status and error code, such as {@code 403 insufficient_scope}: of the challenge, else of the body. */
    static String outcome(HttpResponse<String> response) throws IOException {
        Matcher challenge =
                ERROR.matcher(response.headers().firstValue("WWW-Authenticate").orElse(""));
        if (challenge.find()) {
            return response.statusCode() + " " + challenge.group(1);
        }
        JsonNode error = response.body().startsWith("{") ? json(response).path("error") : JSON.createObjectNode();
        return error.isString() ? response.statusCode() + " " + error.asString() : "" + response.statusCode();
    }

    static URI location(HttpResponse<String> response) throws IOException {
        return response.uri()
                .resolve(response.headers().firstValue("Location").orElseThrow(() -> new IOException("no redirect")));
    }

    /** The query of a URI, each name once. */
    static Map<String, String> query(URI uri) {
        return Arrays.stream(String.valueOf(uri.getRawQuery()).split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        pair -> pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "",
                        (first, second) -> first));
    }

    static String encoded(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(URLEncoder.encode(namesAndValues[i], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }
}
