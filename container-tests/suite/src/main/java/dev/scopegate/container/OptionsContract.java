package dev.scopegate.container;

import static dev.scopegate.container.Client.bearer;
import static dev.scopegate.container.UnderTest.assertRefusal;
import static dev.scopegate.container.UnderTest.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is off unless it is asked for: other places for tokens, preflights, shadow mode, proxies; and a policy that changes. */
public abstract class OptionsContract extends ProtectedApplication {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ORIGIN = "Origin: https://app.example.com";
    private static final String ASKED = "Access-Control-Request-Method: GET";

    protected OptionsContract(ServletContainer container, Deployment deployment) {
        super(container, deployment);
    }

    @Override
    String policy(Tokens issued) {
        return issued.policy()
                        .replace(
                                "- { route: GET /reports, scopes: read:reports }",
                                "- { route: GET /reports, scopes: read:reports, mode: shadow }")
                + """
                tokens: { transports: [header, form, query, 'cookie:token'] }
                cors-preflight: pass
                trusted-proxies: [127.0.0.1]
                reload-interval: 50ms
                """;
    }

    @Test
    @Requirement("RFC6750 §2.3")
    public void query_oneToken_acceptedAndNotForSharedCaches() {
        RawResponse response = client().get("/contacts?access_token=" + reader());

        assertThat(response.body()).contains("principal=alice");
        assertThat(response.headers("Cache-Control")).containsExactly("private");
        assertThat(get("/contacts", reader()).headers("Cache-Control")).isEmpty();
        assertThat(get("/contacts?page=2", reader()).headers("Cache-Control"))
                .as("a query without a token")
                .isEmpty();
    }

    @Test
    @Requirement("RFC6750 §2")
    public void token_inTwoPlaces_refused() {
        String token = reader();

        assertRefusal(get("/contacts?access_token=" + token, token), 400);
        assertRefusal(client().get("/contacts?access_token=" + token + "&access_token=" + token), 400);
        assertRefusal(client().get("/contacts", bearer(token), "Cookie: token=" + token), 400);
        assertRefusal(post(FORM, "access_token=" + token, bearer(token)), 400);
        assertRefusal(post(FORM, "access_token=" + token + "&access_token=" + token), 400);
    }

    @ParameterizedTest
    @Requirement("RFC6750 §2.2")
    @ValueSource(strings = {FORM, FORM + "; charset=UTF-8"})
    public void form_oneToken_acceptedAndItsParametersAreThere(String contentType) {
        RawResponse response = post(contentType, "note=hello&access_token=" + reader());

        assertThat(response.body()).contains("principal=alice", "note=hello");
    }

    @ParameterizedTest
    @Requirement("RFC6750 §2.2")
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x"})
    public void form_bodyOfAnotherType_noToken(String contentType) {
        assertRefusal(post(contentType, "access_token=" + reader()), 401);
    }

    @Test
    @Requirement("RFC6750 §2.2")
    public void form_bodyOfAGet_noToken() {
        RawResponse response = client().sendBody("GET", "/echo/parameters", FORM, "access_token=" + reader());

        // A server may as well refuse a GET that has a body.
        assertThat(response.status()).isIn(400, 401);
        assertThat(response.body()).doesNotContain("principal");
    }

    @Test
    public void cookie_ofThatName_accepted() {
        assertThat(client().get("/contacts", "Cookie: a=b; token=" + reader()).body())
                .contains("principal=alice");
        assertRefusal(client().get("/contacts", "Cookie: access_token=" + reader()), 401);
    }

    @Test
    public void preflight_wellFormed_reachesTheApplicationWithoutIdentity() {
        RawResponse response = client().send(
                        "OPTIONS",
                        "/echo/parameters",
                        ORIGIN,
                        ASKED,
                        "Access-Control-Request-Headers: authorization, x-a");

        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        assertThat(response.body()).contains("principal=none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPTIONS | X-A: b",
                "OPTIONS | Origin: https://app.example.com",
                "OPTIONS | Access-Control-Request-Method: GET",
                "GET     | Origin: https://app.example.com~Access-Control-Request-Method: GET",
                "POST    | Origin: https://app.example.com~Access-Control-Request-Method: GET",
                "OPTIONS | Origin: https://a.example.com~Origin: https://b.example.com~Access-Control-Request-Method: GET",
                "OPTIONS | Origin: https://app.example.com~Access-Control-Request-Method: GE T",
                "OPTIONS | Origin: not an origin~Access-Control-Request-Method: GET",
                "OPTIONS | Origin: https://app.example.com~Access-Control-Request-Method: GET~Cookie: a=b",
                "OPTIONS | Origin: https://app.example.com~Access-Control-Request-Method: GET~Authorization: Basic dTpw",
                "OPTIONS | Origin: https://app.example.com~Access-Control-Request-Method: GET~Access-Control-Request-Headers: a(b)",
            })
    public void preflight_notWellFormed_judgedLikeEveryRequest(String method, String lines) {
        RawResponse response = client().send(method, "/echo/parameters", lines.split("~", -1));

        assertRefusal(response, 401);
    }

    @Test
    public void preflight_ambiguousPath_refusedAllTheSame() {
        assertThat(client().send("OPTIONS", "/echo;x/parameters", ORIGIN, ASKED).status())
                .isEqualTo(400);
    }

    @Test
    public void shadow_noToken_goesOnAnonymouslyAndIsLogged() {
        RawResponse response = client().get("/reports");

        assertThat(response.body()).contains("figures of the quarter");
        assertThat(response.header("X-Audit")).contains("seen null");
        assertThat(response.headers("WWW-Authenticate")).isEmpty();
        // The lines of one second are limited, and other tests may have used them up.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client().get("/reports").status() == 200
                        && log().text().contains("would be answered with 401: credentials-absent (route GET /reports"));
    }

    @Test
    public void shadow_badToken_neverAnIdentity() {
        RawResponse response = get("/reports", tokens().expired("read:reports"));

        assertThat(response.body()).contains("figures of the quarter");
        assertThat(response.header("X-Audit")).contains("seen null");
    }

    @Test
    public void refusal_toABrowser_aPage() {
        RawResponse response =
                client().get("/contacts", "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(response.headers("Vary")).contains("Accept");
        assertThat(challenge(response)).startsWith("Bearer ");
    }

    @Test
    @Requirement({"RFC9728 §3", "RFC9728 §5.1"})
    public void metadata_belowTheContextPath_isWhereTheChallengeSays() {
        String at = client().contextPath() + "/.well-known/oauth-protected-resource";
        RawResponse document = client().get("/.well-known/oauth-protected-resource", "X-Forwarded-Host: evil.example");

        assertThat(challenge(client().get("/contacts")))
                .contains("resource_metadata=\"https://api.example.com" + at
                        + (client().contextPath().isEmpty() ? "/contacts" : "") + "\"");
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.body())
                .contains("\"resource\":\"https://api.example.com/contacts\"")
                .doesNotContain("evil");
        assertThat(document.header("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    public void forwarded_byATrustedProxy_namedInChallengesAndNothingElse() {
        RawResponse response = client().get(
                        "/contacts",
                        "Forwarded: for=203.0.113.9;proto=https;host=shop.example.com",
                        "X-Forwarded-Host: evil\"x");

        assertThat(challenge(response))
                .contains("resource_metadata=\"https://shop.example.com" + client().contextPath() + "/");
        assertThat(client().get("/health", "X-Forwarded-Prefix: /contacts").status())
                .isEqualTo(200);
    }

    @Test
    public void policy_fileChanges_nextRequestsAreHeldToIt() throws IOException {
        Path file = application().resolve("WEB-INF/scopegate.yaml");
        String policy = Files.readString(file);

        Files.writeString(file, policy.replace("GET|HEAD /health, access: public", "GET|HEAD /health, access: deny"));
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> client().get("/health").status() == 401);
            Files.writeString(file, "rutes: []\n");
            await().atMost(Duration.ofSeconds(30)).until(() -> log().text().contains("unknown key 'rutes'"));
            assertThat(client().get("/health").status())
                    .as("the last good policy")
                    .isEqualTo(401);
            assertThat(get("/contacts", reader()).status()).isEqualTo(200);
        } finally {
            Files.writeString(file, policy);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client().get("/health").status() == 200);
    }

    private RawResponse post(String contentType, String body, String... headerLines) {
        return client().sendBody("POST", "/echo/parameters", contentType, body, headerLines);
    }
}
