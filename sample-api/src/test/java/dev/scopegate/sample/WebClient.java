package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The client {@code contacts-web}: a public client with PKCE and state. */
final class WebClient {

    static final String ID = "contacts-web";
    static final String ALL_SCOPES = "openid profile read:contacts create:contacts delete:contacts";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Sample sample;
    private final Http http = new Http();

    WebClient(Sample sample) {
        this.sample = sample;
    }

    /** What the client remembers between the request and its answer. */
    record Asked(URI uri, String state, String verifier) {}

    Asked ask(String scope) {
        String verifier = random();
        return ask(
                scope,
                verifier,
                List.of(Map.entry("code_challenge", challenge(verifier)), Map.entry("code_challenge_method", "S256")));
    }

    Asked ask(String scope, String verifier, List<Map.Entry<String, String>> pkce) {
        String state = random();
        List<Map.Entry<String, String>> query = new ArrayList<>(List.of(
                Map.entry("response_type", "code"),
                Map.entry("client_id", ID),
                Map.entry("redirect_uri", redirect().toString()),
                Map.entry("scope", scope),
                Map.entry("state", state)));
        query.addAll(pkce);
        URI uri = URI.create(sample.authorizationServer() + "/oauth2/authorize?" + Http.encode(query));
        return new Asked(uri, state, verifier);
    }

    URI redirect() {
        return sample.api().resolve("/playground/callback");
    }

    /** Checks that the answer belongs to the request, and exchanges the code for tokens. */
    JsonNode tokens(Asked asked, URI callback) {
        Map<String, String> answer = Http.query(callback);
        assertThat(answer.get("state")).isEqualTo(asked.state());
        assertThat(answer).containsKey("code");
        HttpResponse<String> response = redeem(answer.get("code"), asked.verifier());
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

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
