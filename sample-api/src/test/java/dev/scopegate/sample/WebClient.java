package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.sample.demo.RequestSecrets;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The client {@code contacts-web}: a public client with PKCE and state. */
final class WebClient {

    static final String ID = "contacts-web";
    static final String ALL_SCOPES = "openid profile read:contacts create:contacts delete:contacts";

    private final Sample sample;
    private final Http http = new Http();

    WebClient(Sample sample) {
        this.sample = sample;
    }

    /** A request, and what the client remembers of it until the answer comes. */
    record Asked(URI uri, RequestSecrets secrets) {

        String state() {
            return secrets.state();
        }
    }

    Asked ask(String scope) {
        RequestSecrets secrets = RequestSecrets.random();
        return ask(
                scope,
                secrets,
                List.of(Map.entry("code_challenge", secrets.challenge()), Map.entry("code_challenge_method", "S256")));
    }

    /** A request whose proof key stands there as given, whatever the secrets are. */
    Asked ask(String scope, RequestSecrets secrets, List<Map.Entry<String, String>> pkce) {
        List<Map.Entry<String, String>> query = new ArrayList<>(List.of(
                Map.entry("response_type", "code"),
                Map.entry("client_id", ID),
                Map.entry("redirect_uri", redirect().toString()),
                Map.entry("scope", scope),
                Map.entry("state", secrets.state())));
        query.addAll(pkce);
        URI uri = URI.create(sample.authorizationServer() + "/oauth2/authorize?" + Http.encode(query));
        return new Asked(uri, secrets);
    }

    URI redirect() {
        return sample.api().resolve("/playground/callback");
    }

    /** Checks that the answer belongs to the request, and exchanges the code for tokens. */
    JsonNode tokens(Asked asked, URI callback) {
        Map<String, String> answer = Http.query(callback);
        assertThat(answer.get("state")).isEqualTo(asked.state());
        assertThat(answer).containsKey("code");
        HttpResponse<String> response =
                redeem(answer.get("code"), asked.secrets().verifier());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Http.json(response);
    }

    HttpResponse<String> redeem(String code, String verifier) {
        return token(List.of(
                Map.entry("grant_type", "authorization_code"),
                Map.entry("code", code),
                Map.entry("redirect_uri", redirect().toString()),
                Map.entry("client_id", ID),
                Map.entry("code_verifier", verifier)));
    }

    HttpResponse<String> refresh(String refreshToken) {
        return token(List.of(
                Map.entry("grant_type", "refresh_token"),
                Map.entry("refresh_token", refreshToken),
                Map.entry("client_id", ID)));
    }

    HttpResponse<String> revoke(String token) {
        return http.postForm(
                sample.authorizationServer().resolve("/oauth2/revoke"),
                List.of(Map.entry("token", token), Map.entry("client_id", ID)));
    }

    private HttpResponse<String> token(List<Map.Entry<String, String>> form) {
        return http.postForm(sample.authorizationServer().resolve("/oauth2/token"), form);
    }
}
