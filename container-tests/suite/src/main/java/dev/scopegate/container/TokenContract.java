package dev.scopegate.container;

import static dev.scopegate.container.UnderTest.assertRefusal;
import static dev.scopegate.container.UnderTest.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import org.junit.jupiter.api.Test;

/** Which tokens open which routes, and what the application learns of their holders. */
interface TokenContract extends UnderTest {

    @Test
    @Requirement("RFC6750 §3.1")
    default void contacts_noToken_challengedWithoutError() {
        RawResponse response = client().get("/contacts");

        assertRefusal(response, 401);
        assertThat(challenge(response))
                .startsWith("Bearer realm=\"contacts\"")
                .contains("scope=\"read:contacts\"")
                .doesNotContain("error");
        assertThat(response.body()).doesNotContain("Ada Lovelace");
    }

    @Test
    default void contacts_goodToken_principalSeen() {
        RawResponse response = get("/contacts", reader());

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body())
                .contains("principal=alice", "remote-user=alice", "auth-type=Bearer")
                .contains("reads=true", "deletes=false", "Ada Lovelace");
        assertThat(response.headers("WWW-Authenticate")).isEmpty();
    }

    @Test
    default void contact_goodToken_read() {
        assertThat(get("/contacts/1", reader()).body()).contains("Ada Lovelace");
    }

    @Test
    @Requirement("RFC6750 §3.1")
    default void contact_tokenForReadingOnly_deletionRefusedNamingTheScope() {
        RawResponse response = client().send("DELETE", "/contacts/1", Client.bearer(reader()));

        assertRefusal(response, 403);
        assertThat(challenge(response))
                .startsWith("Bearer realm=\"contacts\"")
                .contains("error=\"insufficient_scope\"", "scope=\"delete:contacts\"");
    }

    @Test
    default void contact_tokenForDeletion_deleted() {
        String token = tokens().withScopes("delete:contacts");

        assertThat(client().send("DELETE", "/contacts/1", Client.bearer(token)).status())
                .isEqualTo(204);
    }

    @Test
    default void contact_oneOfTheScopes_added() {
        String token = tokens().withScopes("admin:contacts");

        assertThat(client().send("POST", "/contacts", Client.bearer(token)).status())
                .isEqualTo(201);
    }

    @Test
    default void contact_noneOfTheScopes_notAdded() {
        RawResponse response = client().send("POST", "/contacts", Client.bearer(reader()));

        assertRefusal(response, 403);
        assertThat(response.body()).doesNotContain("added");
    }

    @Test
    @Requirement("RFC6750 §3.1")
    default void contacts_expiredToken_refusedAsInvalid() {
        RawResponse response = get("/contacts", tokens().expired("read:contacts"));

        assertRefusal(response, 401);
        assertThat(challenge(response)).contains("error=\"invalid_token\"");
    }

    @Test
    @Requirement("RFC9700 §2.3")
    default void contacts_tokenForAnotherAudience_refusedAsInvalid() {
        RawResponse response = get("/contacts", tokens().forAnotherAudience("read:contacts"));

        assertRefusal(response, 401);
        assertThat(challenge(response)).contains("error=\"invalid_token\"");
    }

    @Test
    default void contacts_tokenOfSecondIssuer_principalSeen() {
        RawResponse response = get("/contacts", tokens().ofPartner("read:contacts"));

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body()).contains("principal=alice");
    }

    @Test
    default void contacts_tokenOfOneIssuerInTheNameOfTheOther_refusedAsInvalid() {
        RawResponse response = get("/contacts", tokens().ofPartnerInTheNameOfMain("read:contacts"));

        assertRefusal(response, 401);
        assertThat(challenge(response)).contains("error=\"invalid_token\"");
    }

    @Test
    @Requirement("RFC7662 §2.2")
    default void contacts_activeOpaqueToken_principalSeen() {
        RawResponse response = get("/contacts", tokens().opaque("read:contacts"));

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body()).contains("principal=alice", "auth-type=Bearer", "reads=true");
    }

    @Test
    @Requirement("RFC7662 §2.2")
    default void contacts_inactiveOpaqueToken_refusedAsInvalid() {
        RawResponse response = get("/contacts", tokens().opaqueInactive());

        assertRefusal(response, 401);
        assertThat(challenge(response)).contains("error=\"invalid_token\"");
    }

    @Test
    default void contacts_activeOpaqueTokenWithoutTheScope_refusedNamingTheScope() {
        RawResponse response = get("/contacts", tokens().opaque("read:reports"));

        assertRefusal(response, 403);
        assertThat(challenge(response)).contains("scope=\"read:contacts\"");
    }

    @Test
    default void unknownRoute_noToken_challenged() {
        RawResponse response = client().get("/views/card");

        assertRefusal(response, 401);
        assertThat(challenge(response)).doesNotContain("error");
    }

    @Test
    default void unknownRoute_goodToken_deniedAllTheSame() {
        RawResponse response = get("/views/card", reader());

        assertRefusal(response, 403);
        assertThat(response.body()).doesNotContain("a visiting card");
        assertThat(response.headers("WWW-Authenticate").toString()).doesNotContain("error");
    }

    @Test
    default void health_noToken_public() {
        RawResponse response = client().get("/health");

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body()).contains("UP", "principal=none", "auth-type=none");
    }

    @Test
    @Requirement("RFC9110 §9.3.2")
    default void contacts_head_judgedLikeGet() {
        assertThat(client().send("HEAD", "/contacts").status()).isEqualTo(401);
        assertThat(client().send("HEAD", "/contacts", Client.bearer(reader())).status())
                .isEqualTo(200);
    }

    @Test
    default void filterOfTheApplication_behindOurs_knowsTheCaller() {
        assertThat(get("/contacts", reader()).header("X-Audit")).contains("seen alice");
        assertThat(client().get("/health").header("X-Audit")).contains("seen null");
        assertThat(client().get("/contacts").header("X-Audit")).isEmpty();
    }

    @Test
    default void filter_registeredOnceForEverything() {
        RawResponse response = get("/about", tokens().withScopes());

        assertThat(response.body().lines().filter(line -> line.startsWith("filter=dev.scopegate")))
                .containsExactly("filter=dev.scopegate.servlet.ScopegateFilter [/*]");
    }
}
