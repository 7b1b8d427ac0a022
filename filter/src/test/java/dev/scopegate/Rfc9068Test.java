package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.config.ClaimMapping;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.IssuerConfig.Profile;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Answer;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9068 asks of a resource server, by section, with {@code profile: rfc9068}. */
class Rfc9068Test {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private final MutableClock clock = MutableClock.at(NOW);
    private final ResourceServer server = ResourceServer.builder()
            .resource("https://api.example.com/contacts")
            .issuer(IssuerConfig.builder(ISSUER.issuer())
                    .profile(Profile.RFC9068)
                    .claimsAsScopes(List.of(
                            new ClaimMapping("groups", "group:"),
                            new ClaimMapping("roles", "role:"),
                            new ClaimMapping("entitlements", "entitlement:")))
                    .build())
            .route("GET /contacts", "read:contacts")
            .route(RouteConfig.builder("DELETE /contacts")
                    .scopes(List.of("read:contacts"))
                    .acr(List.of("gold"))
                    .build())
            .http(HttpConfig.allowingInsecureLoopback())
            .clock(clock)
            .meterRegistry(new SimpleMeterRegistry())
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @Nested
    @DisplayName("2.1 Header")
    class Header {

        @ParameterizedTest
        @ValueSource(strings = {"at+jwt", "application/at+jwt", "AT+JWT"})
        @Requirement("RFC9068 §2.1")
        @DisplayName("the type says that it is an access token")
        void type_ofAnAccessToken_permitted(String type) {
            assertPermitted(sound().type(type));
        }

        @ParameterizedTest
        @ValueSource(strings = {"JWT", "jwt", "dpop+jwt", "at", ""})
        @Requirement("RFC9068 §2.1")
        @DisplayName("another type, or none, is not one")
        void type_another_refused(String type) {
            assertRefused(sound().type(type), "token-type");
            assertRefused(ISSUER.token().clock(clock).scope("read:contacts"), "token-type");
        }

        @Test
        @Requirement("RFC9068 §2.1")
        @DisplayName("RS256 is supported, and none is not")
        void algorithm_rs256_permittedAndNoneRefused() {
            assertPermitted(sound().algorithm(JWSAlgorithm.RS256));
            assertRefused(sound().header("alg", "none"), "algorithm");
        }
    }

    @Nested
    @DisplayName("2.2 Data structure")
    class DataStructure {

        /** Each claim, and the reason for which a token without it is refused. */
        static Stream<Arguments> claims() {
            return Stream.of(
                    arguments("iss", "issuer-unknown"),
                    arguments("exp", "expired"),
                    arguments("aud", "audience"),
                    arguments("sub", "claim"),
                    arguments("client_id", "claim"),
                    arguments("iat", "claim"),
                    arguments("jti", "claim"));
        }

        @ParameterizedTest
        @MethodSource("claims")
        @Requirement("RFC9068 §2.2")
        @DisplayName("each of its seven claims has to be there")
        void claim_missingOrNull_refused(String name, String reason) {
            assertPermitted(sound());
            assertRefused(sound().without(name), reason);
            assertRefused(sound().claim(name, null), reason);
        }

        @ParameterizedTest
        @MethodSource("claims")
        @Requirement("RFC9068 §2.2")
        @DisplayName("and to be of its type")
        void claim_ofAnotherType_refused(String name, String reason) {
            for (Object value : List.of(true, Map.of("x", "y"), List.of(List.of()))) {
                assertRefused(sound().claim(name, value), reason);
            }
        }

        @Test
        @Requirement("RFC9068 §2.2.3")
        @DisplayName("scopes are words in one text")
        void scope_words_eachAScope() {
            assertThat(assertPermitted(sound().scope("write read:contacts")).scopes())
                    .containsExactly("write", "read:contacts");
            assertRefused(sound().scope("read:contactsx"), "scope-missing");
            assertRefused(sound().without("scope"), "scope-missing");
            assertRefused(sound().claim("scope", 7), "claim");
        }

        @Test
        @Requirement("RFC9068 §2.2.3.1")
        @DisplayName("groups, roles and entitlements can be asked for")
        void groupsRolesAndEntitlements_mapped_amongTheScopes() {
            TokenBuilder token = sound().claim("groups", List.of(Map.of("value", "sales", "display", "Sales")))
                    .claim("roles", List.of("admin"))
                    .claim("entitlements", "export import");

            assertThat(assertPermitted(token).scopes())
                    .containsExactly(
                            "read:contacts", "group:sales", "role:admin", "entitlement:export", "entitlement:import");
        }
    }

    @Nested
    @DisplayName("4. Validating JWT access tokens")
    class Validating {

        @Test
        @Requirement("RFC9068 §4")
        @DisplayName("the issuer is exactly the one that is configured")
        void issuer_almostTheSame_refused() {
            assertPermitted(sound().claim("iss", ISSUER.issuer()));
            assertRefused(sound().claim("iss", ISSUER.issuer() + "/"), "issuer-unknown");
        }

        @Test
        @Requirement("RFC9068 §4")
        @DisplayName("the audience names this resource")
        void audience_another_refused() {
            assertPermitted(sound().audience("https://other.example.com", "https://api.example.com/contacts"));
            assertRefused(sound().audience("https://other.example.com"), "audience");
        }

        @Test
        @Requirement("RFC9068 §4")
        @DisplayName("the signature is by a key of that issuer")
        void signature_byAnother_refused() {
            try (TestIssuer other = TestIssuer.start()) {
                assertRefused(sound().signedBy(other.signingKey(JWSAlgorithm.RS256)), "signature");
            }
        }

        @ParameterizedTest
        @CsvSource({"-29, true", "-30, false", "-31, false"})
        @Requirement("RFC9068 §4")
        @DisplayName("it is before exp, give or take a small leeway")
        void expiry_toTheSecond(long seconds, boolean permitted) {
            TokenBuilder token = sound().expiresAt(NOW.plusSeconds(seconds));
            if (permitted) {
                assertPermitted(token);
            } else {
                assertRefused(token, "expired");
            }
        }

        @Test
        @Requirement("RFC9068 §4")
        @DisplayName("a failure is answered as RFC 6750 says, and repeats no claim")
        void failure_answered_withoutAnyClaim() {
            TokenBuilder token = sound().subject("alice-of-wonderland").audience("https://else.example.com");

            Answer answer =
                    ((Conclusion.Answered) server.judge(request("GET", token), () -> Surroundings.NONE)).answer();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers())
                    .anySatisfy(header ->
                            assertThat(header.value()).startsWith("Bearer ").contains("error=\"invalid_token\""));
            assertThat(answer.toString()).doesNotContain("wonderland", "else.example.com");
        }

        @Test
        @Requirement("RFC9470 §3")
        @DisplayName("how the user logged in can be asked for")
        void authentication_tooWeak_refused() {
            assertThat(server.decide(request("DELETE", sound().claim("acr", "gold"))))
                    .isInstanceOf(Decision.Permitted.class);
            assertThat(server.decide(request("DELETE", sound().claim("acr", "silver"))))
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            refused -> assertThat(refused.reason().code()).isEqualTo("authentication-too-weak"));
        }
    }

    private TokenBuilder sound() {
        return ISSUER.token().clock(clock).type("at+jwt").scope("read:contacts");
    }

    private ValidatedToken assertPermitted(TokenBuilder token) {
        Decision decision = server.decide(request("GET", token));
        assertThat(decision).isInstanceOf(Decision.Permitted.class);
        return decision.token().orElseThrow();
    }

    private void assertRefused(TokenBuilder token, String reason) {
        assertThat(server.decide(request("GET", token)))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo(reason));
    }

    private static RequestSnapshot request(String method, TokenBuilder token) {
        return new RequestSnapshot(method, "/contacts", "/contacts", List.of("Bearer " + token.sign()));
    }
}
