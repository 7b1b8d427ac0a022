package dev.scopegate.sample;

import java.net.URI;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** Calls of the playground's server, as its page makes them. */
final class PlaygroundCalls {

    private final Sample sample;
    private final Http http;

    PlaygroundCalls(Sample sample, Http http) {
        this.sample = sample;
        this.http = http;
    }

    HttpResponse<String> post(String what, String json, String... headers) {
        return http.postJson(page(what), json, headers);
    }

    URI page(String what) {
        return sample.api().resolve("/playground/" + what);
    }

    static String asked(String format, String scope) {
        return "{\"format\":\"" + format + "\",\"scopes\":[\"" + scope + "\"]}";
    }

    static String given(String token) {
        return "{\"token\":\"" + token + "\"}";
    }

    static String text(JsonNode node, String pointer) {
        return node.at(pointer).asString();
    }
}
