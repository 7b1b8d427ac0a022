package dev.scopegate.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.Access;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Authorizer authorizer = new Authorizer(MutableClock.at(NOW));

    @ParameterizedTest
    @CsvSource({
        "a,      a,      true",
        "a b,    b a,    true",
        "a b,    a b c,  true",
        "a b,    a,      false",
        "a,      aa,     false",
        "a,      A,      false",
        "a,      '',     false",
    })
    void decide_scopes_allNeeded(String needed, String held, boolean permitted) {
        RouteRequirement requirement = requirement(List.of(needed.split(" ")), List.of(), List.of(), null);

        assertThat(authorizer.decide(requirement, token(held, Map.of())) instanceof Decision.Permitted)
                .isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource({"b, true", "a c, true", "c, false", "'', false"})
    void decide_anyScope_oneNeeded(String held, boolean permitted) {
        RouteRequirement requirement = requirement(List.of(), List.of("a", "b"), List.of(), null);

        assertThat(authorizer.decide(requirement, token(held, Map.of())) instanceof Decision.Permitted)
                .isEqualTo(permitted);
    }

    @Test
    @Requirement("RFC6750 §3.1")
    void decide_scopeMissing_refusedWithTheToken() {
        ValidatedToken token = token("b", Map.of());
        RouteRequirement requirement = requirement(List.of("a"), List.of(), List.of(), null);

        assertThat(authorizer.decide(requirement, token))
                .isEqualTo(new Decision.Refused(requirement, RefusalReason.SCOPE_MISSING, Optional.of(token)));
    }

    @Test
    void decide_deniedRoute_refusedWhateverTheScopes() {
        Decision decision = authorizer.decide(RouteRequirement.of("none", Access.DENY), token("a", Map.of()));

        assertThat(reason(decision)).isEqualTo(RefusalReason.ROUTE_DENIED);
    }

    @ParameterizedTest
    @Requirement("RFC9470 §3")
    @CsvSource({"-301, false", "-300, true", "-299, true", "0, true", "1, false"})
    void decide_maxAge_judgedToTheSecond(long offset, boolean permitted) {
        RouteRequirement requirement = requirement(List.of(), List.of(), List.of(), Duration.ofMinutes(5));
        ValidatedToken token = token("", Map.of("auth_time", NOW.getEpochSecond() + offset));

        assertThat(authorizer.decide(requirement, token) instanceof Decision.Permitted)
                .isEqualTo(permitted);
    }

    @Test
    void decide_maxAgeWithoutReadableAuthTime_tooOld() {
        RouteRequirement requirement = requirement(List.of(), List.of(), List.of(), Duration.ofMinutes(5));

        assertThat(reason(authorizer.decide(requirement, token("", Map.of()))))
                .isEqualTo(RefusalReason.AUTHENTICATION_TOO_OLD);
        assertThat(reason(authorizer.decide(requirement, token("", Map.of("auth_time", "now")))))
                .isEqualTo(RefusalReason.AUTHENTICATION_TOO_OLD);
        assertThat(reason(authorizer.decide(requirement, token("", Map.of("auth_time", Double.NaN)))))
                .isEqualTo(RefusalReason.AUTHENTICATION_TOO_OLD);
    }

    @ParameterizedTest
    @Requirement("RFC9470 §3")
    @ValueSource(strings = {"gold", "silver"})
    void decide_acrOneOfTheNamed_permitted(String acr) {
        RouteRequirement requirement = requirement(List.of(), List.of(), List.of("gold", "silver"), null);

        assertThat(authorizer.decide(requirement, token("", Map.of("acr", acr))))
                .isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void decide_acrMissingOrAnother_tooWeak() {
        RouteRequirement requirement = requirement(List.of(), List.of(), List.of("gold"), null);

        for (Map<String, Object> claims : List.of(
                Map.<String, Object>of(), Map.<String, Object>of("acr", "Gold"), Map.<String, Object>of("acr", 1L))) {
            assertThat(reason(authorizer.decide(requirement, token("", claims))))
                    .isEqualTo(RefusalReason.AUTHENTICATION_TOO_WEAK);
        }
    }

    private static RefusalReason reason(Decision decision) {
        return ((Decision.Refused) decision).reason();
    }

    @ParameterizedTest(name = "{0} holds {1}: {2}")
    @CsvSource({
        "text,   acme,   true",
        "text,   acm,    false",
        "text,   ACME,   false",
        "list,   admins, true",
        "list,   admin,  false",
        "number, 7,      true",
        "number, 7.0,    false",
        "flag,   true,   true",
        "flag,   false,  false",
        "object, '{}',   false",
        "nested, '[a]',  false",
        "absent, acme,   false",
        "absent, null,   false",
    })
    void decide_claim_equalOrHeld(String claim, String value, boolean permitted) {
        Map<String, Object> claims = Map.of(
                "text",
                "acme",
                "list",
                List.of("users", "admins"),
                "number",
                7L,
                "flag",
                true,
                "object",
                Map.of(),
                "nested",
                List.of(List.of("a")));

        Decision decision = authorizer.decide(claiming(Map.of(claim, value), Set.of()), token("", claims));

        assertThat(decision instanceof Decision.Permitted).isEqualTo(permitted);
        if (decision instanceof Decision.Refused refused) {
            assertThat(refused.reason()).isEqualTo(RefusalReason.CLAIM_MISSING);
            assertThat(refused.token()).isPresent();
        }
    }

    @Test
    void decide_severalClaims_allNeeded() {
        Map<String, String> needed = Map.of("tenant", "acme", "group", "admins");

        assertThat(authorizer.decide(
                        claiming(needed, Set.of()), token("", Map.of("tenant", "acme", "group", "admins"))))
                .isInstanceOf(Decision.Permitted.class);
        assertThat(authorizer.decide(claiming(needed, Set.of()), token("", Map.of("tenant", "acme"))))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void decide_issuers_oneOfThemNeeded() {
        String issuer = token("", Map.of()).issuerName();

        assertThat(authorizer.decide(claiming(Map.of(), Set.of(issuer, "b")), token("", Map.of())))
                .isInstanceOf(Decision.Permitted.class);
        assertThat(authorizer.decide(claiming(Map.of(), Set.of("b")), token("", Map.of())))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.ISSUER_NOT_ACCEPTED));
    }

    private static RouteRequirement claiming(Map<String, String> claims, Set<String> issuers) {
        return new RouteRequirement(
                "GET /a",
                Access.AUTHENTICATED,
                List.of(),
                List.of(),
                claims,
                issuers,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Mode.ENFORCE);
    }

    private static RouteRequirement requirement(
            List<String> scopes, List<String> anyScope, List<String> acr, Duration maxAge) {
        return new RouteRequirement(
                "GET /a",
                Access.AUTHENTICATED,
                scopes,
                anyScope,
                Map.of(),
                Set.of(),
                acr,
                Optional.ofNullable(maxAge),
                Optional.empty(),
                Mode.ENFORCE);
    }

    private static ValidatedToken token(String scopes, Map<String, Object> claims) {
        return new ValidatedToken(
                "main",
                "https://login.example.com",
                Optional.of("alice"),
                Optional.empty(),
                Set.of(scopes.split(" ")),
                Optional.empty(),
                claims);
    }
}
