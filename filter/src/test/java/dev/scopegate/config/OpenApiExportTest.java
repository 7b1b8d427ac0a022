package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RouteRequirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiExportTest {

    private static final String SCHEMES =
            "components: { securitySchemes: { key: { type: apiKey }, login: { type: oauth2 } } }\n";

    record Case(String name, String before, String after) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> forms() {
        return List.of(
                new Case(
                        "put in before the first member",
                        "    get:\n      summary: List # all\n      responses: {}\n",
                        "    get:\n      security: [{login: [read:it]}]\n      summary: List # all\n      responses: {}\n"),
                new Case("list in lines of its own, comments after it kept", """
                            get:
                              security:
                                - login: [a]
                                - login:
                                    - b

                              # kept
                              summary: x
                        """, """
                            get:
                              security: [{login: [read:it]}]

                              # kept
                              summary: x
                        """),
                new Case(
                        "in one line",
                        "    get: { security: [{ login: [a] }], summary: x } # kept\n",
                        "    get: { security: [{login: [read:it]}], summary: x } # kept\n"),
                new Case(
                        "put into one line",
                        "    get: { summary: 'é😀' }\n    # kept\n",
                        "    get: { security: [{login: [read:it]}], summary: 'é😀' }\n    # kept\n"),
                new Case("empty operation", "    get: {}\n", "    get: { security: [{login: [read:it]}] }\n"),
                new Case(
                        "without a value",
                        "    get:\n      security:\n      summary: x\n",
                        "    get:\n      security: [{login: [read:it]}]\n      summary: x\n"),
                new Case(
                        "the same already",
                        "    get:\n      security:\n        - login: [ 'read:it' ] # kept\n",
                        "    get:\n      security:\n        - login: [ 'read:it' ] # kept\n"),
                new Case(
                        "ends of lines",
                        "    get:\r\n      summary: x\r\n      tags: [y]\r\n",
                        "    get:\r\n      security: [{login: [read:it]}]\r\n      summary: x\r\n      tags: [y]\r\n"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void written_formOfADocument_onlySecurityChanges(Case given) {
        String head = "\ufeff# 😀 first\nopenapi: 3.1.0\npaths:\n  /x:\n";

        assertThat(written(head + given.before() + SCHEMES, scopes("read:it")))
                .isEqualTo(head + given.after() + SCHEMES);
    }

    @Test
    void written_json_staysJson() {
        String before = """
                {
                	"openapi": "3.0.0",
                	"paths": {
                		"/x": {
                			"get": {
                				"responses": {}
                			},
                			"put": {},
                			"post": { "security": [ ] }
                		}
                	},
                	"components": { "securitySchemes": { "log in": { "type": "openIdConnect" } } }
                }
                """;

        assertThat(written(before, scopes("a", "b")))
                .isEqualTo(before.replace(
                                "\t\t\t\t\"responses\"",
                                "\t\t\t\t\"security\": [{\"log in\": [\"a\", \"b\"]}],\n\t\t\t\t\"responses\"")
                        .replace("\"put\": {}", "\"put\": { \"security\": [{\"log in\": [\"a\", \"b\"]}] }")
                        .replace("\"security\": [ ]", "\"security\": [{\"log in\": [\"a\", \"b\"]}]"));
    }

    static List<Case> rules() {
        return List.of(
                new Case("public", "[]", ""),
                new Case("optional", "[{login: []}, {}]", ""),
                new Case("authenticated", "[{login: []}]", ""),
                new Case("any", "[{login: [a]}, {login: [b]}]", ""),
                new Case("both", "[{login: [c, a]}, {login: [c, b]}]", ""),
                new Case("odd", "[{login: [\"on\", \"a,b\", \"x:\", \"#\"]}]", ""));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void written_rule_readsTheSame(Case given) {
        RouteRequirement rule = switch (given.name()) {
            case "any" -> requirement(List.of(), List.of("a", "b"));
            case "both" -> requirement(List.of("c"), List.of("a", "b"));
            case "odd" -> scopes("on", "a,b", "x:", "#");
            default -> RouteRequirement.of("* /x", Access.valueOf(given.name().toUpperCase(java.util.Locale.ROOT)));
        };

        String text = written("openapi: 3.1.0\npaths: { /x: { get: {} } }\n" + SCHEMES, rule);

        assertThat(text).contains("get: { security: " + given.before() + " }");
        assertThat(OpenApiRoutes.read("openapi.yaml", text).operations())
                .singleElement()
                .satisfies(operation -> assertThat(operation.agreesWith(rule)).isTrue());
    }

    @Test
    void written_rootSecurityThatAgrees_operationLeftAlone() {
        String document = "openapi: 3.1.0\nsecurity: [{ login: [a] }]\npaths: { /x: { get: {} } }\n" + SCHEMES;

        assertThat(written(document, scopes("a"))).isEqualTo(document);
        assertThat(written(document, scopes("b"))).contains("get: { security: [{login: [b]}] }");
    }

    @Test
    void written_whatOpenApiCannotSay_refusedWithPlaces() {
        String document = "openapi: 3.1.0\npaths:\n  /x: { get: {} }\n  /y: { $ref: 'other.yaml' }\n";

        assertThatThrownBy(() -> written(document, RouteRequirement.of("none", Access.DENY)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("openapi.yaml:3:9: GET /x: nobody may use it")
                .hasMessageContaining("openapi.yaml:4:15: * /y: '$ref' names another document");
        assertThatThrownBy(() -> written(document.replaceAll("  /y.*\n", ""), scopes("a")))
                .hasMessage(
                        "openapi.yaml:3:9: GET /x: needs a security scheme of type oauth2 or openIdConnect; define one"
                                + " in 'components'");
    }

    @Test
    void written_pathsThatShareAnOperation_refusedIfTheirRulesDiffer() {
        String document = "openapi: 3.1.0\npaths:\n  /x: { get: {} }\n  /y: { $ref: '#/paths/~1x' }\n" + SCHEMES;
        Map<String, RouteRequirement> rules = Map.of("/x", scopes("a"), "/y", scopes("b"));

        assertThat(written(document, scopes("a"))).contains("get: { security: [{login: [a]}] }");
        assertThatThrownBy(() -> OpenApiExport.written(
                        "openapi.yaml", document, operation -> rules.getOrDefault(operation.path(), scopes())))
                .hasMessageContaining("GET /y: stands for several paths");
    }

    private static String written(String document, RouteRequirement rule) {
        return OpenApiExport.written("openapi.yaml", document, operation -> rule);
    }

    private static RouteRequirement scopes(String... scopes) {
        return requirement(List.of(scopes), List.of());
    }

    private static RouteRequirement requirement(List<String> scopes, List<String> anyScope) {
        return new RouteRequirement(
                "* /x",
                Access.AUTHENTICATED,
                scopes,
                anyScope,
                Map.of(),
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Mode.ENFORCE);
    }
}
