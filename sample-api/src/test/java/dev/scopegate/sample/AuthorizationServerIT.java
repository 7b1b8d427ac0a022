package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static dev.scopegate.sample.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The authorization server by itself: what it announces, whom it gives which token, and whom it refuses. */
@ExtendWith(RunningSample.class)
class AuthorizationServerIT {

    private final Sample sample;
    private final Http http = new Http();
    private final WebClient web;

    AuthorizationServerIT(Sample sample) {
        this.sample = sample;
        this.web = new WebClient(sample);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"})
    void metadata_ofBothKinds_namesIssuerKeysAndIntrospection(String path) {
        JsonNode metadata = json(http.get(at(path)));

        assertThat(metadata.get("issuer").asString())
                .isEqualTo(sample.authorizationServer().toString());
        assertThat(metadata.get("jwks_uri").asString())
                .isEqualTo(at("/oauth2/jwks").toString());
        assertThat(metadata.get("introspection_endpoint").asString())
                .isEqualTo(at("/oauth2/introspect").toString());
        assertThat(strings(metadata.get("code_challenge_methods_supported"))).containsExactly("S256");
        assertThat(strings(metadata.get("token_endpoint_auth_methods_supported")))
                .contains("none");
    }

    @Test
    void keySet_ofTheServer_holdsNoPrivatePart() {
        JsonNode keys = json(http.get(at("/oauth2/jwks"))).get("keys");

        assertThat(keys).singleElement().satisfies(key -> {
            assertThat(key.get("kty").asString()).isEqualTo("RSA");
            assertThat(key.has("kid")).isTrue();
            assertThat(key.has("d")).isFalse();
            assertThat(key.has("p")).isFalse();
        });
    }

    @Test
    @Requirement({"RFC9068 §2.1", "RFC9068 §2.2"})
    void clientCredentials_jwt_isAnAccessTokenForTheApi() {
        String token = MachineClient.jwt(sample).token("read:contacts create:contacts");

        JsonNode header = part(token, 0);
        JsonNode claims = part(token, 1);
        assertThat(header.get("typ").asString()).isEqualTo("at+jwt");
        assertThat(claims.get("iss").asString())
                .isEqualTo(sample.authorizationServer().toString());
        assertThat(claims.get("aud").asString()).isEqualTo(sample.contacts().toString());
        assertThat(claims.get("sub").asString()).isEqualTo("contacts-machine");
        assertThat(claims.get("client_id").asString()).isEqualTo("contacts-machine");
        assertThat(claims.get("scope").asString()).isEqualTo("create:contacts read:contacts");
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(300);
    }

    @Test
    void clientCredentials_deleteScope_refused() {
        HttpResponse<String> refused = MachineClient.jwt(sample).askForToken("delete:contacts");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).get("error").asString()).isEqualTo("invalid_scope");
    }

    @Test
    void clientCredentials_ofTheApi_refused() {
        HttpResponse<String> refused = MachineClient.api(sample).askForToken("read:contacts");

        assertThat(json(refused).get("error").asString()).isEqualTo("unauthorized_client");
    }

    @Test
    void clientCredentials_wrongSecret_refused() {
        HttpResponse<String> refused =
                new MachineClient(sample, "contacts-machine", "api-secret").askForToken("read:contacts");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(json(refused).get("error").asString()).isEqualTo("invalid_client");
    }

    @Test
    @Requirement("RFC7662 §2.2")
    void introspection_ofAnOpaqueToken_tellsWhatItIs() {
        String token = MachineClient.opaque(sample).token("read:contacts");

        JsonNode answer = MachineClient.api(sample).introspect(token);

        assertThat(answer.get("active").asBoolean()).isTrue();
        assertThat(answer.get("scope").asString()).isEqualTo("read:contacts");
        assertThat(answer.get("client_id").asString()).isEqualTo("contacts-machine-opaque");
        assertThat(strings(answer.get("aud"))).containsExactly(sample.contacts().toString());
    }

    @Test
    @Requirement("RFC7662 §2.1")
    void introspection_withoutAClient_refused() {
        HttpResponse<String> refused = http.postForm(at("/oauth2/introspect"), List.of(Map.entry("token", "x")));

        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "refresh_token", "authorization_code", "client_credentials"})
    void introspection_namedByAPublicClient_refused(String grantType) {
        String token = MachineClient.opaque(sample).token("read:contacts");

        HttpResponse<String> refused = http.postForm(
                at("/oauth2/introspect"),
                List.of(
                        Map.entry("token", token),
                        Map.entry("client_id", WebClient.ID),
                        Map.entry("grant_type", grantType)));

        assertThat(refused.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nobody", "contacts-machine"})
    void revocation_namedByNoPublicClient_refusedAndTheTokenStays(String clientId) {
        String token = MachineClient.opaque(sample).token("read:contacts");

        HttpResponse<String> refused = http.postForm(
                at("/oauth2/revoke"), List.of(Map.entry("token", token), Map.entry("client_id", clientId)));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(MachineClient.api(sample).introspect(token).get("active").asBoolean())
                .isTrue();
    }

    @Test
    @Requirement("RFC7009 §2.1")
    void revocation_byAnotherClient_refusedAndTheTokenStays() {
        String token = MachineClient.opaque(sample).token("read:contacts");

        assertThat(web.revoke(token).statusCode()).isEqualTo(400);

        assertThat(MachineClient.api(sample).introspect(token).get("active").asBoolean())
                .isTrue();
    }

    @Test
    void revocation_ofAnOpaqueToken_makesItInactive() {
        MachineClient client = MachineClient.opaque(sample);
        String token = client.token("read:contacts");

        assertThat(client.revoke(token).statusCode()).isEqualTo(200);

        assertThat(MachineClient.api(sample).introspect(token).get("active").asBoolean())
                .isFalse();
    }

    @Test
    void redeem_withAnotherVerifier_refused() {
        WebClient.Asked asked = web.ask(WebClient.ALL_SCOPES);
        URI callback = new WebUser(sample, "alice").allow(asked.uri());

        HttpResponse<String> refused = web.redeem(Http.query(callback).get("code"), "y".repeat(43));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).get("error").asString()).isEqualTo("invalid_grant");
    }

    @Test
    void userInfo_withAnAccessToken_namesTheUser() {
        String token = WebUser.accessToken(sample, "alice");

        JsonNode user = json(http.get(at("/userinfo"), bearer(token)));

        assertThat(user.get("sub").asString()).isEqualTo("alice");
        assertThat(user.get("preferred_username").asString()).isEqualTo("alice");
    }

    @Test
    void userInfo_withAnIdToken_refused() {
        String idToken = WebUser.tokens(sample, "alice", WebClient.ALL_SCOPES)
                .get("id_token")
                .asString();

        assertThat(http.get(at("/userinfo"), bearer(idToken)).statusCode()).isEqualTo(401);
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static JsonNode part(String jwt, int index) {
        byte[] bytes = Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]);
        return json(new String(bytes, StandardCharsets.UTF_8));
    }

    private URI at(String path) {
        return sample.authorizationServer().resolve(path);
    }
}
