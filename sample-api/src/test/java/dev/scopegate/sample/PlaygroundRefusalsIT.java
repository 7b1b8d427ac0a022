package dev.scopegate.sample;

import static dev.scopegate.sample.PlaygroundCalls.asked;
import static dev.scopegate.sample.PlaygroundCalls.given;
import static dev.scopegate.sample.PlaygroundCalls.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server of the playground is not to be asked: by other pages, with bad input, or with too much of it. */
@ExtendWith(RunningSample.class)
class PlaygroundRefusalsIT {

    private final Sample sample;
    private final Http http = new Http();
    private final PlaygroundCalls playground;

    PlaygroundRefusalsIT(Sample sample) {
        this.sample = sample;
        this.playground = new PlaygroundCalls(sample, http);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "machine-tokens",
                "introspections",
                "explanations",
                "breaks/expired",
                "authorization-server",
                "keys"
            })
    void post_byAnotherOrigin_403(String what) {
        for (Map.Entry<String, String> foreign : List.of(
                Map.entry("Origin", "https://attacker.example"),
                Map.entry("Origin", "null"),
                Map.entry("Origin", sample.authorizationServer().toString()),
                Map.entry("Sec-Fetch-Site", "cross-site"),
                Map.entry("Sec-Fetch-Site", "same-site"))) {
            HttpResponse<String> refused = playground.post(what, "{}", foreign.getKey(), foreign.getValue());

            assertThat(refused.statusCode()).as("%s", foreign).isEqualTo(403);
            assertThat(Http.json(refused).get("status").asInt()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "setup", "breaks"})
    void get_embeddedByAnotherPage_403_butALinkIsFollowed(String what) {
        assertThat(http.get(playground.page(what), "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors")
                        .statusCode())
                .isEqualTo(403);
        assertThat(http.get(playground.page(what), "Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors")
                        .statusCode())
                .isEqualTo(403);
        assertThat(http.get(playground.page("probe.txt"), "Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "navigate")
                        .statusCode())
                .isEqualTo(200);
        assertThat(playground
                        .post("keys", "{}", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void post_byThePagesOwnOrigin_200() {
        HttpResponse<String> answer = playground.post(
                "machine-tokens",
                asked("jwt", "read:contacts"),
                "Origin",
                sample.api().toString(),
                "Sec-Fetch-Site",
                "same-origin");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void post_asAForm_415() {
        HttpResponse<String> refused = http.postForm(playground.page("keys"), List.of(Map.entry("a", "b")));

        assertThat(refused.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "machine-tokens {",
                "machine-tokens {}",
                "machine-tokens {\"format\":\"saml\",\"scopes\":[\"read:contacts\"]}",
                "machine-tokens {\"format\":\"jwt\",\"scopes\":[]}",
                "machine-tokens {\"format\":\"jwt\",\"scopes\":[null]}",
                "machine-tokens {\"format\":\"jwt\",\"scopes\":[\"rule:the-world\"]}",
                "machine-tokens {\"format\":\"jwt\",\"scopes\":[\"read:contacts\"],\"more\":1}",
                "introspections {}",
                "introspections {\"token\":\"\"}",
                "introspections {\"token\":\"a b\"}",
                "explanations {\"token\":\"a\\r\\nX: y\"}",
                "explanations {\"token\":\"a\",\"method\":\"TRACE\"}",
                "explanations {\"token\":\"a\",\"path\":\"contacts\"}",
                "breaks/expired {}",
                "breaks/two-headers {\"token\":\"a\\r\\nX: y\"}",
                "breaks/alg-none {\"token\":\"opaque\"}",
                "breaks/two-headers {\"token\":\"of-nobody\"}",
                "authorization-server {\"state\":\"burning\"}",
                "authorization-server {}",
                "keys {\"private\":\"key\"}"
            })
    void post_badInput_400AsProblemWithoutTheInput(String what) {
        String[] parts = what.split(" ", 2);

        HttpResponse<String> refused = playground.post(parts[0], parts[1]);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(refused.body()).doesNotContain("burning", "rule:the-world", "of-nobody", "saml");
    }

    @Test
    void break_unknownKind_404() {
        assertThat(playground.post("breaks/everything", given("a")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void post_tooLongABody_413() {
        HttpResponse<String> refused = playground.post("introspections", given("a".repeat(16_384)));

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void post_aBodyOfUnknownLength_411() {
        HttpResponse<String> refused = http.send(HttpRequest.newBuilder(playground.page("introspections"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("{}"))));

        assertThat(refused.statusCode()).isEqualTo(411);
    }

    @Test
    void reading_needsNoOriginAndChangesNothing() {
        assertThat(http.get(playground.page("keys")).statusCode()).isEqualTo(405);
        assertThat(http.get(playground.page("breaks/server-stopped")).statusCode())
                .isEqualTo(405);
        assertThat(text(Http.json(http.get(playground.page("authorization-server"))), "/state"))
                .isEqualTo("started");
    }
}
