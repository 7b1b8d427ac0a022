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
        assertThat(challenge(client().get("/contacts")))
                .contains("resource_metadata="
                        + "\"https://api.example.com/.well-known/oauth-protected-resource/contacts\"");
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
