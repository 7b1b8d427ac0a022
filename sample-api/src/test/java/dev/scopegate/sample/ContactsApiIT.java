package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static dev.scopegate.sample.Http.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The protected API with real tokens from the real authorization server. */
@ExtendWith(RunningSample.class)
class ContactsApiIT {

    private static String machine;
    private static String alice;

    private final Http http = new Http();
    private final Sample sample;

    ContactsApiIT(Sample sample) {
        this.sample = sample;
    }

    @BeforeAll
    static void askForTokens(Sample sample) {
        machine = MachineClient.jwt(sample).token("read:contacts create:contacts");
        alice = WebUser.accessToken(sample, "alice");
    }

    @Test
    @Requirement("RFC6750 §3.1")
    void list_withoutToken_401AndNoErrorCode() {
        HttpResponse<String> refused = http.get(sample.contacts());

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(challenge(refused))
                .startsWith("Bearer ")
                .contains("realm=\"contacts\"")
                .doesNotContain("error");
    }

    @Test
    void list_withJwt_200AndTheFirstContacts() {
        HttpResponse<String> response = http.get(sample.contacts(), bearer(machine));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get(0).get("name").asString()).isEqualTo("Ada Lovelace");
    }

    @Test
    void list_withOpaqueToken_200() {
        String token = MachineClient.opaque(sample).token("read:contacts");

        assertThat(http.get(sample.contacts(), bearer(token)).statusCode()).isEqualTo(200);
    }

    @Test
    void list_withOpaqueTokenRevokedAfterwards_200ForAWhile() {
        MachineClient client = MachineClient.opaque(sample);
        String token = client.token("read:contacts");
        assertThat(http.get(sample.contacts(), bearer(token)).statusCode()).isEqualTo(200);

        client.revoke(token);

        assertThat(http.get(sample.contacts(), bearer(token)).statusCode()).isEqualTo(200);
        // Here the authorization server is asked first of all, so that the token is found out whatever it may do.
        assertThat(http.delete(contact(1), bearer(token)).statusCode()).isEqualTo(401);
        assertThat(http.get(sample.contacts(), bearer(token)).statusCode()).isEqualTo(401);
    }

    @Test
    void list_withRevokedOpaqueToken_401() {
        MachineClient client = MachineClient.opaque(sample);
        String token = client.token("read:contacts");
        client.revoke(token);

        HttpResponse<String> refused = http.get(sample.contacts(), bearer(token));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(challenge(refused)).contains("error=\"invalid_token\"");
    }

    @Test
    @Requirement("RFC7009 §2.1")
    void delete_withRevokedJwt_401_thoughItStillReads() {
        String token = WebUser.accessToken(sample, "alice");
        URI contact = WebUser.location(http.postJson(
                sample.contacts(), "{\"name\":\"Mary Shaw\",\"email\":\"mary@example.com\"}", bearer(token)));
        assertThat(new WebClient(sample).revoke(token).statusCode()).isEqualTo(200);

        HttpResponse<String> refused = http.delete(contact, bearer(token));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(challenge(refused)).contains("error=\"invalid_token\"");
        assertThat(http.get(contact, bearer(token)).statusCode()).isEqualTo(200);
        assertThat(http.delete(contact, bearer(alice)).statusCode()).isEqualTo(204);
    }

    @Test
    void list_withIdToken_401() {
        String idToken = WebUser.tokens(sample, "alice", WebClient.ALL_SCOPES)
                .get("id_token")
                .asString();

        assertThat(http.get(sample.contacts(), bearer(idToken)).statusCode()).isEqualTo(401);
    }

    @Test
    void list_withTokenOfAnotherIssuer_401() {
        String foreign;
        try (Sample other = RunningSample.start()) {
            foreign = MachineClient.jwt(other).token("read:contacts");
        }

        HttpResponse<String> refused = http.get(sample.contacts(), bearer(foreign));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(challenge(refused)).contains("error=\"invalid_token\"");
    }

    @Test
    void list_ofCarol_403NamingTheScope() {
        String carol = WebUser.accessToken(sample, "carol");

        HttpResponse<String> refused = http.get(sample.contacts(), bearer(carol));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(challenge(refused)).contains("scope=\"read:contacts\"");
    }

    @Test
    @Requirement("RFC6750 §3.1")
    void delete_withoutItsScope_403NamingTheScope() {
        HttpResponse<String> refused = http.delete(contact(1), bearer(machine));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(challenge(refused)).contains("error=\"insufficient_scope\"").contains("scope=\"delete:contacts\"");
        assertThat(http.get(contact(1), bearer(machine)).statusCode()).isEqualTo(200);
    }

    @Test
    void create_withoutItsScope_403() {
        String reader = MachineClient.jwt(sample).token("read:contacts");

        HttpResponse<String> refused =
                http.postJson(sample.contacts(), "{\"name\":\"X\",\"email\":\"x@example.com\"}", bearer(reader));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(challenge(refused)).contains("scope=\"create:contacts\"");
    }

    @Test
    void contact_createdReadAndDeleted_201And200And204And404() {
        HttpResponse<String> created = http.postJson(
                sample.contacts(), "{\"name\":\"Barbara Liskov\",\"email\":\"barbara@example.com\"}", bearer(alice));
        assertThat(created.statusCode()).isEqualTo(201);
        URI location = WebUser.location(created);

        HttpResponse<String> read = http.get(location, bearer(alice));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(json(read).get("email").asString()).isEqualTo("barbara@example.com");

        assertThat(http.delete(location, bearer(alice)).statusCode()).isEqualTo(204);
        assertThat(http.get(location, bearer(alice)).statusCode()).isEqualTo(404);
        assertThat(http.delete(location, bearer(alice)).statusCode()).isEqualTo(404);
    }

    @Test
    void list_aPage_thatManyFromThere() {
        JsonNode page = json(http.get(URI.create(sample.contacts() + "?page=1&size=2"), bearer(alice)));

        assertThat(page.valueStream().map(contact -> contact.get("id").asLong()))
                .containsExactly(3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/unknown", "/error", "/contacts/1/secrets", "/actuator", "/login", "/h2-console"})
    void unknownRoute_deniedWithAndWithoutToken(String path) {
        assertThat(http.get(sample.api().resolve(path)).statusCode()).isEqualTo(401);
        assertThat(http.get(sample.api().resolve(path), bearer(alice)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void health_withoutToken_up() {
        HttpResponse<String> response = http.get(sample.api().resolve("/health"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void servers_askedOnAnotherAddressOfThisMachine_refuse() throws IOException {
        InetAddress other = InetAddress.getByName("127.0.0.2");
        for (URI server : new URI[] {sample.api(), sample.authorizationServer()}) {
            try (Socket socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(new InetSocketAddress(other, server.getPort()), 2_000))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    private static String challenge(HttpResponse<String> response) {
        return response.headers().firstValue("WWW-Authenticate").orElse("");
    }

    private URI contact(long id) {
        return URI.create(sample.contacts() + "/" + id);
    }
}
