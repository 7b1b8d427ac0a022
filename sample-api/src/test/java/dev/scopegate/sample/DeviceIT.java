package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** The device authorization grant: a device with a code, and a user with a browser who lets it in or not. */
@ExtendWith(RunningSample.class)
class DeviceIT {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String EVERYTHING = "profile read:contacts create:contacts delete:contacts";

    private final Sample sample;

    private final Http device = new Http();

    DeviceIT(Sample sample) {
        this.sample = sample;
    }

    @Test
    @Requirement("RFC8628 §3.5")
    void alice_allowsTheDevice_waitsThenDeletes() {
        JsonNode codes = askForCodes(EVERYTHING);
        assertThat(error(poll(codes))).isEqualTo("authorization_pending");

        Browser alice = new Browser("alice");
        HttpResponse<String> consent = alice.enter(codes);
        assertThat(consent.body()).contains(text(codes, "user_code"));
        alice.answer(consent, WebUser.offered(consent));

        HttpResponse<String> answer = poll(codes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String token = text(Http.json(answer), "access_token");
        assertThat(device.get(sample.contacts(), bearer(token)).statusCode()).isEqualTo(200);
        assertThat(device.delete(URI.create(sample.contacts() + "/3"), bearer(token))
                        .statusCode())
                .isEqualTo(204);
        assertThat(poll(codes).statusCode()).as("the code works once").isEqualTo(400);
        assertThat(Http.json(answer).has("refresh_token")).isTrue();
    }

    @Test
    void bob_postsMoreThanHeMayGrant_theDeviceOnlyReads() {
        JsonNode codes = askForCodes(EVERYTHING);
        Browser bob = new Browser("bob");
        HttpResponse<String> consent = bob.enter(codes);
        assertThat(WebUser.offered(consent)).containsExactly("profile", "read:contacts");

        bob.answer(consent, List.of("read:contacts", "delete:contacts"));

        JsonNode tokens = Http.json(poll(codes));
        assertThat(text(tokens, "scope")).isEqualTo("read:contacts");
        assertThat(device.delete(URI.create(sample.contacts() + "/1"), bearer(text(tokens, "access_token")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @Requirement("RFC8628 §3.5")
    void alice_denies_accessDenied_alsoAfterSheAllowedAnother() {
        Browser alice = new Browser("alice");
        JsonNode allowed = askForCodes("read:contacts");
        HttpResponse<String> consent = alice.enter(allowed);
        alice.answer(consent, WebUser.offered(consent));
        assertThat(poll(allowed).statusCode()).isEqualTo(200);

        JsonNode denied = askForCodes("read:contacts");
        HttpResponse<String> asked = alice.enter(denied);
        assertThat(WebUser.offered(asked))
                .as("asked again, and nothing is ticked off")
                .containsExactly("read:contacts");
        alice.answer(asked, List.of());

        assertThat(error(poll(denied))).isEqualTo("access_denied");
    }

    @Test
    void code_thatNobodyIssued_400() {
        Browser alice = new Browser("alice");
        alice.enter(askForCodes("read:contacts"));

        assertThat(alice.http
                        .postForm(page("/oauth2/device_verification"), List.of(Map.entry("user_code", "BBBB-BBBB")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void codes_forTheClientOfTheBrowser_refused() {
        HttpResponse<String> refused =
                device.postForm(page("/oauth2/device_authorization"), List.of(Map.entry("client_id", WebClient.ID)));

        assertThat(error(refused)).isEqualTo("unauthorized_client");
    }

    @Test
    void deviceCode_byAnotherClient_refused() {
        JsonNode codes = askForCodes("read:contacts");
        Browser alice = new Browser("alice");
        HttpResponse<String> consent = alice.enter(codes);
        alice.answer(consent, WebUser.offered(consent));

        HttpResponse<String> stolen = device.postForm(
                page("/oauth2/token"),
                List.of(
                        Map.entry("grant_type", GRANT),
                        Map.entry("client_id", WebClient.ID),
                        Map.entry("device_code", text(codes, "device_code"))));

        assertThat(stolen.statusCode()).isEqualTo(400);
        assertThat(stolen.body()).doesNotContain("access_token");
    }

    /** A user at the pages of the authorization server. */
    private final class Browser {

        private final Http http = new Http();
        private final String user;
        private boolean signedIn;

        Browser(String user) {
            this.user = user;
        }

        /** Opens the address that the device shows, and goes on to the consent page. */
        HttpResponse<String> enter(JsonNode codes) {
            URI address = URI.create(text(codes, "verification_uri_complete"));
            HttpResponse<String> activate = http.get(address, "Accept", "text/html");
            if (!signedIn) {
                HttpResponse<String> login = http.get(page("/login"), "Accept", "text/html");
                http.postForm(
                        page("/login"),
                        List.of(
                                Map.entry("_csrf", field("_csrf", login)),
                                Map.entry("username", user),
                                Map.entry("password", user)));
                signedIn = true;
                activate = http.get(address, "Accept", "text/html");
            }
            HttpResponse<String> asked = http.postForm(
                    page("/oauth2/device_verification"), List.of(Map.entry("user_code", field("user_code", activate))));
            return http.get(WebUser.location(asked), "Accept", "text/html");
        }

        void answer(HttpResponse<String> consent, List<String> scopes) {
            assertThat(consent.body()).contains("action=\"/oauth2/device_verification\"");
            List<Map.Entry<String, String>> form = new ArrayList<>(List.of(
                    Map.entry("client_id", "contacts-device"),
                    Map.entry("state", field("state", consent)),
                    Map.entry("user_code", field("user_code", consent))));
            scopes.forEach(scope -> form.add(Map.entry("scope", scope)));
            http.postForm(page("/oauth2/device_verification"), form);
        }
    }

    private JsonNode askForCodes(String scope) {
        HttpResponse<String> answer = device.postForm(
                page("/oauth2/device_authorization"),
                List.of(Map.entry("client_id", "contacts-device"), Map.entry("scope", scope)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Http.json(answer);
    }

    private HttpResponse<String> poll(JsonNode codes) {
        return device.postForm(
                page("/oauth2/token"),
                List.of(
                        Map.entry("grant_type", GRANT),
                        Map.entry("client_id", "contacts-device"),
                        Map.entry("device_code", text(codes, "device_code"))));
    }

    private static String error(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return text(Http.json(answer), "error");
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).asString();
    }

    private static String field(String name, HttpResponse<String> page) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(field.find()).as(name + " in " + page.body()).isTrue();
        return HtmlUtils.htmlUnescape(field.group(1));
    }

    private URI page(String path) {
        return sample.authorizationServer().resolve(path);
    }
}
