package dev.scopegate.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which claims can be read as scopes, and under which prefix. */
class ClaimMappingChecksTest {

    @ParameterizedTest
    @ValueSource(strings = {"role:", "r/", "https://example.com/", "a.b_", "-", "x.", "ROLE_"})
    @Requirement("RFC6749 §3.3")
    void problems_prefixThatEndsWithASeparator_none(String prefix) {
        assertThat(problems(new ClaimMapping("realm_access.roles", prefix))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "role", "role: ", "r ole:", "\"role\":", "ro\\le:", "rölle:", "role:\n", "role#"})
    @Requirement("RFC6749 §3.3")
    void problems_anotherPrefix_namedWithItsPlace(String prefix) {
        assertThat(problems(new ClaimMapping("roles", "ok:"), new ClaimMapping("roles", prefix)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("issuers[0].claims-as-scopes[1]"))
                .satisfies(problem -> assertThat(problem.message()).contains("prefix' is needed"));
    }

    @ParameterizedTest
    @CsvSource({"'', false", "' ', false", "roles, true", "https://example.com/roles, true", "a.b.c d, true"})
    void problems_claim_hasToBeNamed(String claim, boolean sound) {
        assertThat(problems(new ClaimMapping(claim, "role:")).isEmpty()).isEqualTo(sound);
    }

    @Test
    void problems_claimOfAnyLength_upTo256Characters() {
        assertThat(problems(new ClaimMapping("x".repeat(256), "role:"))).isEmpty();
        assertThat(problems(new ClaimMapping("x".repeat(257), "role:"))).hasSize(1);
        assertThat(problems(new ClaimMapping("x", "x".repeat(63) + ":"))).isEmpty();
        assertThat(problems(new ClaimMapping("x", "x".repeat(64) + ":"))).hasSize(1);
    }

    @Test
    void problems_twoEntries_differInClaimOrPrefix() {
        ClaimMapping roles = new ClaimMapping("roles", "role:");

        assertThat(problems(roles, new ClaimMapping("groups", "role:"), new ClaimMapping("roles", "r:")))
                .isEmpty();
        assertThat(problems(roles, new ClaimMapping("groups", "group:"), roles))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("[2]' stands twice"));
    }

    @Test
    void isMappedFromClaim_scope_withItsPrefixAndMore() {
        ScopegateConfig config = config(new ClaimMapping("roles", "role:"), new ClaimMapping("groups", "group:"));

        assertThat(List.of("role:admin", "group:a"))
                .allSatisfy(scope -> assertThat(config.isMappedFromClaim(scope)).isTrue());
        assertThat(List.of("role:", "role", "roles:a", "read:contacts"))
                .allSatisfy(scope -> assertThat(config.isMappedFromClaim(scope)).isFalse());
    }

    private static List<ConfigProblem> problems(ClaimMapping... mappings) {
        return ConfigChecks.problems(config(mappings));
    }

    private static ScopegateConfig config(ClaimMapping... mappings) {
        return ScopegateConfigBuilder.builder()
                .resource("https://api.example.com")
                .issuers(List.of(IssuerConfig.builder("https://login.example.com")
                        .claimsAsScopes(List.of(mappings))
                        .build()))
                .routes(List.of(RouteConfig.requiring("GET /", "role:admin")))
                .build();
    }
}
