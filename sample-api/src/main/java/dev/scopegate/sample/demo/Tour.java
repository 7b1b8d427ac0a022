package dev.scopegate.sample.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The steps of the tour, in their order: later ones use the tokens of earlier ones. Not thread-safe; taken once. */
final class Tour {

    private static final String EVERYTHING = "openid profile read:contacts create:contacts delete:contacts";

    private final URI api;
    private final JsonNode setup;
    private final JsonNode breaks;
    private final Web web = new Web();
    private final Map<String, JsonNode> tokens = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    private Tour(URI api) throws IOException {
        this.api = api;
        this.setup = Web.json(call("GET", "/playground/setup", ""));
        this.breaks = Web.json(call("GET", "/playground/breaks", ""));
    }

    /** The steps for the sample at this address. */
    static List<Step> of(URI api) throws IOException {
        Tour tour = new Tour(api);
        tour.users();
        tour.device();
        tour.machines();
        tour.breaks();
        return List.copyOf(tour.steps);
    }

    private void users() {
        step("No token: read the contacts", "401", () -> Web.outcome(call("GET", "/contacts", "")));
        signIn("alice", "create:contacts delete:contacts openid profile read:contacts");
        step("alice reads the contacts", "200", () -> Web.outcome(call("GET", "/contacts", access("alice"))));
        step("alice adds a contact, and deletes it", "201, then 204", this::addAndDelete);
        signIn("bob", "openid profile read:contacts");
        step("bob reads the contacts", "200", () -> Web.outcome(call("GET", "/contacts", access("bob"))));
        step(
                "bob may not delete one",
                "403 insufficient_scope",
                () -> Web.outcome(call("DELETE", "/contacts/1", access("bob"))));
        signIn("carol", "openid profile");
        step(
                "carol may not even read",
                "403 insufficient_scope",
                () -> Web.outcome(call("GET", "/contacts", access("carol"))));
        SignIn client = new SignIn(setup);
        step("alice's client refreshes: a new refresh token", "200, rotated", () -> refresh(client));
        step(
                "The used refresh token comes back",
                "400 invalid_grant",
                () -> Web.outcome(client.refresh(token("alice", "refresh_token"))));
        step(
                "… and its whole family is revoked",
                "400 invalid_grant",
                () -> Web.outcome(client.refresh(token("refreshed", "refresh_token"))));
    }

    private void device() {
        step("Device code: bob lets his device in", "profile read:contacts", () -> {
            tokens.put("device", new SignIn(setup).onDevice("bob", "profile read:contacts delete:contacts"));
            return sorted(token("device", "scope"));
        });
        step("The device reads the contacts", "200", () -> Web.outcome(call("GET", "/contacts", access("device"))));
    }

    private void signIn(String user, String scopes) {
        step("Authorization code + PKCE: " + user + " allows all that is offered", scopes, () -> {
            tokens.put(user, new SignIn(setup).as(user, EVERYTHING));
            return sorted(token(user, "scope"));
        });
    }

    private void machines() {
        for (String format : List.of("jwt", "opaque")) {
            step("Client credentials: a machine's token, " + format, "200", () -> machine(format));
            step("The machine reads with it", "200", () -> Web.outcome(call("GET", "/contacts", access(format))));
            step(
                    "The machine may not delete",
                    "403 insufficient_scope",
                    () -> Web.outcome(call("DELETE", "/contacts/1", access(format))));
        }
        step("Introspection: the opaque token", "active, for read:contacts", () -> {
            JsonNode known = Web.json(playground("introspections", "{\"token\":\"" + access("opaque") + "\"}"));
            return (known.path("active").asBoolean(false) ? "active" : "not active") + ", for "
                    + known.path("scope").asString("nothing");
        });
    }

    private void breaks() {
        for (JsonNode each : breaks) {
            String kind = each.get("kind").asString();
            String error = each.at("/must/error").isString()
                    ? " " + each.at("/must/error").asString()
                    : "";
            step(
                    "Break: " + each.get("title").asString(),
                    each.at("/must/status").asInt() + error,
                    () -> broken(kind));
        }
    }

    private String broken(String kind) throws IOException {
        HttpResponse<String> answer = playground("breaks/" + kind, "{\"token\":\"" + access("jwt") + "\"}");
        if (answer.statusCode() != 200) {
            return "not broken: " + answer.statusCode();
        }
        JsonNode broken = Web.json(answer);
        String error = broken.at("/must/error").isString()
                ? " " + broken.at("/must/error").asString()
                : "";
        return broken.get("asExpected").asBoolean()
                ? broken.at("/answer/status").asInt() + error
                : broken.at("/answer/status").asInt() + ", not as it must be";
    }

    private String addAndDelete() throws IOException {
        HttpResponse<String> added = web.call(
                "POST",
                api.resolve("/contacts"),
                access("alice"),
                "{\"name\":\"Barbara Liskov\",\"email\":\"barbara@example.com\"}");
        if (added.statusCode() != 201) {
            return Web.outcome(added);
        }
        return "201, then "
                + Web.outcome(
                        call("DELETE", "/contacts/" + Web.json(added).get("id").asLong(), access("alice")));
    }

    private String refresh(SignIn client) throws IOException {
        HttpResponse<String> answer = client.refresh(token("alice", "refresh_token"));
        if (answer.statusCode() != 200) {
            return Web.outcome(answer);
        }
        tokens.put("refreshed", Web.json(answer));
        boolean rotated = !token("refreshed", "refresh_token").equals(token("alice", "refresh_token"));
        return rotated ? "200, rotated" : "200, the same again";
    }

    private String machine(String format) throws IOException {
        HttpResponse<String> answer =
                playground("machine-tokens", "{\"format\":\"" + format + "\",\"scopes\":[\"read:contacts\"]}");
        tokens.put(format, Web.json(answer).path("token"));
        return Web.outcome(answer);
    }

    private HttpResponse<String> playground(String what, String json) throws IOException {
        return web.call("POST", api.resolve("/playground/" + what), "", json);
    }

    private HttpResponse<String> call(String method, String path, String token) throws IOException {
        return web.call(method, api.resolve(path), token, "");
    }

    private String access(String whose) throws IOException {
        return token(whose, "access_token");
    }

    private String token(String whose, String name) throws IOException {
        JsonNode response = tokens.get(whose);
        if (response == null || !response.path(name).isString()) {
            throw new IOException("there is no token of " + whose);
        }
        return response.get(name).asString();
    }

    private static String sorted(String scopes) {
        return String.join(" ", List.of(scopes.split(" ")).stream().sorted().toList());
    }

    private void step(String title, String expected, Step.Action action) {
        steps.add(new Step(title, expected, action));
    }
}
