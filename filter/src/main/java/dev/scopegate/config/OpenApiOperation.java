package dev.scopegate.config;

import java.util.Optional;

/**
 * One operation of an OpenAPI document, and the rule that its {@code security} comes to. Exactly one of rule and problem is
 * there.
 *
 * <p>Immutable.
 *
 * @param method the request method, such as {@code GET}; {@code *} where a whole path could not be read
 * @param path the path as rules write it, with the path of the first server before it, such as {@code /contacts/{id}}
 * @param place where the operation stands, such as {@code openapi.yaml:14:5}
 * @param rule what a request has to meet
 * @param problem why there is no rule, and what to do about it, in one sentence
 */
public record OpenApiOperation(
        String method, String path, String place, Optional<RouteConfig> rule, Optional<String> problem) {

    /** Method and path, such as {@code GET /contacts/{id}}. */
    public String route() {
        return method + " " + path;
    }
}
