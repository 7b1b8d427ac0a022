package dev.scopegate.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RouteRequirement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

    private static final List<String> RULES = List.of(
            "GET /contacts",
            "GET /contacts/**",
            "GET /contacts/{id}",
            "DELETE /contacts/{id}",
            "GET /contacts/me",
            "* /contacts/me",
            "GET /contacts/{id}/notes",
            "* /contacts/*/photos/**",
            "GET|HEAD /health",
            "* /admin/**",
            "POST /admin/jobs",
            "GET /");

    @ParameterizedTest(name = "{0} {1} → {2}")
    @CsvSource({
        "GET,    /contacts,               GET /contacts",
        "HEAD,   /contacts,               GET /contacts",
        "GET,    /contacts/,              GET /contacts/**",
        "GET,    /contacts/7,             GET /contacts/{id}",
        "GET,    /contacts/me,            GET /contacts/me",
        "DELETE, /contacts/me,            * /contacts/me",
        "DELETE, /contacts/7,             DELETE /contacts/{id}",
        "POST,   /contacts/7,             none",
        "GET,    /contacts/7/notes,       GET /contacts/{id}/notes",
        "GET,    /contacts/7/notes/1,     GET /contacts/**",
        "GET,    /contacts/me/notes,      GET /contacts/{id}/notes",
        "PUT,    /contacts/7/photos,      * /contacts/*/photos/**",
        "PUT,    /contacts/7/photos/1/2,  * /contacts/*/photos/**",
        "PUT,    /contacts/me/photos/1,   * /contacts/*/photos/**",
        "PUT,    /contacts//photos/1,     none",
        "GET,    /CONTACTS,               none",
        "GET,    /contact,                none",
        "GET,    /contactsx,              none",
        "HEAD,   /health,                 GET|HEAD /health",
        "OPTIONS,/health,                 none",
        "get,    /health,                 none",
        "GETX,   /health,                 none",
        "GET,    /health/,                none",
        "POST,   /admin/jobs,             POST /admin/jobs",
        "GET,    /admin/jobs,             * /admin/**",
        "GET,    /admin,                  * /admin/**",
        "BREW,   /admin/x/y/z,            * /admin/**",
        "GET,    /,                       GET /",
        "GET,    '',                      none",
    })
    void match_theMostSpecificRuleWins(String method, String path, String rule) {
        assertThat(table(RULES).match(method, path).route()).isEqualTo(rule);

        List<String> reversed = new ArrayList<>(RULES);
        Collections.reverse(reversed);
        assertThat(table(reversed).match(method, path).route())
                .as("whatever the order")
                .isEqualTo(rule);
    }

    @Test
    void match_noRule_defaultAccess() {
        assertThat(table(RULES).match("GET", "/elsewhere").access()).isEqualTo(Access.DENY);
    }

    @Test
    void match_trace_deniedWhateverTheRulesAndTheDefault() {
        RouteTable open = RouteTable.compile(
                List.of(RouteConfig.requiring("* /admin/**", "x")),
                Access.PUBLIC,
                Mode.ENFORCE,
                problem -> assertThat(problem).isNull());

        assertThat(open.match("TRACE", "/admin").access()).isEqualTo(Access.DENY);
        assertThat(open.match("TRACE", "/elsewhere").access()).isEqualTo(Access.DENY);
        assertThat(open.match("BREW", "/elsewhere").access()).isEqualTo(Access.PUBLIC);
    }

    @Test
    void compile_twoRulesForOneRequest_bothNamed() {
        List<ConfigProblem> problems = new ArrayList<>();
        RouteTable.compile(
                List.of(
                        RouteConfig.requiring("GET /contacts/{id}", "a"),
                        RouteConfig.requiring("GET|POST /contacts/*", "b")),
                Access.DENY,
                Mode.ENFORCE,
                problems::add);

        assertThat(problems)
                .containsExactly(new ConfigProblem(
                        "routes[1].route",
                        "'routes[1].route': names the same requests as 'GET /contacts/{id}'; keep one of them"));
    }

    @Test
    void match_manyWildcards_staysLinear() {
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rules.add("GET /" + "a/".repeat(i) + "*/b");
        }
        String path = "/a".repeat(20_000);

        assertThat(table(rules).match("GET", path).route()).isEqualTo("none");
    }

    @ParameterizedTest(name = "{0} {1} → {2}")
    @CsvSource({
        "GET,    /contacts/me,         GET /contacts/me; * /contacts/me; GET /contacts/{id}; GET /contacts/**",
        "HEAD,   /health,              GET|HEAD /health",
        "HEAD,   /contacts,            GET /contacts; GET /contacts/**",
        "PUT,    /contacts/7/photos,   * /contacts/*/photos/**",
        "POST,   /admin/jobs,          POST /admin/jobs; * /admin/**",
        "POST,   /contacts/7,          ''",
        "GET,    no-path,              ''"
    })
    void candidates_request_allRulesTheOneThatAppliesFirst(String method, String path, String rules) {
        List<RouteRequirement> candidates = table(RULES).candidates(method, path);

        assertThat(candidates.stream().map(RouteRequirement::route).collect(Collectors.joining("; ")))
                .isEqualTo(rules);
        assertThat(candidates.stream().findFirst()).isEqualTo(table(RULES).rule(method, path));
    }

    private static RouteTable table(List<String> rules) {
        List<ConfigProblem> problems = new ArrayList<>();
        RouteTable table = RouteTable.compile(
                rules.stream().map(rule -> RouteConfig.requiring(rule, "x")).toList(),
                Access.DENY,
                Mode.ENFORCE,
                problems::add);
        assertThat(problems).isEmpty();
        return table;
    }
}
