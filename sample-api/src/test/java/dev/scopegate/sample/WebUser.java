package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** A user with a browser of plain HTTP: signs in and answers the consent page as told, or as no page would let. */
final class WebUser {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern STATE = Pattern.compile("name=\"state\" value=\"([^\"]+)\"");
    private static final Pattern SCOPE = Pattern.compile("name=\"scope\" value=\"([^\"]+)\"");

    private final Sample sample;
    private final String name;
    private final Http http = new Http();

    WebUser(Sample sample, String name) {
        this.sample = sample;
        this.name = name;
    }

    /** Tokens of {@code contacts-web} for this user, who allows all that the page offers. */
    static JsonNode tokens(Sample sample, String name, String scope) {
        WebClient client = new WebClient(sample);
        WebClient.Asked asked = client.ask(scope);
        return client.tokens(asked, new WebUser(sample, name).allow(asked.uri()));
    }

    /** The access token of {@link #tokens} with all scopes that the user may grant. */
    static String accessToken(Sample sample, String name) {
        return tokens(sample, name, WebClient.ALL_SCOPES).get("access_token").asString();
    }

    /** Signs in and allows all that is asked, unless that was allowed before; returns where the browser is sent. */
    URI allow(URI authorizationRequest) {
        HttpResponse<String> next = signIn(authorizationRequest);
        return next.statusCode() == 302 ? location(next) : consent(next, offered -> offered);
    }

    /** Opens the authorization request, signs in, and returns what comes then: the consent page, or the redirect. */
    HttpResponse<String> signIn(URI authorizationRequest) {
        HttpResponse<String> toLogin = http.get(authorizationRequest, "Accept", "text/html");
        assertThat(location(toLogin).getPath()).isEqualTo("/login");
        HttpResponse<String> afterLogin = login(name);
        HttpResponse<String> toConsent = http.get(location(afterLogin), "Accept", "text/html");
        return toConsent.statusCode() == 302 && isConsent(location(toConsent))
                ? http.get(location(toConsent), "Accept", "text/html")
                : toConsent;
    }

    HttpResponse<String> login(String password) {
        HttpResponse<String> form = http.get(page("/login"), "Accept", "text/html");
        return http.postForm(
                page("/login"),
                List.of(
                        Map.entry("_csrf", first(CSRF, form)),
                        Map.entry("username", name),
                        Map.entry("password", password)));
    }

    /** The scopes that the consent page offers, in its order. */
    static List<String> offered(HttpResponse<String> consentPage) {
        return SCOPE.matcher(consentPage.body())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Posts the consent with the chosen scopes and returns where the browser is sent. */
    URI consent(HttpResponse<String> consentPage, UnaryOperator<List<String>> choice) {
        return location(postConsent(consentPage, choice.apply(offered(consentPage))));
    }

    HttpResponse<String> postConsent(HttpResponse<String> consentPage, List<String> scopes) {
        List<Map.Entry<String, String>> form = new ArrayList<>(
                List.of(Map.entry("client_id", WebClient.ID), Map.entry("state", first(STATE, consentPage))));
        scopes.forEach(scope -> form.add(Map.entry("scope", scope)));
        return http.postForm(page("/oauth2/authorize"), form, "Accept", "text/html");
    }

    HttpResponse<String> get(String path) {
        return get(page(path));
    }

    HttpResponse<String> get(URI uri) {
        return http.get(uri, "Accept", "text/html");
    }

    static URI location(HttpResponse<String> response) {
        return response.uri()
                .resolve(response.headers()
                        .firstValue("Location")
                        .orElseThrow(() -> new AssertionError(response.statusCode() + " " + response.body())));
    }

    private static boolean isConsent(URI uri) {
        return uri.getPath().equals("/consent");
    }

    private URI page(String path) {
        return sample.authorizationServer().resolve(path);
    }

    private static String first(Pattern pattern, HttpResponse<String> page) {
        return pattern.matcher(page.body())
                .results()
                .findFirst()
                .map((MatchResult match) -> HtmlUtils.htmlUnescape(match.group(1)))
                .orElseThrow(() -> new AssertionError("not in the page: " + pattern + "\n" + page.body()));
    }
}
