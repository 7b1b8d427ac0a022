package dev.scopegate.container;

import static org.assertj.core.api.Assertions.assertThat;

/** What every part of the contract works with. */
interface UnderTest {

    /** A client of the running application. */
    Client client();

    /** The tokens of this run. */
    Tokens tokens();

    /** What was logged in this run. */
    LogCapture log();

    /** Sends {@code GET} with a bearer token. */
    default RawResponse get(String path, String token) {
        return client().get(path, Client.bearer(token));
    }

    /** A token that may read contacts and nothing else. */
    default String reader() {
        return tokens().withScopes("read:contacts");
    }

    /** Asserts what every refusal of the filter has in common, whatever the status. */
    static void assertRefusal(RawResponse response, int status) {
        assertThat(response.status()).as(response.toString()).isEqualTo(status);
        assertThat(response.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(response.header("Cache-Control")).contains("no-store");
        assertThat(response.body()).startsWith("{").contains("\"status\":" + status);
        assertThat(response.whole()).isTrue();
        assertThat(response.excess()).isEmpty();
    }

    /** The only challenge of a response. */
    static String challenge(RawResponse response) {
        return response.header("WWW-Authenticate").orElseThrow(() -> new AssertionError("no challenge in " + response));
    }
}
