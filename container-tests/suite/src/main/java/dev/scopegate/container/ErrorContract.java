package dev.scopegate.container;

import static dev.scopegate.container.UnderTest.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the application's own failures stay its own, error pages included. */
interface ErrorContract extends UnderTest {

    @ParameterizedTest
    @ValueSource(strings = {"/broken/unchecked", "/broken/checked"})
    default void servlet_throws_errorPageOfTheApplication(String path) {
        RawResponse response = get(path, reader());

        assertThat(response.status()).as(response.toString()).isEqualTo(500);
        assertThat(response.body()).contains("sorry: 500", "dispatch=ERROR", "principal=alice");
        assertThat(response.headers("WWW-Authenticate")).isEmpty();
    }

    @Test
    default void asyncServlet_throwsOnTheWayBack_errorPageOfTheApplication() {
        RawResponse response = get("/async/fail", reader());

        assertThat(response.status()).as(response.toString()).isEqualTo(500);
        assertThat(response.body()).contains("sorry: 500", "dispatch=ERROR", "principal=alice");
        assertThat(response.headers("WWW-Authenticate")).isEmpty();
    }

    @Test
    default void publicServlet_throws_errorPageOfTheApplicationWithoutAToken() {
        RawResponse response = client().get("/open-broken");

        assertThat(response.status()).as(response.toString()).isEqualTo(500);
        assertThat(response.body()).contains("sorry: 500", "principal=none");
    }

    @Test
    default void servlet_throwsWhenHalfIsSent_nothingOfOursFollows() {
        RawResponse response = get("/broken/late", reader());

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).startsWith("half an answer").doesNotContain("problem", "\"status\"");
        assertThat(response.excess()).isEmpty();
    }

    @Test
    default void servlet_sends404_errorPageOfTheApplication() {
        RawResponse response = get("/contacts/999", reader());

        assertThat(response.status()).as(response.toString()).isEqualTo(404);
        assertThat(response.body()).contains("sorry: 404", "principal=alice");
    }

    @Test
    default void servlet_sends403_errorPageOfTheApplication() {
        RawResponse response = get("/broken/forbidden", reader());

        assertThat(response.status()).as(response.toString()).isEqualTo(403);
        assertThat(response.body()).contains("sorry: 403");
        assertThat(response.headers("WWW-Authenticate")).isEmpty();
    }

    @Test
    default void refusal_ofTheFilter_notReplacedByTheErrorPage() {
        RawResponse response = get("/reports", reader());

        assertRefusal(response, 403);
        assertThat(response.body()).doesNotContain("sorry");
    }

    @Test
    default void errorPage_askedForByAClient_deniedLikeAnyUnknownRoute() {
        assertRefusal(client().get("/errors/page"), 401);
        assertRefusal(get("/errors/page", reader()), 403);
    }
}
