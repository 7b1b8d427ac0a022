package dev.scopegate.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.Locations;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.ScopegateConfig;
import dev.scopegate.config.ScopegateConfigBuilder;
import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleListingTest {

    private static final Locations PLACES = new Locations(
            "scopegate.yaml",
            Map.of(
                    "routes[0]",
                    "scopegate.yaml:9:5",
                    "routes[1]",
                    "scopegate.yaml:10:5",
                    "mode",
                    "scopegate.yaml:2:1"));

    @Test
    void lines_rules_alignedAndInOrderOfSpecificity() {
        ScopegateConfig config = config(
                RouteConfig.of("* /contacts/**", Access.DENY),
                RouteConfig.requiring("GET|HEAD /contacts/{id}", "read:contacts", "see"));

        assertThat(RuleListing.lines(config, PLACES))
                .containsExactly(
                        "rule                     requirement                mode     where",
                        "GET|HEAD /contacts/{id}  scopes read:contacts, see  enforce  scopegate.yaml:10:5",
                        "* /contacts/**           deny                       enforce  scopegate.yaml:9:5",
                        "(no rule)                deny                       enforce  by default");
    }

    @Test
    void lines_manyRules_sortedAsTheyAreMatched() {
        List<String> sorted = List.of(
                "GET /",
                "GET /a",
                "* /a",
                "GET /a/b",
                "GET /a/b/**",
                "GET /a/{x}",
                "GET /a/{x}/c",
                "GET /a/**",
                "POST /a/**",
                "* /a/**",
                "GET /b",
                "GET /*/c",
                "* /**");
        List<RouteConfig> routes = new ArrayList<>();
        sorted.forEach(route -> routes.add(0, RouteConfig.of(route, Access.AUTHENTICATED)));

        assertThat(RuleListing.lines(config(routes.toArray(RouteConfig[]::new)), PLACES))
                .extracting(line -> line.split(" {2,}", -1)[0])
                .containsSubsequence(sorted);
    }

    @Test
    void lines_everyRequirement_inWords() {
        RouteConfig route = RouteConfig.builder("GET /x")
                .anyScope(List.of("a", "b"))
                .claims(Map.of("tenant", "acme"))
                .issuer(List.of("main"))
                .acr(List.of("gold"))
                .maxAge(Duration.ofMinutes(5))
                .mode(Optional.of(Mode.SHADOW))
                .build();

        assertThat(RuleListing.lines(config(route), PLACES).get(1))
                .isEqualTo("GET /x     one of the scopes a, b; claim tenant=acme; issuer main; acr gold; max-age 300s"
                        + "  shadow   scopegate.yaml:9:5");
    }

    record Case(List<RouteConfig> routes, List<String> warnings) {
        @Override
        public String toString() {
            return routes.stream().map(RouteConfig::route).toList() + " → " + warnings.size();
        }
    }

    static List<Case> risky() {
        RouteConfig post = RouteConfig.requiring("POST /contacts/**", "create");
        return List.of(
                new Case(List.of(post), List.of()),
                new Case(
                        List.of(post, RouteConfig.of("* /contacts/**", Access.PUBLIC)),
                        List.of(
                                "scopegate.yaml:9:5: 'POST /contacts/**' says nothing of GET, PUT, PATCH, DELETE, which"
                                        + " there fall to '* /contacts/**' (public)",
                                "scopegate.yaml:10:5: '* /contacts/**' opens everything below its path (public)")),
                new Case(
                        List.of(post, RouteConfig.of("* /**", Access.AUTHENTICATED)),
                        List.of("scopegate.yaml:9:5: 'POST /contacts/**' says nothing of GET, PUT, PATCH, DELETE, which"
                                + " there fall to '* /**' (authenticated)")),
                new Case(List.of(post, RouteConfig.of("* /**", Access.DENY)), List.of()),
                new Case(List.of(post, RouteConfig.requiring("* /**", "any")), List.of()),
                // Somebody who names the method meant it.
                new Case(List.of(post, RouteConfig.of("GET /contacts/**", Access.PUBLIC)), List.of()),
                new Case(
                        List.of(
                                RouteConfig.requiring("POST /contacts", "create"),
                                RouteConfig.of("* /{any}", Access.AUTHENTICATED)),
                        List.of(
                                "scopegate.yaml:9:5: 'POST /contacts' says nothing of GET, PUT, PATCH, DELETE, which there"
                                        + " fall to '* /{any}' (authenticated)")),
                new Case(List.of(RouteConfig.of("GET /static/**", Access.PUBLIC)), List.of()),
                new Case(
                        List.of(RouteConfig.of("GET|POST /static/**", Access.PUBLIC)),
                        List.of("scopegate.yaml:9:5: 'GET|POST /static/**' opens everything below its path (public)")),
                new Case(
                        List.of(RouteConfig.of("GET /news/**", Access.OPTIONAL)),
                        List.of("scopegate.yaml:9:5: 'GET /news/**' opens everything below its path (optional)")),
                new Case(List.of(RouteConfig.of("GET /news", Access.OPTIONAL)), List.of()),
                new Case(
                        List.of(RouteConfig.builder("GET /x")
                                .scopes(List.of("a"))
                                .mode(Optional.of(Mode.SHADOW))
                                .build()),
                        List.of("scopegate.yaml:9:5: 'GET /x' is in shadow mode: its refusals are only counted, and the"
                                + " requests go on")));
    }

    @ParameterizedTest
    @MethodSource("risky")
    void warnings_rules_nameWhatIsRiskyAndNothingElse(Case given) {
        ScopegateConfig config = config(given.routes().toArray(RouteConfig[]::new));

        assertThat(RuleListing.warnings(config, PLACES)).containsExactlyElementsOf(given.warnings());
    }

    @Test
    void warnings_openDefault_namedAndRulesThatFallToIt() {
        ScopegateConfig config = ScopegateConfigBuilder.builder(config(RouteConfig.requiring("POST /x", "a")))
                .defaultAccess(Access.OPTIONAL)
                .build();

        assertThat(RuleListing.warnings(config, PLACES))
                .containsExactly(
                        "scopegate.yaml: 'default-access: optional' opens whatever no rule names",
                        "scopegate.yaml:9:5: 'POST /x' says nothing of GET, PUT, PATCH, DELETE, which there fall to"
                                + " 'default-access' (optional)");
    }

    @Test
    void warnings_shadowMode_namedOnce() {
        ScopegateConfig config = ScopegateConfigBuilder.builder(config(RouteConfig.requiring("POST /x", "a")))
                .mode(Mode.SHADOW)
                .build();

        assertThat(RuleListing.warnings(config, PLACES))
                .containsExactly("scopegate.yaml:2:1: shadow mode: refusals are only counted, and the requests go on");
    }

    private static ScopegateConfig config(RouteConfig... routes) {
        return ScopegateConfigBuilder.builder().routes(List.of(routes)).build();
    }
}
