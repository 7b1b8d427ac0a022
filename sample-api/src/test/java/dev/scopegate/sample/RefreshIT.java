package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Refresh tokens of the public client: each works once. */
@ExtendWith(RunningSample.class)
class RefreshIT {

    private final Sample sample;

    private final WebClient web;

    RefreshIT(Sample sample) {
        this.sample = sample;
        this.web = new WebClient(sample);
    }

    @Test
    @Requirement("RFC6749 §6")
    void refresh_currentToken_givesAnotherOfEach() {
        JsonNode first = alice();

        JsonNode second = Http.json(web.refresh(text(first, "refresh_token")));

        assertThat(text(second, "access_token")).isNotEqualTo(text(first, "access_token"));
        assertThat(text(second, "refresh_token")).isNotEqualTo(text(first, "refresh_token"));
        assertThat(text(second, "scope").split(" ", -1))
                .containsExactlyInAnyOrder(text(first, "scope").split(" ", -1));
    }

    @Test
    @Requirement("RFC9700 §4.14.2")
    void refresh_usedToken_refusedAndTheFamilyRevoked() {
        String first = text(alice(), "refresh_token");
        JsonNode renewed = Http.json(web.refresh(first));

        assertRefused(web.refresh(first));

        assertRefused(web.refresh(text(renewed, "refresh_token")));
        assertThat(MachineClient.api(sample)
                        .introspect(text(renewed, "access_token"))
                        .get("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    @Requirement("RFC9700 §4.14.2")
    void refresh_sameTokenInManyThreads_atMostOneSucceeds() throws InterruptedException, ExecutionException {
        String token = text(alice(), "refresh_token");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> refresh =
                    () -> new WebClient(sample).refresh(token).statusCode();
            int succeeded = 0;
            for (Future<Integer> status : threads.invokeAll(Collections.nCopies(8, refresh))) {
                succeeded += status.get() == 200 ? 1 : 0;
            }
            assertThat(succeeded).isLessThanOrEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Requirement("RFC7009 §2.1")
    void refresh_revokedToken_refused() {
        String token = text(alice(), "refresh_token");

        assertThat(web.revoke(token).statusCode()).isEqualTo(200);

        assertRefused(web.refresh(token));
    }

    @Test
    void refresh_tokenOfNobody_refused() {
        assertRefused(web.refresh("AAAA"));
    }

    @Test
    void refresh_byAnotherClient_refused() {
        String token = text(alice(), "refresh_token");

        HttpResponse<String> refused = new Http()
                .postForm(
                        sample.authorizationServer().resolve("/oauth2/token"),
                        List.of(Map.entry("grant_type", "refresh_token"), Map.entry("refresh_token", token)),
                        Http.basic("contacts-machine", "machine-secret"));

        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    void refresh_publicClientWithASecret_refused() {
        HttpResponse<String> refused = new Http()
                .postForm(
                        sample.authorizationServer().resolve("/oauth2/token"),
                        List.of(
                                Map.entry("grant_type", "refresh_token"),
                                Map.entry("refresh_token", text(alice(), "refresh_token")),
                                Map.entry("client_id", WebClient.ID),
                                Map.entry("client_secret", "guess")));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(Http.json(refused).get("error").asString()).isEqualTo("invalid_client");
    }

    @Test
    void refresh_confidentialClientWithoutSecret_refused() {
        HttpResponse<String> refused = new Http()
                .postForm(
                        sample.authorizationServer().resolve("/oauth2/token"),
                        List.of(
                                Map.entry("grant_type", "refresh_token"),
                                Map.entry("refresh_token", "AAAA"),
                                Map.entry("client_id", "contacts-machine")));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(Http.json(refused).get("error").asString()).isEqualTo("invalid_client");
    }

    private JsonNode alice() {
        return WebUser.tokens(sample, "alice", WebClient.ALL_SCOPES);
    }

    private static String text(JsonNode tokens, String name) {
        return tokens.get(name).asString();
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Http.json(response).get("error").asString()).isEqualTo("invalid_grant");
    }
}
