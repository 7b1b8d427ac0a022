package dev.scopegate.container;

import static dev.scopegate.container.UnderTest.assertRefusal;
import static dev.scopegate.container.UnderTest.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the request line alone chooses the rule: nothing else in a request makes another method or another path of it. */
interface RuleChoiceContract extends UnderTest {

    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"})
    default void method_overriddenByAHeader_ruleOfTheRequestLineApplies(String name) {
        RawResponse deletion = client().send("DELETE", "/contacts/1", Client.bearer(reader()), name + ": GET");
        RawResponse addition = client().send("POST", "/contacts", Client.bearer(reader()), name + ": GET");

        assertRefusal(deletion, 403);
        assertThat(challenge(deletion)).contains("scope=\"delete:contacts\"");
        assertRefusal(addition, 403);
        assertThat(client().get("/contacts/1", Client.bearer(reader()), name + ": DELETE")
                        .body())
                .contains("Ada Lovelace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_method=GET", "_method=get&x=1", "method=GET", "X-HTTP-Method-Override=GET"})
    default void method_overriddenByAParameter_ruleOfTheRequestLineApplies(String query) {
        assertRefusal(client().send("DELETE", "/contacts/1?" + query, Client.bearer(reader())), 403);
        assertRefusal(client().send("POST", "/contacts?" + query, Client.bearer(reader())), 403);
        assertThat(get("/contacts/1?" + query.replace("GET", "DELETE"), reader())
                        .body())
                .contains("Ada Lovelace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URL: %s",
                "X-Rewrite-URL: %s",
                "X-Original-URI: %s",
                "X-Forwarded-Uri: %s",
                "X-Forwarded-Path: %s",
                "X-Forwarded-Prefix: %s",
                "X-Script-Name: %s",
                "Forwarded: for=127.0.0.1;host=\"127.0.0.1%s\";proto=https",
                "X-Forwarded-Host: 127.0.0.1%s",
                "X-Accel-Redirect: %s",
                "Referer: %s"
            })
    default void path_inAnotherHeader_ruleOfTheRequestLineApplies(String header) {
        String toPublic = header.formatted(client().contextPath() + "/health");
        String toReports = header.formatted(client().contextPath() + "/reports");

        assertRefusal(client().get("/reports", toPublic), 401);
        assertRefusal(client().get("/reports", toPublic, Client.bearer(reader())), 403);
        assertThat(client().get("/health", toReports).body()).contains("UP").doesNotContain("figures");
        assertThat(client().get("/contacts/1", toReports, Client.bearer(reader()))
                        .body())
                .contains("Ada Lovelace");
    }

    @Test
    default void head_likeGet_needsTheScopeOfGet() {
        assertThat(client().send("HEAD", "/reports").status()).isEqualTo(401);
        assertThat(client().send("HEAD", "/reports", Client.bearer(reader())).status())
                .isEqualTo(403);
        assertThat(client().send("HEAD", "/reports", Client.bearer(tokens().withScopes("read:reports")))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE", "PUT", "*"})
    default void preflight_noToken_challengedLikeAnyRequest(String method) {
        RawResponse response = client().send(
                        "OPTIONS",
                        "/contacts",
                        "Origin: https://evil.example",
                        "Access-Control-Request-Method: " + method);

        assertRefusal(response, 401);
        assertThat(challenge(response)).doesNotContain("error");
        assertThat(response.headers("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    default void trace_ruleForAllMethods_tokenNotEchoed() {
        String token = reader();
        RawResponse response = client().send("TRACE", "/whatever", Client.bearer(token), "X-Probe: echoed");

        assertThat(response.toString()).doesNotContain(token).doesNotContainIgnoringCase("authorization");
        assertThat(client().send("TRACE", "/whatever", "X-Probe: echoed").status())
                .isIn(400, 401, 403, 405, 501);
        assertThat(get("/whatever", token).status()).isEqualTo(200);
    }
}
