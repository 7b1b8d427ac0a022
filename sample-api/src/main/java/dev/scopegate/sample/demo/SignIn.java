package dev.scopegate.sample.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/**
 * The authorization code grant with PKCE (RFC 7636), by a user who logs in on the real pages and allows all that they offer. Not
 * thread-safe; one for each user.
 */
final class SignIn {

    private static final Pattern ACTION = Pattern.compile("<form method=\"post\" action=\"([^\"]+)\"");
    private static final Pattern SCOPE = Pattern.compile("name=\"scope\" value=\"([^\"]+)\"");

    private final JsonNode setup;
    private final Web web = new Web();

    /** With the two servers that {@code setup} tells of. */
    SignIn(JsonNode setup) {
        this.setup = setup;
    }

    /** The token response for this user. */
    JsonNode as(String user, String scopes) throws IOException {
        RequestSecrets secrets = RequestSecrets.random();
        URI request = URI.create(text("/endpoints/authorization") + "?"
                + Web.encoded(
                        "response_type",
                        "code",
                        "client_id",
                        text("/clientId"),
                        "redirect_uri",
                        text("/redirectUri"),
                        "scope",
                        scopes,
                        "state",
                        secrets.state(),
                        "code_challenge",
                        secrets.challenge(),
                        "code_challenge_method",
                        "S256"));
        Map<String, String> answer = Web.query(consent(logIn(request, user)));
        if (!secrets.state().equals(answer.get("state"))) {
            // Somebody else's code, slipped to this user (RFC 6749 §10.12).
            throw new IOException("the answer belongs to another request");
        }
        return token(
                "grant_type",
                "authorization_code",
                "code",
                String.valueOf(answer.get("code")),
                "redirect_uri",
                text("/redirectUri"),
                "code_verifier",
                secrets.verifier());
    }

    /** The token response for a device (RFC 8628), which this user lets in; the device asked once before that. */
    JsonNode onDevice(String user, String scopes) throws IOException {
        Web device = new Web();
        JsonNode codes = Web.json(device.form(
                URI.create(text("/endpoints/deviceAuthorization")),
                "client_id",
                text("/deviceClientId"),
                "scope",
                scopes));
        if (!"authorization_pending"
                .equals(Web.json(poll(device, codes)).path("error").asString(""))) {
            throw new IOException("the device did not have to wait");
        }
        HttpResponse<String> activate =
                logIn(URI.create(codes.path("verification_uri_complete").asString("")), user);
        HttpResponse<String> asked = web.form(URI.create(action(activate)), "user_code", field(activate, "user_code"));
        HttpResponse<String> page = web.get(Web.location(asked));
        List<String> form = new ArrayList<>(List.of(
                "client_id",
                text("/deviceClientId"),
                "state",
                field(page, "state"),
                "user_code",
                field(page, "user_code")));
        addScopes(form, page);
        web.form(URI.create(action(page)), form.toArray(String[]::new));
        return Web.json(poll(device, codes));
    }

    private HttpResponse<String> poll(Web device, JsonNode codes) throws IOException {
        return device.form(
                URI.create(text("/endpoints/token")),
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "client_id",
                text("/deviceClientId"),
                "device_code",
                codes.path("device_code").asString(""));
    }

    /** Where the form of a page goes. */
    private static String action(HttpResponse<String> page) throws IOException {
        Matcher action = ACTION.matcher(page.body());
        if (!action.find()) {
            throw new IOException("the page has no form");
        }
        return page.uri().resolve(HtmlUtils.htmlUnescape(action.group(1))).toString();
    }

    private static void addScopes(List<String> form, HttpResponse<String> page) {
        SCOPE.matcher(page.body()).results().forEach(scope -> {
            form.add("scope");
            form.add(HtmlUtils.htmlUnescape(scope.group(1)));
        });
    }

    /** The answer to a refresh (RFC 6749 §6). */
    HttpResponse<String> refresh(String refreshToken) throws IOException {
        return web.form(
                URI.create(text("/endpoints/token")),
                "grant_type",
                "refresh_token",
                "refresh_token",
                refreshToken,
                "client_id",
                text("/clientId"));
    }

    /** What comes after the login: the consent page, or at once the way back to the client. */
    private HttpResponse<String> logIn(URI request, String user) throws IOException {
        HttpResponse<String> page = web.get(Web.location(web.get(request)));
        HttpResponse<String> loggedIn =
                web.form(page.uri(), "_csrf", field(page, "_csrf"), "username", user, "password", password(user));
        HttpResponse<String> next = web.get(Web.location(loggedIn));
        boolean onward =
                next.statusCode() == 302 && !Web.location(next).toString().startsWith(text("/redirectUri"));
        return onward ? web.get(Web.location(next)) : next;
    }

    private URI consent(HttpResponse<String> page) throws IOException {
        if (page.statusCode() == 302) {
            return Web.location(page);
        }
        List<String> form = new ArrayList<>(List.of("client_id", text("/clientId"), "state", field(page, "state")));
        addScopes(form, page);
        return Web.location(web.form(URI.create(text("/endpoints/authorization")), form.toArray(String[]::new)));
    }

    private JsonNode token(String... form) throws IOException {
        List<String> fields = new ArrayList<>(List.of(form));
        fields.addAll(List.of("client_id", text("/clientId")));
        HttpResponse<String> response = web.form(URI.create(text("/endpoints/token")), fields.toArray(String[]::new));
        if (response.statusCode() != 200) {
            throw new IOException("no token");
        }
        return Web.json(response);
    }

    private String password(String user) throws IOException {
        return setup.get("users")
                .valueStream()
                .filter(each -> each.get("name").asString().equals(user))
                .map(each -> each.get("password").asString())
                .findFirst()
                .orElseThrow(() -> new IOException("no such user"));
    }

    private String text(String pointer) {
        return setup.at(pointer).asString();
    }

    private static String field(HttpResponse<String> page, String name) throws IOException {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page.body());
        if (!field.find()) {
            throw new IOException("the page has no field " + name);
        }
        return HtmlUtils.htmlUnescape(field.group(1));
    }
}
