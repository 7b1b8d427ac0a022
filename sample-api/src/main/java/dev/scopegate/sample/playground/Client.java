package dev.scopegate.sample.playground;

import dev.scopegate.sample.authorization.DemoMachine;
import dev.scopegate.sample.authorization.Offer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the playground asks of the authorization server for those clients that have a secret, which therefore never gets into a
 * browser. Safe for concurrent use.
 */
@Component
class Client {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Offer offer;
    private final JsonMapper json;

    Client(Offer offer, JsonMapper json) {
        this.offer = offer;
        this.json = json;
    }

    /**
     * One message and its answer, for people to see: without the secret, and with tokens cut short.
     *
     * @param fields of the header and of the form
     */
    record Exchange(
            String from, String to, String method, URI url, List<Wire.Field> fields, int status, JsonNode body) {}

    /** An answer, with its tokens. Not for people to see. */
    record Answer(Exchange exchange, JsonNode body) {

        /** The access token of a token response (RFC 6749 §5.1). */
        String accessToken() throws IOException {
            JsonNode token = body.get("access_token");
            if (exchange.status() != 200 || token == null) {
                throw new IOException("the authorization server gave no token");
            }
            return token.asString();
        }

        @Override
        public String toString() {
            return "Answer[" + exchange.status() + "]";
        }
    }

    /** Asks for a token by client credentials (RFC 6749 §4.4). */
    Answer token(DemoMachine machine, List<String> scopes) throws IOException {
        return post(
                machine.id(),
                machine.secret(),
                offer.endpoints().token(),
                Map.of("grant_type", "client_credentials", "scope", String.join(" ", scopes)));
    }

    /** Revokes a token of the machine (RFC 7009 §2.1). */
    Answer revoke(DemoMachine machine, String token) throws IOException {
        return post(machine.id(), machine.secret(), offer.endpoints().revocation(), Map.of("token", token));
    }

    /** Sends a form as a client that knows its secret. */
    Answer post(String clientId, String secret, URI endpoint, Map<String, String> form) throws IOException {
        String basic = Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form)))
                .build();
        HttpResponse<String> response = send(request);
        List<Wire.Field> fields = new ArrayList<>();
        fields.add(
                new Wire.Field("Authorization", "Basic (" + clientId + " and its secret, which stays on the server)"));
        form.forEach((name, value) -> fields.add(new Wire.Field(name, Redaction.shortened(value))));
        return new Answer(
                new Exchange(
                        clientId,
                        "authorization server",
                        "POST",
                        endpoint,
                        List.copyOf(fields),
                        response.statusCode(),
                        parsed(Redaction.shortened(response.body()))),
                parsed(response.body()));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private JsonNode parsed(String body) {
        try {
            return body.isEmpty() ? json.createObjectNode() : json.readTree(body);
        } catch (JacksonException e) {
            return json.createObjectNode();
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
