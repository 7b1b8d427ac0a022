package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Each break of the playground, against the running sample; and what it says when a break does not end as it must. */
@ExtendWith(RunningSample.class)
class PlaygroundBreaksIT {

    private final Http http = new Http();

    @Test
    void eachBreak_oneAfterTheOther_answeredAsItMust(Sample sample) {
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
            HttpResponse<String> answer = run(sample, each.get("kind").asString(), token);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode broken = Http.json(answer);
            assertThat(broken.get("asExpected").asBoolean()).as(answer.body()).isTrue();
            assertThat(broken.at("/answer/status")).isEqualTo(each.at("/must/status"));
            assertThat(answer.body()).doesNotContain(token).doesNotContain(token.substring(0, 40));
        }
    }

    @Test
    void eachRefusal_whereNothingIsEnforced_notAsExpected() {
        try (Sample sample = RunningSample.start("--scopegate.mode=shadow")) {
            String token = MachineClient.jwt(sample).token("read:contacts");

            for (String kind : List.of("expired", "alg-none", "no-scope", "two-headers", "revoked")) {
                JsonNode broken = Http.json(run(sample, kind, token));

                assertThat(broken.get("asExpected").asBoolean()).as(kind).isFalse();
                assertThat(broken.at("/answer/status")).as(kind).isNotEqualTo(broken.at("/must/status"));
            }
            assertThat(http.get(sample.contacts(), bearer("nonsense")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void server_stoppedAndStarted_showsAndRecovers(Sample sample) {
        assertThat(state(sample)).isEqualTo("started");
        String jwt = MachineClient.jwt(sample).token("read:contacts");
        assertThat(http.get(sample.contacts(), bearer(jwt)).statusCode()).isEqualTo(200);

        assertThat(switchTo(sample, "stopped")).isEqualTo("stopped");

        assertThat(state(sample)).isEqualTo("stopped");
        assertThat(http.get(sample.contacts(), bearer(jwt)).statusCode()).isEqualTo(200);
        assertThat(post(sample, "machine-tokens", "{\"format\":\"jwt\",\"scopes\":[\"read:contacts\"]}")
                        .statusCode())
                .isEqualTo(503);
        assertThat(run(sample, "revoked", jwt).statusCode()).isEqualTo(503);
        assertThat(Http.json(post(sample, "introspections", "{\"token\":\"" + jwt + "\"}"))
                        .get("error")
                        .asString())
                .contains("cannot be reached");

        assertThat(switchTo(sample, "started")).isEqualTo("started");

        assertThat(state(sample)).isEqualTo("started");
        assertThat(post(sample, "machine-tokens", "{\"format\":\"jwt\",\"scopes\":[\"read:contacts\"]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void keys_rotatedOnce_tokensOfBothKeysHold(Sample sample) {
        String first = MachineClient.jwt(sample).token("read:contacts");
        assertThat(http.get(sample.contacts(), bearer(first)).statusCode()).isEqualTo(200);

        JsonNode rotated = Http.json(post(sample, "keys", "{}"));

        assertThat(rotated.get("kid")).isNotEqualTo(rotated.get("previous"));
        JsonNode published = Http.json(http.get(sample.authorizationServer().resolve("/oauth2/jwks")));
        assertThat(published.get("keys").valueStream().map(key -> key.get("kid")))
                .containsExactlyInAnyOrder(rotated.get("kid"), rotated.get("previous"));
        assertThat(published.toString()).doesNotContain("\"d\"");
        String second = MachineClient.jwt(sample).token("read:contacts");
        assertThat(http.get(sample.contacts(), bearer(second)).statusCode()).isEqualTo(200);
        assertThat(http.get(sample.contacts(), bearer(first)).statusCode()).isEqualTo(200);
    }

    @Test
    void keys_rotatedBefore_theBreakWithATokenOfTheOlderKeyStillEndsAsItMust(Sample sample) {
        String older = MachineClient.jwt(sample).token("read:contacts");
        post(sample, "keys", "{}");

        JsonNode broken = Http.json(run(sample, "keys-rotated", older));

        assertThat(broken.get("asExpected").asBoolean()).as(broken.toString()).isTrue();
        assertThat(http.get(sample.contacts(), bearer(older)).statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> run(Sample sample, String kind, String token) {
        return post(sample, "breaks/" + kind, "{\"token\":\"" + token + "\"}");
    }

    private String switchTo(Sample sample, String state) {
        return Http.json(post(sample, "authorization-server", "{\"state\":\"" + state + "\"}"))
                .get("state")
                .asString();
    }

    private String state(Sample sample) {
        return Http.json(http.get(sample.api().resolve("/playground/authorization-server")))
                .get("state")
                .asString();
    }

    private HttpResponse<String> post(Sample sample, String what, String json) {
        return http.postJson(sample.api().resolve("/playground/" + what), json);
    }
}
