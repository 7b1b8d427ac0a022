package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static dev.scopegate.sample.PlaygroundCalls.asked;
import static dev.scopegate.sample.PlaygroundCalls.given;
import static dev.scopegate.sample.PlaygroundCalls.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the page of the playground asks its server. */
@ExtendWith(RunningSample.class)
class PlaygroundApiIT {

    private final Sample sample;
    private final Http http = new Http();
    private final PlaygroundCalls playground;

    PlaygroundApiIT(Sample sample) {
        this.sample = sample;
        this.playground = new PlaygroundCalls(sample, http);
    }

    @Test
    void setup_agreesWithTheServersMetadata() {
        JsonNode setup = Http.json(http.get(playground.page("setup")));
        JsonNode metadata =
                Http.json(http.get(sample.authorizationServer().resolve("/.well-known/oauth-authorization-server")));

        assertThat(setup.get("issuer")).isEqualTo(metadata.get("issuer"));
        assertThat(setup.at("/endpoints/authorization")).isEqualTo(metadata.get("authorization_endpoint"));
        assertThat(setup.at("/endpoints/token")).isEqualTo(metadata.get("token_endpoint"));
        assertThat(setup.at("/endpoints/revocation")).isEqualTo(metadata.get("revocation_endpoint"));
        assertThat(setup.at("/endpoints/deviceAuthorization")).isEqualTo(metadata.get("device_authorization_endpoint"));
        assertThat(setup.get("resource").asString()).isEqualTo(sample.contacts().toString());
        assertThat(setup.get("redirectUri").asString())
                .isEqualTo(new WebClient(sample).redirect().toString());
        assertThat(texts(setup.get("scopes"), "name"))
                .containsExactlyInAnyOrderElementsOf(metadata.get("scopes_supported")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
        assertThat(texts(setup.get("users"), "name")).containsExactly("alice", "bob", "carol");
        assertThat(texts(setup.get("rules"), "route")).contains("DELETE /contacts/{id}", "GET /contacts");
        assertThat(setup.toString()).doesNotContain("machine-secret", "api-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "opaque"})
    void machineToken_ofEitherFormat_readsTheContacts(String format) {
        JsonNode got = Http.json(playground.post("machine-tokens", asked(format, "read:contacts")));

        assertThat(http.get(sample.contacts(), bearer(text(got, "/token/access_token")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(got.at("/exchange/0/status").asInt()).isEqualTo(200);
        assertThat(got.get("exchange").toString())
                .contains("client_credentials")
                .doesNotContain("machine-secret")
                .doesNotContain(Http.basic("contacts-machine", "machine-secret")[1])
                .doesNotContain(text(got, "/token/access_token"));
    }

    @Test
    void machineToken_scopeThatTheMachineMayNotHave_noTokenAndTheServersWord() {
        JsonNode got = Http.json(playground.post("machine-tokens", asked("jwt", "delete:contacts")));

        assertThat(got.at("/exchange/0/status").asInt()).isEqualTo(400);
        assertThat(text(got, "/exchange/0/body/error")).isEqualTo("invalid_scope");
        assertThat(got.at("/token").isObject()).isFalse();
    }

    @Test
    void introspection_opaqueToken_activeUntilRevoked() {
        String token = MachineClient.opaque(sample).token("read:contacts");
        assertThat(Http.json(playground.post("introspections", given(token)))
                        .get("active")
                        .asBoolean())
                .isTrue();

        MachineClient.opaque(sample).revoke(token);

        assertThat(Http.json(playground.post("introspections", given(token)))
                        .get("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void explanation_tokenWithTooLittleScope_namesTheRuleAndTheCheck() {
        String token = MachineClient.jwt(sample).token("read:contacts");
        JsonNode may = Http.json(playground.post("explanations", given(token)));
        assertThat(text(may, "/outcome")).isEqualTo("accepted");

        JsonNode mayNot = Http.json(playground.post(
                "explanations", "{\"token\":\"" + token + "\",\"method\":\"POST\",\"path\":\"/contacts\"}"));

        assertThat(text(mayNot, "/outcome")).isEqualTo("refused");
        assertThat(text(mayNot, "/rule")).isEqualTo("POST /contacts");
        assertThat(text(mayNot, "/reason")).isEqualTo("scope-missing");
        assertThat(mayNot.get("status").asInt()).isEqualTo(403);
        assertThat(mayNot.get("checks")
                        .valueStream()
                        .filter(check -> text(check, "/outcome").equals("failed")))
                .singleElement()
                .satisfies(check -> assertThat(text(check, "/expected")).contains("create:contacts"));
        assertThat(mayNot.toString()).doesNotContain(token);
    }

    private static List<String> texts(JsonNode list, String name) {
        return list.valueStream().map(each -> each.get(name).asString()).toList();
    }
}
