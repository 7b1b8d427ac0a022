package dev.scopegate.config;

import dev.scopegate.config.OpenApiNodes.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Walks the paths of an OpenAPI document. Webhooks and callbacks are requests that the API sends, so no rule comes of them.
 *
 * <p>Not thread-safe; use one per document.
 */
final class OpenApiReader {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Set<String> ROOT = Set.of(
            "openapi",
            "info",
            "jsonSchemaDialect",
            "servers",
            "paths",
            "webhooks",
            "components",
            "security",
            "tags",
            "externalDocs");
    private static final Set<String> PATH_ITEM = Set.of(
            "summary",
            "description",
            "servers",
            "parameters",
            "get",
            "put",
            "post",
            "delete",
            "options",
            "head",
            "patch",
            "trace");
    private static final Set<String> OPERATION = Set.of(
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "callbacks",
            "deprecated",
            "security",
            "servers");
    private static final Set<String> WITH_REFERENCE = Set.of("$ref", "summary", "description");

    private final String source;
    private final Node root;
    private final @Nullable Node security;
    private final String basePath;
    private final OpenApiSecurity rules;
    private final Map<String, Member> paths;

    /** An operation and the node that it was read from. */
    record Found(OpenApiOperation operation, Optional<Node> node) {}

    /**
     * A reader of the document below {@code root}.
     *
     * @throws OpenApiMistake if it is no such document
     */
    OpenApiReader(String source, Node root) {
        this.source = source;
        this.root = root;
        Map<String, Member> members = OpenApiNodes.members(root, "the document");
        String version = OpenApiNodes.find(members, "openapi")
                .map(node -> OpenApiNodes.text(node, "'openapi'"))
                .orElse("");
        if (!version.matches("3\\.[01](\\..*)?")) {
            throw new OpenApiMistake(root, "is not an OpenAPI document of version 3.0 or 3.1");
        }
        OpenApiNodes.refuseUnknown(members, ROOT, "the document");
        security = OpenApiNodes.find(members, "security").orElse(null);
        basePath = OpenApiNodes.find(members, "servers")
                .map(OpenApiPaths::basePath)
                .orElse("");
        rules = new OpenApiSecurity(root, schemes(members));
        paths = OpenApiNodes.find(members, "paths")
                .map(node -> OpenApiNodes.members(node, "'paths'"))
                .orElse(Map.of());
    }

    /** The schemes of {@code components.securitySchemes}, by name. */
    private static Map<String, Member> schemes(Map<String, Member> members) {
        return OpenApiNodes.find(members, "components")
                .flatMap(node -> OpenApiNodes.find(OpenApiNodes.members(node, "'components'"), "securitySchemes"))
                .map(node -> OpenApiNodes.members(node, "'securitySchemes'"))
                .orElse(Map.of());
    }

    List<Found> operations() {
        List<Found> operations = new ArrayList<>();
        paths.forEach((path, member) -> {
            if (!path.startsWith("x-")) {
                readPath(path, member, operations);
            }
        });
        return operations;
    }

    /** The name of the scheme by which rules are written back, if the document defines one. */
    Optional<String> scheme(boolean withScopes) {
        return rules.scheme(withScopes);
    }

    private void readPath(String path, Member member, List<Found> operations) {
        try {
            String rulePath = basePath + OpenApiPaths.rulePath(path, member.key());
            Node item = OpenApiNodes.resolved(member.value(), root, WITH_REFERENCE, "a path");
            Map<String, Member> members = OpenApiNodes.members(item, "a path");
            OpenApiNodes.refuseUnknown(members, PATH_ITEM, "a path");
            refuseOtherServers(members);
            members.forEach((name, operation) -> {
                if (METHODS.contains(name)) {
                    operations.add(read(name.toUpperCase(Locale.ROOT), rulePath, operation));
                }
            });
        } catch (OpenApiMistake mistake) {
            operations.add(problem("*", basePath + path, mistake));
        }
    }

    private Found read(String method, String path, Member member) {
        try {
            Map<String, Member> members = OpenApiNodes.members(member.value(), "an operation");
            OpenApiNodes.refuseUnknown(members, OPERATION, "an operation");
            refuseOtherServers(members);
            Node asked = OpenApiNodes.find(members, "security").orElse(security);
            if (asked == null) {
                throw new OpenApiMistake(
                        member.key(),
                        "neither this operation nor the document has 'security'; write 'security: []' if it is public");
            }
            RouteConfig rule = rules.rule(method + " " + path, asked);
            return new Found(
                    new OpenApiOperation(method, path, place(member), Optional.of(rule), Optional.empty()),
                    Optional.of(member.value()));
        } catch (OpenApiMistake mistake) {
            Found problem = problem(method, path, mistake);
            return new Found(problem.operation(), Optional.of(member.value()));
        }
    }

    private String place(Member member) {
        return source + ":" + YamlText.place(member.key());
    }

    private Found problem(String method, String path, OpenApiMistake mistake) {
        return new Found(
                new OpenApiOperation(
                        method,
                        path,
                        source + ":" + mistake.place(),
                        Optional.empty(),
                        Optional.of(method + " " + OpenApiNodes.printable(path) + ": " + mistake.sentence())),
                Optional.empty());
    }

    /** Rules are relative to one application, so an operation elsewhere is not one that it serves in the same place. */
    private void refuseOtherServers(Map<String, Member> members) {
        OpenApiNodes.find(members, "servers").ifPresent(servers -> {
            if (!OpenApiPaths.basePath(servers).equals(basePath)) {
                throw new OpenApiMistake(
                        servers, "'servers' has another path here than in the whole; keep one of them");
            }
        });
    }
}
