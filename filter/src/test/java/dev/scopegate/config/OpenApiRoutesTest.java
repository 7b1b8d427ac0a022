package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.model.Access;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiRoutesTest {

    private static final String SCHEMES = """
            components:
              securitySchemes:
                login: { type: oauth2, flows: {} }
                oidc: { type: openIdConnect, openIdConnectUrl: 'https://login.example.com' }
                bearer: { type: http, scheme: Bearer }
                basic: { type: http, scheme: basic }
                key: { type: apiKey, in: header, name: X-Key }
                same: { $ref: '#/components/securitySchemes/login' }
                loop: { $ref: '#/components/securitySchemes/loop' }
                elsewhere: { $ref: 'other.yaml#/login' }
            """;

    record Case(String security, RouteConfig rule) {
        @Override
        public String toString() {
            return security;
        }
    }

    static List<Case> sayable() {
        String route = "GET /x";
        return List.of(
                new Case("[]", RouteConfig.of(route, Access.PUBLIC)),
                new Case("[{}]", RouteConfig.of(route, Access.OPTIONAL)),
                new Case("[{ login: [a] }, {}]", RouteConfig.of(route, Access.OPTIONAL)),
                new Case("[{ login: [] }]", RouteConfig.of(route, Access.AUTHENTICATED)),
                new Case("[{ bearer: [] }]", RouteConfig.of(route, Access.AUTHENTICATED)),
                new Case("[{ bearer: [] }, { login: [] }]", RouteConfig.of(route, Access.AUTHENTICATED)),
                new Case("[{ login: [a] }]", RouteConfig.requiring(route, "a")),
                new Case("[{ same: [a] }]", RouteConfig.requiring(route, "a")),
                new Case("[{ login: [a, b] }]", RouteConfig.requiring(route, "a", "b")),
                new Case("[{ login: [a], oidc: [b] }]", RouteConfig.requiring(route, "a", "b")),
                new Case("[{ login: [a], bearer: [] }]", RouteConfig.requiring(route, "a")),
                new Case("[{ login: [a] }, { oidc: [a] }]", RouteConfig.requiring(route, "a")),
                new Case("[{ login: [a] }, { login: [b] }]", RouteConfig.requiringAny(route, "a", "b")),
                new Case("[{ login: [a] }, { oidc: [b] }]", RouteConfig.requiringAny(route, "a", "b")),
                new Case(
                        "[{ login: [c, a] }, { login: [c, b] }]",
                        RouteConfig.builder(route)
                                .scopes(List.of("c"))
                                .anyScope(List.of("a", "b"))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("sayable")
    void rules_security_sayTheSame(Case given) {
        assertThat(read(operation("security: " + given.security())).rules()).containsExactly(given.rule());
    }

    record Mistake(String security, String message) {
        @Override
        public String toString() {
            return message;
        }
    }

    static List<Mistake> unsayable() {
        return List.of(
                new Mistake("[{ login: [a] }, { login: [b, c] }]", "openapi.yaml:5:17: GET /x: one rule cannot say"),
                new Mistake("[{ login: [a] }, { bearer: [] }]", "one rule cannot say these alternatives"),
                new Mistake("[{ login: [a] }, { login: [a, b] }]", "one rule cannot say these alternatives"),
                new Mistake("[{ key: [] }]", "openapi.yaml:5:20: GET /x: 'key' is not met by an access token"),
                new Mistake("[{ basic: [] }]", "'basic' is not met by an access token"),
                new Mistake("[{ key: [] }, {}]", "'key' is not met by an access token"),
                new Mistake("[{ login: [a], key: [] }]", "'key' is not met by an access token"),
                new Mistake("[{ bearer: [admin] }]", "'bearer' is of type http, so what it lists are no scopes"),
                new Mistake("[{ logn: [a] }]", "no security scheme is called 'logn'; did you mean 'login'?"),
                new Mistake("[{ loop: [a] }]", "more references than can be followed"),
                new Mistake("[{ elsewhere: [a] }]", "'$ref' names another document"),
                new Mistake("[{ login: a }]", "a scheme of 'security' must be a list"),
                new Mistake("[{ login: [[a]] }]", "a scope must be a single value"),
                new Mistake("[{ login: [a], login: [b] }]", "says 'login' twice"),
                new Mistake("{ login: [a] }", "'security' must be a list"),
                new Mistake("[login]", "must be a mapping"),
                new Mistake("", "'security' must be a list"));
    }

    @ParameterizedTest
    @MethodSource("unsayable")
    void rules_securityThatNoRuleSays_mistakeAndNeverAWeakerRule(Mistake given) {
        OpenApiRoutes read = read(operation("security: " + given.security()));

        assertThat(read.operations())
                .singleElement()
                .satisfies(operation -> assertThat(operation.rule()).isEmpty());
        assertThatThrownBy(read::rules).isInstanceOf(ConfigException.class).hasMessageContaining(given.message());
    }

    @Test
    void rules_rootSecurity_overriddenByTheOperation() {
        assertThat(read("""
                openapi: 3.1.0
                security: [{ login: [a] }]
                paths:
                  /x:
                    get: { responses: {} }
                    post: { security: [{ login: [b] }] }
                    delete: { security: [] }
                """ + SCHEMES).rules())
                .containsExactly(
                        RouteConfig.requiring("GET /x", "a"),
                        RouteConfig.requiring("POST /x", "b"),
                        RouteConfig.of("DELETE /x", Access.PUBLIC));
    }

    @Test
    void rules_noSecurityAnywhere_problemAndNotPublic() {
        assertThatThrownBy(() -> read(operation("responses: {}")).rules())
                .hasMessage("openapi.yaml:4:5: GET /x: neither this operation nor the document has 'security'; write"
                        + " 'security: []' if it is public");
    }

    @Test
    void rules_severalMistakes_allReported() {
        assertThatThrownBy(() -> read("""
                openapi: 3.0.3
                paths:
                  /x:
                    get: {}
                    put: { security: [{ nobody: [] }] }
                  /y:
                    get: { security: [] }
                """).rules())
                .satisfies(refused -> assertThat(refused.getMessage().lines()).hasSize(2));
    }

    record Path(String written, String route) {}

    static List<Path> paths() {
        return List.of(
                new Path("/", "GET /"),
                new Path("/x/", "GET /x/"),
                new Path("/x/{id}", "GET /x/{id}"),
                new Path("/x/{contact.id}/y", "GET /x/{contact_id}/y"),
                new Path("/x/{7}", "GET /x/{_7}"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void rules_path_asRulesWriteIt(Path given) {
        assertThat(read(path(given.written(), "get: { security: [] }")).rules())
                .extracting(RouteConfig::route)
                .containsExactly(given.route());
    }

    static List<Mistake> badPaths() {
        return List.of(
                new Mistake("/files/*", "openapi.yaml:3:3: * /files/*: a rule knows only whole segments"),
                new Mistake("/files/**", "only whole segments"),
                new Mistake("/files/{name}.json", "only whole segments"),
                new Mistake("/{a},{b}", "only whole segments"),
                new Mistake("/{a", "only whole segments"),
                new Mistake("x", "a path must begin with '/'"));
    }

    @ParameterizedTest
    @MethodSource("badPaths")
    void rules_pathThatNoRuleSays_mistakeAndNeverAWiderRule(Mistake given) {
        OpenApiRoutes read = read(path(given.security(), "get: { security: [] }"));

        assertThatThrownBy(read::rules).hasMessageContaining(given.message());
    }

    record Servers(String servers, String path) {}

    static List<Servers> servers() {
        return List.of(
                new Servers("[]", "/x"),
                new Servers("[{ url: / }]", "/x"),
                new Servers("[{ url: 'https://api.example.com' }]", "/x"),
                new Servers("[{ url: 'https://api.example.com/' }]", "/x"),
                new Servers("[{ url: 'https://api.example.com/v1' }]", "/v1/x"),
                new Servers("[{ url: '//api.example.com/v1/' }]", "/v1/x"),
                new Servers("[{ url: /v1 }, { url: /v2 }]", "/v1/x"),
                new Servers(
                        "[{ url: 'https://{host}/{version}', variables: { host: { default: a.example }, version: { default:"
                                + " v3 } } }]",
                        "/v3/x"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void rules_firstServer_itsPathComesFirst(Servers given) {
        assertThat(read("openapi: 3.1.0\nservers: " + given.servers() + "\npaths: { /x: { get: { security: [] } } }\n")
                        .rules())
                .extracting(RouteConfig::route)
                .containsExactly("GET " + given.path());
    }

    @Test
    void rules_operationOnAnotherServerPath_mistakeButSamePathIsFine() {
        String servers = "security: [], servers: [{ url: 'https://b.example/v1' }]";
        String document = "openapi: 3.1.0\nservers: [{ url: 'https://a.example/%s' }]\npaths: { /x: { get: { " + servers
                + " } } }\n";

        assertThat(read(document.formatted("v1")).rules()).hasSize(1);
        assertThatThrownBy(() -> read(document.formatted("v2")).rules()).hasMessageContaining("another path here");
    }

    @Test
    void rules_referenceOfAPath_followedWithinTheDocument() {
        assertThat(read("""
                openapi: 3.1.0
                paths:
                  /a: { $ref: '#/components/pathItems/a~1b', summary: fine }
                  /b: { $ref: '#/paths/~1a' }
                components:
                  pathItems:
                    a/b: { get: { security: [] } }
                """).rules()).extracting(RouteConfig::route).containsExactly("GET /a", "GET /b");
    }

    static List<Mistake> badItems() {
        return List.of(
                new Mistake("$ref: 'other.yaml#/x'", "* /x: '$ref' names another document"),
                new Mistake("$ref: '#/components/pathItems/no'", "'$ref' names nothing in this document"),
                new Mistake("$ref: '#/%zz'", "'$ref' is not a reference"),
                new Mistake("$ref: '#/paths/~1x'", "more references than can be followed"),
                new Mistake(
                        "{ $ref: '#/paths/~1x', get: { security: [] } }", "nothing may stand beside '$ref' in a path"),
                new Mistake("GET: { security: [] }", "'GET' is no member of a path in OpenAPI 3.0 and 3.1"),
                new Mistake("query: { security: [] }", "'query' is no member of a path"),
                new Mistake(
                        "get: { securty: [] }",
                        "'securty' is no member of an operation in OpenAPI 3.0 and 3.1; did" + " you mean 'security'?"),
                new Mistake("{ get: { security: [] }, get: {} }", "a path says 'get' twice"),
                new Mistake("get: { security: [], security: [] }", "an operation says 'security' twice"),
                new Mistake("get: 5", "an operation must be a mapping"),
                new Mistake("get:", "an operation must be a mapping"),
                new Mistake("5", "a path must be a mapping"));
    }

    @ParameterizedTest
    @MethodSource("badItems")
    void rules_pathOfAnotherForm_mistake(Mistake given) {
        assertThatThrownBy(() -> read(path("/x", given.security())).rules()).hasMessageContaining(given.message());
    }

    @Test
    void rules_extensionsWebhooksAndCallbacks_noRules() {
        assertThat(read("""
                openapi: 3.1.0
                x-anything: { a: 1 }
                webhooks: { contactAdded: { post: { security: [] } } }
                paths:
                  x-path: 5
                  /x:
                    x-item: 5
                    parameters: []
                    post:
                      x-operation: 5
                      security: []
                      callbacks: { done: { '{$request.body#/url}': { post: {} } } }
                """).rules()).extracting(RouteConfig::route).containsExactly("POST /x");
    }

    static List<Mistake> noDocuments() {
        return List.of(
                new Mistake("swagger: '2.0'\npaths: {}", "openapi.yaml:1:1: is not an OpenAPI document of version 3.0"),
                new Mistake("openapi: 3.2.0\npaths: {}", "is not an OpenAPI document of version 3.0 or 3.1"),
                new Mistake("openapi: 3.1.0\nsecurty: []", "openapi.yaml:2:1: 'securty' is no member of the document"),
                new Mistake("openapi: 3.1.0\npaths: []", "'paths' must be a mapping"),
                new Mistake("openapi: 3.1.0\npaths: {}\npaths: {}", "the document says 'paths' twice"),
                new Mistake("openapi: 3.1.0\nservers: [{}]", "a server needs a 'url'"),
                new Mistake("openapi: 3.1.0\nservers: [{ url: v1 }]", "must be absolute or begin with '/'"),
                new Mistake("openapi: 3.1.0\nservers: [{ url: '/{v}' }]", "a variable of this 'url' has no 'default'"),
                new Mistake("openapi: &v 3.1.0\npaths: &p {}\ncomponents: *p", "has aliases"),
                new Mistake("[]", "the document must be a mapping"),
                new Mistake("", "is empty"),
                new Mistake("a: [", "not valid YAML"));
    }

    @ParameterizedTest
    @MethodSource("noDocuments")
    void read_somethingElse_refused(Mistake given) {
        assertThatThrownBy(() -> read(given.security()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(given.message());
    }

    @Test
    void read_json_withPlaces() {
        OpenApiRoutes read = read("{\n\t\"openapi\": \"3.0.0\",\n\t\"paths\": {\n\t\t\"/x\": {\n\t\t\t\"get\":"
                + " { \"security\": [ ] }\n\t\t}\n\t}\n}\n");

        assertThat(read.rules()).containsExactly(RouteConfig.of("GET /x", Access.PUBLIC));
        assertThat(read.operations().get(0).place()).isEqualTo("openapi.yaml:5:4");
    }

    private static String operation(String member) {
        return "openapi: 3.1.0\npaths:\n  /x:\n    get:\n      " + member + "\n" + SCHEMES;
    }

    private static String path(String path, String members) {
        return "openapi: 3.1.0\npaths:\n  '" + path + "':\n    " + members + "\n";
    }

    private static OpenApiRoutes read(String text) {
        return OpenApiRoutes.read("openapi.yaml", text);
    }
}
