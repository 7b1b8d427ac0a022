package dev.scopegate.container;

import static dev.scopegate.container.UnderTest.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which spellings of a path are understood, and which are refused because two readers could differ about them. */
interface PathContract extends UnderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/contacts;x=1",
                "/contacts;jsessionid=1/1",
                "/health;/../contacts",
                "/health/..;/contacts",
                "/;/contacts",
                "//contacts",
                "/contacts//1",
                "/health/../contacts",
                "/health/%2e%2e/contacts",
                "/health/.%2E/contacts",
                "/./contacts",
                "/%2e/contacts",
                "/contacts/.",
                "/contacts/1/..",
                "/contacts%2f1",
                "/contacts%2F..%2Fhealth",
                "/contacts%5c1",
                "/contacts\\1",
                "/contacts%3b1",
                "/contacts%00",
                "/contacts%0a",
                "/contacts%0d%0aX:1",
                "/contacts%7f",
                "/contacts/%2531",
                "/contacts/%25",
                "/contacts/%",
                "/contacts/%zz",
                "/contacts/\u00e9"
            })
    default void path_ambiguous_refusedWithAndWithoutToken(String path) {
        for (RawResponse response : new RawResponse[] {client().get(path), get(path, reader())}) {
            assertThat(response.status()).as(response.toString()).isEqualTo(400);
            assertThat(response.body()).doesNotContain("Ada Lovelace", "UP");
        }
    }

    @Test
    @Requirement("RFC3986 §6.2.2.2")
    default void path_encodedLetter_ruleOfTheDecodedPathApplies() {
        assertRefusal(client().get("/c%6fntacts"), 401);
        assertThat(get("/c%6Fntacts", reader()).body()).contains("Ada Lovelace");
        assertThat(client().get("/h%65alth").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/CONTACTS", "/Contacts/1", "/contacts.json", "/contactsx", "/health/", "/health.txt", "/"})
    default void path_likeARuleButNotIt_denied(String path) {
        assertRefusal(client().get(path), 401);
        assertRefusal(get(path, reader()), 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "PUT", "PATCH", "get", "TRACE", "GETX"})
    default void method_noRuleNames_denied(String method) {
        RawResponse bare = client().send(method, "/contacts");
        RawResponse holding = client().send(method, "/contacts", Client.bearer(reader()));

        // A container may refuse a method before any filter sees it.
        assertThat(bare.status()).as(bare.toString()).isIn(400, 401, 403, 405, 501);
        assertThat(holding.status()).as(holding.toString()).isIn(400, 403, 405, 501);
        assertThat(holding.body()).doesNotContain("Ada Lovelace", "Authorization");
    }

    @Test
    default void target_absoluteForm_judgedByItsPath() {
        String origin = "http://127.0.0.1:" + client().port();
        Client absolute = new Client(client().port(), origin + client().contextPath());

        assertThat(absolute.get("/contacts").status()).isEqualTo(401);
        assertThat(absolute.get("/contacts", Client.bearer(reader())).status()).isIn(200, 400);
    }
}
