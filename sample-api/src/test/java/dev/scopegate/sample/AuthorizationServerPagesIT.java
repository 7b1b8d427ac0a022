package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.sample.demo.RequestSecrets;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of the authorization server: where they send people, what they offer, and what they never show. */
@ExtendWith(RunningSample.class)
class AuthorizationServerPagesIT {

    private final Sample sample;
    private final Http http = new Http();
    private final WebClient web;

    AuthorizationServerPagesIT(Sample sample) {
        this.sample = sample;
        this.web = new WebClient(sample);
    }

    @ParameterizedTest
    @CsvSource({"'', code_challenge", "plain, code_challenge_method"})
    void authorize_withoutS256_refused(String method, String parameter) {
        List<Map.Entry<String, String>> pkce = method.isEmpty()
                ? List.of()
                : List.of(Map.entry("code_challenge", "x".repeat(43)), Map.entry("code_challenge_method", method));

        URI answer = WebUser.location(
                http.get(web.ask("openid", RequestSecrets.random(), pkce).uri(), "Accept", "text/html"));

        assertThat(answer.toString()).startsWith(web.redirect().toString());
        assertThat(Http.query(answer))
                .containsEntry("error", "invalid_request")
                .extractingByKey("error_description")
                .asString()
                .contains(parameter);
    }

    @Test
    void login_wrongPassword_refusedWithAMessage() {
        URI answer = WebUser.location(new WebUser(sample, "alice").login("bob"));

        assertThat(answer.toString()).isEqualTo(at("/login?error").toString());
        assertThat(http.get(answer).body()).contains("The name or the password is wrong.");
    }

    @Test
    void loginPage_always_carriesAStrictPolicy() {
        HttpResponse<String> page = http.get(at("/login"), "Accept", "text/html");

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; style-src 'self'; form-action 'self' " + sample.api()
                        + "; base-uri 'none'; frame-ancestors 'none'");
        assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("authorization-server-session=")
                .contains("HttpOnly", "SameSite=Lax");
        assertThat(page.body()).doesNotContain("<script", "style=");
    }

    @Test
    void consentPage_scopesFromTheQuery_offersOnlyWhatTheUserMayGrantAndEscapesTheRest() {
        WebUser bob = new WebUser(sample, "bob");
        bob.login("bob");

        HttpResponse<String> page = bob.get("/consent?client_id=contacts-web&state=%22%3E%3Cscript%3E"
                + "&scope=read%3Acontacts%20delete%3Acontacts%20%3Cscript%3E");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(WebUser.offered(page)).containsExactly("read:contacts");
        assertThat(page.body()).doesNotContain("<script").contains("&quot;&gt;&lt;script&gt;");
    }

    @Test
    void unknownClient_atTheAuthorizationEndpoint_errorPageWithoutRedirect() {
        HttpResponse<String> page =
                http.get(at("/oauth2/authorize?response_type=code&client_id=nobody"), "Accept", "text/html");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.body()).contains("Bad Request").doesNotContain("nobody", "Exception");
    }

    private URI at(String path) {
        return sample.authorizationServer().resolve(path);
    }
}
