package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That nobody has to guess at whose endpoint an opaque token is asked about, nor on which routes freshness can be had. */
class OpaqueTokenChecksTest {

    /** A and B have opaque tokens, C has JWTs alone. */
    private static final String THREE = """
            resource: https://api.example.com
            issuers:
              - { issuer: 'https://a.example.com', name: a, introspection: { client-id: api, client-secret: x, %s } }
              - { issuer: 'https://b.example.com', name: b, introspection: { client-id: api, client-secret: x, %s } }
              - { issuer: 'https://c.example.com', name: c }
            routes:
              - { route: GET /a, %s }
            """;

    private static final String PLAIN = "tokens: opaque";

    @ParameterizedTest(name = "{0} | {1} | {2}")
    @CsvSource(
            delimiter = '!',
            value = {
                "tokens: opaque   ! tokens: opaque     ! 'scopes: r, issuer: a'",
                "tokens: opaque   ! tokens: opaque     ! 'scopes: r, issuer: [b, c]'",
                "tokens: opaque   ! tokens: opaque     ! 'scopes: r, issuer: c'",
                "tokens: opaque   ! tokens: opaque     ! access: public",
                "tokens: opaque   ! tokens: opaque     ! access: deny",
                "tokens: opaque   ! token-prefix: b_   ! scopes: r",
                "token-prefix: a_ ! tokens: opaque     ! access: optional",
                "token-prefix: a_ ! token-prefix: b_   ! scopes: r",
                "token-prefix: a_ ! token-prefix: a_b_ ! scopes: r",
            })
    void problems_whoseATokenIs_known(String a, String b, String route) {
        assertThat(problems(THREE.formatted(a, b, route))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '!',
            value = {
                "scopes: r",
                "access: authenticated",
                "access: optional",
                "'scopes: r, issuer: [a, b]'",
                "'scopes: r, issuer: [b, a, c]'",
            })
    void problems_whoseATokenIs_unknown(String route) {
        assertThat(problems(THREE.formatted(PLAIN, PLAIN, route)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("routes[0]"))
                .satisfies(problem -> assertThat(problem.message())
                        .contains("'routes[0]'", "a or b", "'introspection.token-prefix'", "'issuer' of the route")
                        .doesNotContain("like"));
    }

    @Test
    void problems_severalRoutesBetweenTheSameIssuers_oneMistake() {
        String routes =
                "scopes: r }\n  - { route: GET /b, access: public }\n  - { route: GET /c, access: authenticated";

        assertThat(problems(THREE.formatted(PLAIN, PLAIN, routes)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("'routes[0]', like 1 more, takes"));
    }

    @ParameterizedTest
    @CsvSource({"deny, 0", "public, 0", "authenticated, 1", "optional, 1"})
    void problems_defaultAccess_heldToTheSame(String access, int problems) {
        String open = THREE.formatted(PLAIN, PLAIN, "scopes: r, issuer: a") + "default-access: " + access;

        assertThat(problems(open))
                .hasSize(problems)
                .allSatisfy(problem -> assertThat(problem.path()).isEqualTo("default-access"))
                .allSatisfy(problem -> assertThat(problem.message()).contains("a or b", "token-prefix", "deny"));
    }

    @Test
    void problems_onePrefixOfTwoIssuers_refused() {
        assertThat(problems(THREE.formatted("token-prefix: x_", "token-prefix: x_", "scopes: r")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("issuers[1].introspection.token-prefix"))
                .satisfies(problem -> assertThat(problem.message()).contains("of issuer a too"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '!',
            value = {
                "'scopes: r, issuer: a, max-staleness: 0s'        ! ''",
                "'scopes: r, issuer: a, max-staleness: 1h'        ! ''",
                "'access: authenticated, issuer: [a, b], max-staleness: 30s' ! ''",
                "'issuer: a, max-staleness: 30s'                  ! ''",
                "'scopes: r, issuer: a, max-staleness: 61m'       ! between 0s and 1h",
                "'scopes: r, issuer: c, max-staleness: 0s'        ! cannot be held for tokens of c",
                "'scopes: r, issuer: [a, c], max-staleness: 0s'   ! cannot be held for tokens of c",
                "'scopes: r, max-staleness: 0s'                   ! cannot be held for tokens of c",
                "'access: public, max-staleness: 0s'              ! contradicts itself",
                "'access: optional, issuer: a, max-staleness: 0s' ! contradicts itself",
                "'access: deny, issuer: a, max-staleness: 0s'     ! contradicts itself",
            })
    void problems_maxStaleness_onlyOfIssuersThatCanBeAsked(String route, String message) {
        List<ConfigProblem> problems = problems(THREE.formatted(PLAIN, "token-prefix: b_", route));

        if (message.isEmpty()) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.path()).startsWith("routes[0]."))
                    .satisfies(problem -> assertThat(problem.message()).contains("'routes[0]", message));
        }
    }

    @Test
    void problems_maxStalenessOfASilentIssuer_bothWaysOutNamed() {
        assertThat(problems(THREE.formatted(PLAIN, "token-prefix: b_", "scopes: r, max-staleness: 0s")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("routes[0].max-staleness"))
                .satisfies(problem -> assertThat(problem.message())
                        .contains("add 'introspection' to that issuer", "'issuer' of the route"));
    }

    private static List<ConfigProblem> problems(String yaml) {
        return ConfigChecks.problems(
                new ConfigReader().read("scopegate.yaml", yaml, Path.of("")).config());
    }
}
