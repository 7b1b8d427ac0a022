package dev.scopegate.container;

import static dev.scopegate.container.UnderTest.assertRefusal;
import static dev.scopegate.container.UnderTest.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds when a request goes on inside the application: later, elsewhere, or both. */
interface DispatchContract extends UnderTest {

    @ParameterizedTest
    @ValueSource(strings = {"/async/dispatch", "/async/dispatch-wrapped"})
    default void async_dispatchedFromAnotherThread_callerStillKnown(String path) {
        RawResponse response = get(path, reader());

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body()).contains("dispatch=ASYNC", "principal=alice", "remote-user=alice", "reads=true");
        assertThat(response.excess()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/async/dispatch", "/async/dispatch-wrapped", "/async/complete", "/async/stream"})
    default void async_opaqueToken_validatedOnceForEachRequest(String path) {
        String token = tokens().opaque("read:contacts");
        int before = tokens().introspections();

        assertThat(get(path, token).body()).contains("principal=alice");
        assertThat(tokens().introspections() - before).isEqualTo(1);
        assertThat(get(path, token).body()).contains("principal=alice");
        assertThat(tokens().introspections() - before).isEqualTo(2);
    }

    @Test
    default void async_completedInAnotherThread_callerKnownThere() {
        RawResponse response = get("/async/complete", reader());

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body()).contains("principal=alice", "auth-type=Bearer");
    }

    @Test
    default void async_dispatchedWhenHalfIsSent_otherHalfFollowsAndNothingElse() {
        RawResponse response = get("/async/stream", reader());

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).startsWith("first half").endsWith("second half\n");
        assertThat(response.whole()).isTrue();
        assertThat(response.excess()).isEmpty();
    }

    @Test
    default void async_noToken_refusedBeforeItBegins() {
        assertRefusal(client().get("/async/dispatch"), 401);
        assertRefusal(get("/async/dispatch", tokens().withScopes("read:reports")), 403);
    }

    @Test
    default void forward_targetWithOwnRule_refusedWithoutItsScope() {
        RawResponse response = get("/relay/forward/reports", reader());

        assertRefusal(response, 403);
        assertThat(challenge(response)).contains("scope=\"read:reports\"");
        assertThat(response.body()).doesNotContain("figures of the quarter");
    }

    @Test
    default void forward_targetWithOwnRule_reachedWithBothScopes() {
        RawResponse response = get("/relay/forward/reports", tokens().withScopes("read:contacts", "read:reports"));

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body()).contains("figures of the quarter", "principal=alice", "dispatch=FORWARD");
    }

    @Test
    default void forward_opaqueTokenAndTargetWithOwnRule_validatedOnce() {
        String token = tokens().opaque("read:contacts", "read:reports");
        int before = tokens().introspections();

        assertThat(get("/relay/forward/reports", token).status()).isEqualTo(200);
        assertThat(tokens().introspections() - before).isEqualTo(1);
    }

    @Test
    default void forward_fromPublicRoute_targetStillAsksForItsToken() {
        RawResponse bare = client().get("/open-relay/forward/reports");

        assertRefusal(bare, 401);
        assertThat(challenge(bare)).contains("scope=\"read:reports\"").doesNotContain("error");
        assertRefusal(get("/open-relay/forward/reports", reader()), 403);
        assertThat(get("/open-relay/forward/reports", tokens().withScopes("read:reports"))
                        .body())
                .contains("figures of the quarter", "principal=alice");
    }

    @Test
    default void forward_targetWithoutRule_inheritsTheDecision() {
        RawResponse response = get("/relay/forward/views/card", reader());

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body()).contains("a visiting card", "principal=alice");
        assertThat(client().get("/open-relay/forward/views/card").body()).contains("a visiting card", "principal=none");
    }

    @Test
    default void include_targetWithOwnRule_refusedWithoutItsScope() {
        RawResponse response = get("/relay/include/reports", reader());

        assertThat(response.status()).as(response.toString()).isEqualTo(403);
        assertThat(response.body()).doesNotContain("figures of the quarter", "before", "after");
    }

    @Test
    default void include_fromPublicRoute_targetStillAsksForItsToken() {
        RawResponse bare = client().get("/open-relay/include/reports");

        assertThat(bare.status()).as(bare.toString()).isEqualTo(401);
        assertThat(bare.body()).doesNotContain("figures of the quarter");
        assertThat(get("/open-relay/include/reports", tokens().withScopes("read:reports"))
                        .body())
                .contains("before", "figures of the quarter", "after");
    }

    @Test
    default void include_targetWithOwnRule_includedWithBothScopes() {
        RawResponse response = get("/relay/include/reports", tokens().withScopes("read:contacts", "read:reports"));

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body()).contains("before", "figures of the quarter", "after");
    }

    @Test
    default void include_whenTheAnswerIsOnItsWay_targetLeftOut() {
        RawResponse response = get("/relay/include-late/reports", reader());

        // The status is gone; what is left to protect is the content.
        assertThat(response.body()).doesNotContain("figures of the quarter");
        assertThat(response.excess()).isEmpty();
    }

    @Test
    default void include_targetWithoutRule_inheritsTheDecision() {
        RawResponse response = get("/relay/include/views/card", reader());

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body()).contains("before", "a visiting card", "principal=alice", "after");
    }
}
