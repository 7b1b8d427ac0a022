package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.IssuerConfig.Profile;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.model.Validation;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimChecksTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ISSUER = "https://login.example.com";
    private static final String AUDIENCE = "https://api.example.com/contacts";

    private final ClaimChecks checks = checks(Profile.JWT, Map.of());

    @Test
    void judgeJwt_soundClaims_valid() {
        ValidatedToken token = ((Validation.Valid) checks.judgeJwt(sound(), false)).token();

        assertThat(token.getName()).isEqualTo("alice");
        assertThat(token.clientId()).contains("web");
        assertThat(token.scopes()).containsExactly("read", "write");
        assertThat(token.expiresAt()).contains(NOW.plusSeconds(300));
        assertThat(token.toString()).doesNotContain("alice");
    }

    @ParameterizedTest
    @Requirement("RFC7519 §4.1.4")
    @CsvSource({"-31, EXPIRED", "-30, EXPIRED", "-29, ''", "1, ''"})
    void judgeJwt_expiry_skewGranted(long offset, String reason) {
        assertThat(reason(checks.judgeJwt(with("exp", NOW.getEpochSecond() + offset), false)))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @Requirement({"RFC7519 §4.1.5", "RFC7519 §4.1.6"})
    @CsvSource({
        "nbf, 31, NOT_YET_VALID",
        "nbf, 30, ''",
        "iat, 31, NOT_YET_VALID",
        "iat, 30, ''",
        "iat, 600, NOT_YET_VALID"
    })
    void judgeJwt_timeAhead_skewGranted(String claim, long offset, String reason) {
        assertThat(reason(checks.judgeJwt(with(claim, NOW.getEpochSecond() + offset), false)))
                .isEqualTo(reason);
    }

    @Test
    void judgeJwt_expMissingOrUnreadable_expired() {
        assertThat(reason(checks.judgeJwt(without("exp"), false))).isEqualTo("EXPIRED");
        assertThat(reason(checks.judgeJwt(with("exp", "1999999999"), false))).isEqualTo("EXPIRED");
        assertThat(reason(checks.judgeJwt(with("nbf", "1"), false))).isEqualTo("CLAIM");
    }

    @Test
    @Requirement({"RFC7519 §4.1.3", "RFC9068 §4"})
    void judgeJwt_audience_oursHasToBeNamed() {
        assertThat(reason(checks.judgeJwt(with("aud", List.of("https://other", AUDIENCE)), false)))
                .isEmpty();
        for (Object audience : List.of("https://other", List.of(), List.of("https://other"), AUDIENCE + "/", 1L)) {
            assertThat(reason(checks.judgeJwt(with("aud", audience), false))).isEqualTo("AUDIENCE");
        }
        assertThat(reason(checks.judgeJwt(without("aud"), false))).isEqualTo("AUDIENCE");
    }

    @ParameterizedTest
    @Requirement("RFC9068 §4")
    @ValueSource(strings = {"https://login.example.com/", "https://LOGIN.example.com", "https://other", ""})
    void judgeJwt_anotherIssuer_refused(String issuer) {
        assertThat(reason(checks.judgeJwt(with("iss", issuer), false))).isEqualTo("ISSUER_UNKNOWN");
    }

    @ParameterizedTest
    @Requirement({"RFC8725 §3.11", "RFC8725 §3.12"})
    @ValueSource(strings = {"at_hash", "c_hash", "s_hash", "events", "token_introspection", "htm", "htu", "nonce"})
    void judgeJwt_claimOfAnotherKindOfToken_refused(String claim) {
        assertThat(reason(checks.judgeJwt(with(claim, "x"), false))).isEqualTo("TOKEN_TYPE");
    }

    @Test
    void judgeJwt_nonceOnATokenThatSaysItIsAnAccessToken_valid() {
        assertThat(reason(checks.judgeJwt(with("nonce", "x"), true))).isEmpty();
        Map<String, Object> keycloak = with("nonce", "x");
        keycloak.put("typ", "Bearer");
        assertThat(reason(checks.judgeJwt(keycloak, false))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "Refresh", "Offline", "Logout"})
    void judgeJwt_kindWrittenIntoTheClaims_refused(String kind) {
        assertThat(reason(checks.judgeJwt(with("typ", kind), true))).isEqualTo("TOKEN_TYPE");
    }

    @Test
    void judgeJwt_clientAssertion_refused() {
        assertThat(reason(checks.judgeJwt(with("sub", ISSUER), false))).isEqualTo("TOKEN_TYPE");
    }

    @Test
    void judgeJwt_claimOfAnotherForm_refused() {
        assertThat(reason(checks.judgeJwt(with("sub", 1L), false))).isEqualTo("CLAIM");
        assertThat(reason(checks.judgeJwt(with("client_id", List.of()), false))).isEqualTo("CLAIM");
        assertThat(reason(checks.judgeJwt(with("cnf", "x"), false))).isEqualTo("CLAIM");
        assertThat(reason(checks.judgeJwt(with("scope", 1L), false))).isEqualTo("CLAIM");
        assertThat(reason(checks.judgeJwt(with("scope", List.of(1L)), false))).isEqualTo("CLAIM");
        assertThat(reason(checks.judgeJwt(with("scope", Map.of()), false))).isEqualTo("CLAIM");
    }

    @Test
    void judgeJwt_scopes_firstScopeClaimCounts() {
        assertThat(scopes(checks.judgeJwt(with("scope", List.of("a", "b")), false)))
                .containsExactly("a", "b");
        assertThat(scopes(checks.judgeJwt(with("scope", ""), false))).isEmpty();
        assertThat(scopes(checks.judgeJwt(without("scope"), false))).isEmpty();
        assertThat(scopes(checks.judgeJwt(with("scp", "admin"), false))).containsExactly("read", "write");
        Map<String, Object> scp = without("scope");
        scp.put("scp", List.of("c"));
        assertThat(scopes(checks.judgeJwt(scp, false))).containsExactly("c");
    }

    @Test
    void judgeJwt_requiredClaim_equalOrMember() {
        ClaimChecks acme = checks(Profile.JWT, Map.of("tenant", "acme"));

        assertThat(reason(acme.judgeJwt(with("tenant", "acme"), false))).isEmpty();
        assertThat(reason(acme.judgeJwt(with("tenant", List.of("other", "acme")), false)))
                .isEmpty();
        assertThat(reason(acme.judgeJwt(with("tenant", "acme2"), false))).isEqualTo("CLAIM");
        assertThat(reason(acme.judgeJwt(with("tenant", List.of("other")), false)))
                .isEqualTo("CLAIM");
        assertThat(reason(acme.judgeJwt(sound(), false))).isEqualTo("CLAIM");
    }

    @ParameterizedTest
    @Requirement("RFC9068 §2.2")
    @ValueSource(strings = {"sub", "client_id", "iat", "jti"})
    void judgeJwt_strictProfile_allClaimsRequired(String claim) {
        ClaimChecks strict = checks(Profile.RFC9068, Map.of());

        assertThat(reason(strict.judgeJwt(sound(), true))).isEmpty();
        assertThat(reason(strict.judgeJwt(without(claim), true))).isEqualTo("CLAIM");
        assertThat(reason(checks.judgeJwt(without(claim), true)))
                .as("not in the jwt profile")
                .isEmpty();
    }

    @ParameterizedTest
    @Requirement({"RFC8705 §3.1", "RFC9449 §6.1"})
    @CsvSource({
        "jkt,      0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I, ''",
        "x5t#S256, bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2, ''",
        "jkt,      '',                                          CLAIM",
        "kid,      1,                                           CLAIM",
        "jwk,      x,                                           CLAIM",
        "x5t,      bwcK0esc3ACC3DB2Y5,                          CLAIM",
    })
    void judge_fapi2_keyOfTheClientRequired(String method, String value, String reason) {
        ClaimChecks fapi2 = checks(Profile.FAPI2, Map.of());
        Map<String, Object> bound = with("cnf", Map.of(method, value));

        assertThat(reason(fapi2.judgeJwt(bound, true))).isEqualTo(reason);
        assertThat(reason(fapi2.judgeIntrospection(bound))).isEqualTo(reason);
        assertThat(reason(checks(Profile.RFC9068, Map.of()).judgeJwt(bound, true)))
                .as("another profile asks for no key")
                .isEmpty();
    }

    @Test
    void judge_fapi2_unboundTokenOrOneThatLacksAClaim_refused() {
        ClaimChecks fapi2 = checks(Profile.FAPI2, Map.of());
        Map<String, Object> bound = with("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));

        assertThat(reason(fapi2.judgeJwt(bound, true))).isEmpty();
        assertThat(reason(fapi2.judgeJwt(sound(), true))).isEqualTo("CLAIM");
        assertThat(reason(fapi2.judgeIntrospection(sound()))).isEqualTo("CLAIM");
        assertThat(reason(fapi2.judgeJwt(with("cnf", Map.of()), true))).isEqualTo("CLAIM");
        assertThat(reason(fapi2.judgeJwt(with("cnf", Map.of("jkt", 7L)), true))).isEqualTo("CLAIM");
        assertThat(reason(fapi2.judgeJwt(with("cnf", List.of("jkt")), true))).isEqualTo("CLAIM");
        bound.remove("client_id");
        assertThat(reason(fapi2.judgeJwt(bound, true))).isEqualTo("CLAIM");
    }

    @Test
    void judge_mappedClaims_scopesBesideThePlainOnes() {
        ClaimChecks mapping = checks(
                Profile.JWT,
                Map.of(),
                new MappedClaim("realm_access.roles", "role:"),
                new MappedClaim("groups", "group/"));
        Map<String, Object> claims = with("realm_access", Map.of("roles", List.of("admin", "user")));
        claims.put("groups", "a b");

        assertThat(scopes(mapping.judgeJwt(claims, false)))
                .containsExactly("read", "write", "role:admin", "role:user", "group/a", "group/b");
        assertThat(scopes(mapping.judgeIntrospection(claims)))
                .as("a list is in order here, other than for plain scopes")
                .containsExactly("read", "write", "role:admin", "role:user", "group/a", "group/b");
        assertThat(scopes(checks.judgeJwt(claims, false)))
                .as("nothing is mapped unless configured")
                .containsExactly("read", "write");
    }

    @Test
    void judge_mappedClaimOfAnotherForm_grantsNothingAndLocksNobodyOut() {
        ClaimChecks mapping = checks(Profile.JWT, Map.of(), new MappedClaim("roles", "role:"));

        for (Object roles : List.of(7L, true, Map.of("admin", true), List.of(List.of("admin")), "Büro")) {
            assertThat(scopes(mapping.judgeJwt(with("roles", roles), false))).containsExactly("read", "write");
        }
        assertThat(reason(mapping.judgeJwt(with("scope", 7L), false)))
                .as("plain scopes are as strict as ever")
                .isEqualTo("CLAIM");
    }

    @Test
    @Requirement("RFC7662 §2.2")
    void judgeIntrospection_activeAnswer_validWithoutIssuerOrExpiry() {
        Map<String, Object> answer = Map.of("active", true, "aud", AUDIENCE, "scope", "read", "client_id", "web");

        ValidatedToken token = ((Validation.Valid) checks.judgeIntrospection(answer)).token();
        assertThat(token.getName()).isEqualTo("web");
        assertThat(token.subject()).isEmpty();
        assertThat(token.expiresAt()).isEmpty();
    }

    @Test
    @Requirement("RFC7662 §4")
    void judgeIntrospection_answerIsJudgedAgain() {
        assertThat(reason(checks.judgeIntrospection(without("aud")))).isEqualTo("AUDIENCE");
        assertThat(reason(checks.judgeIntrospection(with("aud", "https://other"))))
                .isEqualTo("AUDIENCE");
        assertThat(reason(checks.judgeIntrospection(with("iss", "https://other"))))
                .isEqualTo("ISSUER_UNKNOWN");
        assertThat(reason(checks.judgeIntrospection(with("exp", NOW.getEpochSecond() - 30))))
                .isEqualTo("EXPIRED");
        assertThat(reason(checks.judgeIntrospection(with("exp", "soon")))).isEqualTo("EXPIRED");
        assertThat(reason(checks.judgeIntrospection(with("nbf", NOW.getEpochSecond() + 31))))
                .isEqualTo("NOT_YET_VALID");
        assertThat(reason(checks.judgeIntrospection(with("token_type", "refresh_token"))))
                .isEqualTo("TOKEN_TYPE");
        assertThat(reason(checks.judgeIntrospection(with("token_type", 1L)))).isEqualTo("TOKEN_TYPE");
        assertThat(reason(checks.judgeIntrospection(with("token_type", "bearer"))))
                .isEmpty();
        assertThat(scopes(checks.judgeIntrospection(with("scope", List.of("read")))))
                .isEmpty();
    }

    private static ClaimChecks checks(Profile profile, Map<String, String> requiredClaims, MappedClaim... mapped) {
        return checks(profile, requiredClaims, List.of(mapped));
    }

    private static ClaimChecks checks(Profile profile, Map<String, String> requiredClaims, List<MappedClaim> mapped) {
        IssuerTerms terms = new IssuerTerms(
                "main",
                ISSUER,
                Set.of(AUDIENCE),
                profile,
                Duration.ofSeconds(30),
                requiredClaims,
                List.of("scope", "scp"),
                mapped);
        return new ClaimChecks(terms, MutableClock.at(NOW));
    }

    private static Map<String, Object> sound() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", ISSUER);
        claims.put("aud", AUDIENCE);
        claims.put("sub", "alice");
        claims.put("client_id", "web");
        claims.put("jti", "1");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", NOW.getEpochSecond() + 300);
        claims.put("scope", "read write");
        return claims;
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> claims = sound();
        claims.put(name, value);
        return claims;
    }

    private static Map<String, Object> without(String name) {
        Map<String, Object> claims = sound();
        claims.remove(name);
        return claims;
    }

    private static String reason(Validation validation) {
        return validation instanceof Validation.Refused refused
                ? refused.reason().name()
                : "";
    }

    private static Set<String> scopes(Validation validation) {
        return ((Validation.Valid) validation).token().scopes();
    }

    @Test
    void refusalReason_code_isLowerCase() {
        assertThat(RefusalReason.NOT_YET_VALID.code()).isEqualTo("not-yet-valid");
    }
}
