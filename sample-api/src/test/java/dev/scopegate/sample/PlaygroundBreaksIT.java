package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each break of the playground, against the running sample; and what it says when a break does not end as it must. */
class PlaygroundBreaksIT {

    private final Http http = new Http();
    private Sample sample = Sample.start("--server.port=0", "--authorization-server.port=0");

    @BeforeEach
    void startsStarted() {
        assertThat(state()).isEqualTo("started");
    }

    @AfterEach
    void stop() {
        sample.close();
    }

    @Test
    void eachBreak_oneAfterTheOther_answeredAsItMust() {
        JsonNode breaks = Http.json(http.get(sample.api().resolve("/playground/breaks")));
        assertThat(breaks.valueStream().map(each -> each.get("kind").asString()))
                .containsExactlyInAnyOrder(
                        "expired",
                        "other-audience",
                        "alg-none",
                        "another-key",
                        "changed-payload",
                        "unknown-kid",
                        "two-headers",
                        "token-in-query",
                        "no-scope",
                        "revoked",
                        "server-stopped",
                        "server-started",
                        "keys-rotated",
                        "ambiguous-path");
        String token = MachineClient.jwt(sample).token("read:contacts");

        for (JsonNode each : breaks) {
            HttpResponse<String> answer = run(each.get("kind").asString(), token);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode broken = Http.json(answer);
            assertThat(broken.get("asExpected").asBoolean()).as(answer.body()).isTrue();
            assertThat(broken.at("/answer/status")).isEqualTo(each.at("/must/status"));
            assertThat(answer.body()).doesNotContain(token).doesNotContain(token.substring(0, 40));
        }
    }

    @Test
    void eachRefusal_whereNothingIsEnforced_notAsExpected() {
        sample.close();
        sample = Sample.start("--server.port=0", "--authorization-server.port=0", "--scopegate.mode=shadow");
        String token = MachineClient.jwt(sample).token("read:contacts");

        for (String kind : List.of("expired", "alg-none", "no-scope", "two-headers", "revoked")) {
            JsonNode broken = Http.json(run(kind, token));

            assertThat(broken.get("asExpected").asBoolean()).as(kind).isFalse();
            assertThat(broken.at("/answer/status")).as(kind).isNotEqualTo(broken.at("/must/status"));
        }
        assertThat(http.get(sample.contacts(), bearer("nonsense")).statusCode()).isEqualTo(200);
    }

    @Test
    void server_stoppedAndStarted_showsAndRecovers() {
        String jwt = MachineClient.jwt(sample).token("read:contacts");
        assertThat(http.get(sample.contacts(), bearer(jwt)).statusCode()).isEqualTo(200);

        assertThat(switchTo("stopped")).isEqualTo("stopped");

        assertThat(state()).isEqualTo("stopped");
        assertThat(http.get(sample.contacts(), bearer(jwt)).statusCode()).isEqualTo(200);
        assertThat(post("machine-tokens", "{\"format\":\"jwt\",\"scopes\":[\"read:contacts\"]}")
                        .statusCode())
                .isEqualTo(503);
        assertThat(run("revoked", jwt).statusCode()).isEqualTo(503);
        assertThat(Http.json(post("introspections", "{\"token\":\"" + jwt + "\"}"))
                        .get("error")
                        .asString())
                .contains("cannot be reached");

        assertThat(switchTo("started")).isEqualTo("started");

        assertThat(state()).isEqualTo("started");
        assertThat(post("machine-tokens", "{\"format\":\"jwt\",\"scopes\":[\"read:contacts\"]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void keys_rotatedOnce_tokensOfBothKeysHold() {
        String first = MachineClient.jwt(sample).token("read:contacts");
        assertThat(http.get(sample.contacts(), bearer(first)).statusCode()).isEqualTo(200);

        JsonNode rotated = Http.json(post("keys", "{}"));

        assertThat(rotated.get("kid")).isNotEqualTo(rotated.get("previous"));
        JsonNode published = Http.json(http.get(sample.authorizationServer().resolve("/oauth2/jwks")));
        assertThat(published.get("keys").valueStream().map(key -> key.get("kid")))
                .containsExactlyInAnyOrder(rotated.get("kid"), rotated.get("previous"));
        assertThat(published.toString()).doesNotContain("\"d\"");
        String second = MachineClient.jwt(sample).token("read:contacts");
        assertThat(http.get(sample.contacts(), bearer(second)).statusCode()).isEqualTo(200);
        assertThat(http.get(sample.contacts(), bearer(first)).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> run(String kind, String token) {
        return post("breaks/" + kind, "{\"token\":\"" + token + "\"}");
    }

    private String switchTo(String state) {
        return Http.json(post("authorization-server", "{\"state\":\"" + state + "\"}"))
                .get("state")
                .asString();
    }

    private String state() {
        return Http.json(http.get(sample.api().resolve("/playground/authorization-server")))
                .get("state")
                .asString();
    }

    private HttpResponse<String> post(String what, String json) {
        return http.postJson(sample.api().resolve("/playground/" + what), json);
    }
}
