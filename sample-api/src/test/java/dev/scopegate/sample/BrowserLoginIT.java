package dev.scopegate.sample;

import static dev.scopegate.sample.Http.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Authorization code + PKCE with a real browser on the real login and consent pages. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(RunningSample.class)
class BrowserLoginIT {

    private final Http http = new Http();
    private final Sample sample;
    private final WebClient web;

    BrowserLoginIT(Sample sample) {
        this.sample = sample;
        this.web = new WebClient(sample);
    }

    @BeforeAll
    static void require() {
        BrowserScript.require("playwright-core");
    }

    @Test
    void alice_allowsAll_readsAndDeletesAndRenews() throws IOException, InterruptedException {
        WebClient.Asked asked = web.ask(WebClient.ALL_SCOPES);
        SignIn signIn = signIn(asked.uri(), "alice");
        assertThat(signIn.offered()).containsExactly("profile", "read:contacts", "create:contacts", "delete:contacts");
        JsonNode tokens = web.tokens(asked, signIn.callback());
        String token = text(tokens, "access_token");

        assertThat(http.get(sample.contacts(), bearer(token)).statusCode()).isEqualTo(200);
        assertThat(delete(2, token).statusCode()).isEqualTo(204);

        HttpResponse<String> renewed = web.refresh(text(tokens, "refresh_token"));
        assertThat(renewed.statusCode()).isEqualTo(200);
        String next = text(Http.json(renewed), "access_token");
        assertThat(next).isNotEqualTo(token);
        assertThat(http.get(sample.contacts(), bearer(next)).statusCode()).isEqualTo(200);
        assertThat(web.refresh(text(tokens, "refresh_token")).statusCode()).isEqualTo(400);
    }

    @Test
    void bob_allowsAllHeIsOffered_readsButMayNotDelete() throws IOException, InterruptedException {
        WebClient.Asked asked = web.ask(WebClient.ALL_SCOPES);
        SignIn signIn = signIn(asked.uri(), "bob");
        assertThat(signIn.offered()).containsExactly("profile", "read:contacts");
        String token = text(web.tokens(asked, signIn.callback()), "access_token");

        assertThat(http.get(sample.contacts(), bearer(token)).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = delete(1, token);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("error=\"insufficient_scope\"")
                .contains("scope=\"delete:contacts\"");
    }

    @Test
    void carol_allowsAllSheIsOffered_mayNotRead() throws IOException, InterruptedException {
        WebClient.Asked asked = web.ask(WebClient.ALL_SCOPES);
        SignIn signIn = signIn(asked.uri(), "carol");
        assertThat(signIn.offered()).containsExactly("profile");
        String token = text(web.tokens(asked, signIn.callback()), "access_token");

        assertThat(http.get(sample.contacts(), bearer(token)).statusCode()).isEqualTo(403);
    }

    /** What the browser saw: the scopes on the consent page, and the address that it was sent to. */
    private record SignIn(List<String> offered, URI callback) {}

    private SignIn signIn(URI authorizationRequest, String user) throws IOException, InterruptedException {
        JsonNode seen = BrowserScript.run(
                "sign-in.mjs",
                BrowserScript.CHROMIUM,
                authorizationRequest.toString(),
                web.redirect().toString(),
                user);
        assertThat(seen.get("violations")).as("of the content security policy").isEmpty();
        return new SignIn(
                seen.get("offered").valueStream().map(JsonNode::asString).toList(),
                URI.create(seen.get("callback").asString()));
    }

    private HttpResponse<String> delete(long id, String token) {
        return http.delete(URI.create(sample.contacts() + "/" + id), bearer(token));
    }

    private static String text(JsonNode tokens, String name) {
        return tokens.get(name).asString();
    }
}
