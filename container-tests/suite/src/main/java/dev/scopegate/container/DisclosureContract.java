package dev.scopegate.container;

import static dev.scopegate.container.UnderTest.assertRefusal;
import static dev.scopegate.container.UnderTest.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import org.junit.jupiter.api.Test;

/** What strangers are told, and what they are not. */
interface DisclosureContract extends UnderTest {

    @Test
    @Requirement("RFC9728 §3.2")
    default void metadata_noToken_published() {
        RawResponse response = client().get("/.well-known/oauth-protected-resource/contacts");

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(response.body())
                .contains("\"resource\":\"https://api.example.com/contacts\"")
                .contains("\"authorization_servers\":[", "\"read:contacts\"")
                .doesNotContain("api-secret", "contacts-api");
    }

    @Test
    @Requirement("RFC9728 §5.1")
    default void refusal_challenge_namesTheMetadata() {
        String below = client().contextPath();
        String path = "/.well-known/oauth-protected-resource" + (below.isEmpty() ? "/contacts" : "");

        assertThat(challenge(client().get("/contacts")))
                .contains("resource_metadata=\"https://api.example.com" + below + path + "\"");
        assertThat(client().get(path).body()).contains("\"resource\":\"https://api.example.com/contacts\"");
    }

    @Test
    @Requirement("RFC9110 §9.3.2")
    default void metadata_head_fieldsAlone() {
        RawResponse response = client().send("HEAD", "/.well-known/oauth-protected-resource");

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(response.body()).isEmpty();
        assertThat(response.excess()).isEmpty();
    }

    @Test
    @Requirement("RFC9110 §8.6")
    default void metadata_preflight_allowedWithoutContent() {
        RawResponse response = client().send(
                        "OPTIONS",
                        "/.well-known/oauth-protected-resource",
                        "Origin: https://app.example.com",
                        "Access-Control-Request-Method: GET",
                        "Access-Control-Request-Headers: mcp-protocol-version");

        assertThat(response.status()).as(response.toString()).isEqualTo(204);
        assertThat(response.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(response.header("Access-Control-Allow-Headers")).contains("*");
        assertThat(response.header("Content-Length")).isEmpty();
        assertThat(response.excess()).isEmpty();
    }

    @Test
    @Requirement("RFC9110 §12.5.1")
    default void refusal_acceptOfABrowser_page() {
        RawResponse response =
                client().get("/contacts", "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).isEqualToIgnoringWhitespace("text/html;charset=utf-8"));
        assertThat(response.header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none';"));
        assertThat(response.body()).startsWith("<!doctype html>").endsWith("</html>\n");
        assertThat(response.whole()).isTrue();
    }

    @Test
    default void metadata_otherMethod_denied() {
        assertRefusal(client().send("POST", "/.well-known/oauth-protected-resource/contacts"), 401);
    }

    @Test
    default void metadata_hostileHostFields_sameDocument() {
        String path = "/.well-known/oauth-protected-resource/contacts";

        assertThat(client().get(path, "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: http")
                        .body())
                .isEqualTo(client().get(path).body())
                .doesNotContain("evil");
    }

    @Test
    default void refusal_hostileClaims_notRepeated() {
        String token = tokens().withClaim("iss", "https://evil.example/\", error=\"none\r\nX-Evil: 1");
        RawResponse response = get("/contacts", token);

        assertRefusal(response, 401);
        assertThat(response.toString()).doesNotContain("evil", "Evil");
        assertThat(log().text()).doesNotContain("X-Evil");
    }
}
