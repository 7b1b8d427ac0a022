package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What users may grant, also when they, or somebody else, post what no page offers. */
@ExtendWith(RunningSample.class)
class ConsentIT {

    private static final String CONTACTS = "read:contacts create:contacts delete:contacts";

    private final Sample sample;

    private final WebClient web;

    ConsentIT(Sample sample) {
        this.sample = sample;
        this.web = new WebClient(sample);
    }

    @BeforeEach
    void forgetConsents() {
        sample.restartAuthorizationServer();
    }

    @Test
    void alice_allowsAll_tokenCarriesAll() {
        assertThat(scopes(WebUser.tokens(sample, "alice", CONTACTS)))
                .containsExactlyInAnyOrder("read:contacts", "create:contacts", "delete:contacts");
    }

    @Test
    @Requirement("RFC6749 §3.3")
    void alice_allowsSome_tokenCarriesThose() {
        WebClient.Asked asked = web.ask(CONTACTS);
        WebUser alice = new WebUser(sample, "alice");

        URI callback = alice.consent(alice.signIn(asked.uri()), offered -> List.of("read:contacts"));

        assertThat(scopes(web.tokens(asked, callback))).containsExactly("read:contacts");
    }

    @Test
    @Requirement("RFC6749 §4.1.2.1")
    void alice_denies_clientIsTold() {
        WebClient.Asked asked = web.ask(CONTACTS);
        WebUser alice = new WebUser(sample, "alice");

        URI callback = alice.consent(alice.signIn(asked.uri()), offered -> List.of());

        assertThat(Http.query(callback))
                .containsEntry("error", "access_denied")
                .containsEntry("state", asked.state())
                .doesNotContainKey("code");
    }

    @Test
    void bob_asksForAll_offeredAndGivenReadOnly() {
        WebClient.Asked asked = web.ask(CONTACTS);
        WebUser bob = new WebUser(sample, "bob");
        HttpResponse<String> page = bob.signIn(asked.uri());

        assertThat(WebUser.offered(page)).containsExactly("read:contacts");
        assertThat(scopes(web.tokens(asked, bob.consent(page, offered -> offered))))
                .containsExactly("read:contacts");
    }

    @Test
    void bob_postsMoreThanOffered_getsNoCode() {
        WebClient.Asked asked = web.ask(CONTACTS);
        WebUser bob = new WebUser(sample, "bob");

        URI callback = bob.consent(
                bob.signIn(asked.uri()), offered -> List.of("read:contacts", "create:contacts", "delete:contacts"));

        assertThat(Http.query(callback)).containsEntry("error", "invalid_scope").doesNotContainKey("code");
    }

    @Test
    void bob_asksAgainForMoreAfterConsenting_stillReadOnly() {
        WebUser bob = new WebUser(sample, "bob");
        WebClient.Asked first = web.ask("read:contacts");
        web.tokens(first, bob.consent(bob.signIn(first.uri()), offered -> offered));

        WebClient.Asked second = web.ask(CONTACTS);
        URI callback = WebUser.location(bob.get(second.uri()));

        assertThat(scopes(web.tokens(second, callback))).containsExactly("read:contacts");
    }

    @Test
    void alice_allowsMoreLater_tokenCarriesBoth() {
        WebUser alice = new WebUser(sample, "alice");
        WebClient.Asked first = web.ask("read:contacts");
        web.tokens(first, alice.consent(alice.signIn(first.uri()), offered -> offered));

        WebClient.Asked second = web.ask(CONTACTS);
        HttpResponse<String> page = alice.get(WebUser.location(alice.get(second.uri())));
        URI callback = alice.consent(page, offered -> List.of("create:contacts"));

        assertThat(page.body()).contains("allowed before");
        assertThat(scopes(web.tokens(second, callback))).containsExactlyInAnyOrder("read:contacts", "create:contacts");
    }

    @Test
    void carol_asksForContacts_isOfferedNothingAndGetsNoCode() {
        WebClient.Asked asked = web.ask(CONTACTS);
        WebUser carol = new WebUser(sample, "carol");
        HttpResponse<String> page = carol.signIn(asked.uri());

        assertThat(WebUser.offered(page)).isEmpty();
        assertThat(page.body()).contains("may grant nothing");
        assertThat(Http.query(carol.consent(page, offered -> List.of("read:contacts"))))
                .containsEntry("error", "invalid_scope");
    }

    @Test
    void carol_alsoAllowsHerName_tokenCarriesThatOnly() {
        assertThat(scopes(WebUser.tokens(sample, "carol", WebClient.ALL_SCOPES)))
                .containsExactlyInAnyOrder("openid", "profile");
    }

    @Test
    void mallory_postsAliceConsent_refused() {
        WebClient.Asked asked = web.ask(CONTACTS);
        HttpResponse<String> alicesPage = new WebUser(sample, "alice").signIn(asked.uri());
        WebUser bob = new WebUser(sample, "bob");
        bob.login("bob");

        assertThat(bob.postConsent(alicesPage, List.of("read:contacts")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void client_asksForScopeItIsNotRegisteredFor_notGiven() {
        WebClient.Asked asked = web.ask("read:contacts admin:contacts");
        WebUser alice = new WebUser(sample, "alice");

        URI answer = WebUser.location(alice.get(asked.uri()));

        assertThat(Http.query(answer)).containsAllEntriesOf(Map.of("error", "invalid_scope", "state", asked.state()));
    }

    private static List<String> scopes(JsonNode tokens) {
        return List.of(tokens.get("scope").asString().split(" ", -1));
    }
}
