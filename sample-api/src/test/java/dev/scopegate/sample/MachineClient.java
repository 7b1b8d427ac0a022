package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A confidential client of the sample. */
record MachineClient(Sample sample, String id, String secret) {

    static MachineClient jwt(Sample sample) {
        return new MachineClient(sample, "contacts-machine", "machine-secret");
    }

    static MachineClient opaque(Sample sample) {
        return new MachineClient(sample, "contacts-machine-opaque", "machine-secret");
    }

    static MachineClient api(Sample sample) {
        return new MachineClient(sample, "contacts-api", "api-secret");
    }

    /** An access token with the scopes, which may be several with spaces between. */
    String token(String scope) {
        HttpResponse<String> response = askForToken(scope);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Http.json(response).get("access_token").asString();
    }

    HttpResponse<String> askForToken(String scope) {
        return post("/oauth2/token", List.of(Map.entry("grant_type", "client_credentials"), Map.entry("scope", scope)));
    }

    JsonNode introspect(String token) {
        HttpResponse<String> response = post("/oauth2/introspect", List.of(Map.entry("token", token)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Http.json(response);
    }

    HttpResponse<String> revoke(String token) {
        return post("/oauth2/revoke", List.of(Map.entry("token", token)));
    }

    private HttpResponse<String> post(String path, List<Map.Entry<String, String>> form) {
        return new Http().postForm(sample.authorizationServer().resolve(path), form, Http.basic(id, secret));
    }
}
