package dev.scopegate.container.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.container.Deployment;
import dev.scopegate.container.OptionsContract;
import dev.scopegate.container.ProtectionContract;
import dev.scopegate.container.RawResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contacts application on Undertow, and where Undertow keeps to the contract in a way of its own. */
final class UndertowIT {

    @Nested
    final class Programmatic extends ProtectionContract {
        Programmatic() {
            super(new EmbeddedUndertow(), Deployment.PROGRAMMATIC);
        }

        /** Undertow lists a mapping once for each dispatcher type that it is for. */
        @Test
        @Override
        public void filter_registeredOnceForEverything() {
            assertThat(get("/about", reader()).body().lines().filter(line -> line.contains("ScopegateFilter")))
                    .containsExactly("filter=dev.scopegate.servlet.ScopegateFilter [/*, /*, /*, /*, /*]");
        }

        /** Undertow has no error dispatch for what is thrown in an asynchronous one: it answers with its own page. */
        @Test
        @Override
        public void asyncServlet_throwsOnTheWayBack_errorPageOfTheApplication() {
            RawResponse response = get("/async/fail", reader());

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.headers("WWW-Authenticate")).isEmpty();
            assertThat(response.body()).doesNotContain("principal", "problem");
        }

        /** While Undertow includes, even the response of the request itself takes no status: what is left is the content. */
        @Test
        @Override
        public void include_targetWithOwnRule_refusedWithoutItsScope() {
            assertThat(get("/relay/include/reports", reader()).body())
                    .doesNotContain("figures of the quarter")
                    .contains("insufficient_scope");
        }

        /** As above; the including servlet goes on behind the refusal. */
        @Test
        @Override
        public void include_fromPublicRoute_targetStillAsksForItsToken() {
            assertThat(client().get("/open-relay/include/reports").body())
                    .doesNotContain("figures of the quarter")
                    .contains("credentials-absent");
            assertThat(get("/open-relay/include/reports", tokens().withScopes("read:reports"))
                            .body())
                    .contains("before", "figures of the quarter", "after");
        }
    }

    @Nested
    final class Options extends OptionsContract {
        Options() {
            super(new EmbeddedUndertow(), Deployment.PROGRAMMATIC);
        }
    }
}
