package dev.scopegate;

import static dev.scopegate.IntrospectionScene.asked;
import static dev.scopegate.IntrospectionScene.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.IntrospectionConfig.Tokens;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.model.Access;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several issuers that are asked about tokens: each learns of the tokens that can be its own, and of no other. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpaqueTokenOwnersTest {

    @RegisterExtension
    static final TestIssuer PLAIN = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer OTHER = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer SHORT = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer LONG = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer SIGNING = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer UNKNOWN = TestIssuer.start();

    private static final Map<String, TestIssuer> ISSUERS = Map.of(
            "plain", PLAIN, "other", OTHER, "short", SHORT, "long", LONG, "signing", SIGNING, "unknown", UNKNOWN);

    private IntrospectionScene scene;

    @BeforeAll
    void start() {
        scene = IntrospectionScene.of(
                List.of(
                        asked("plain", PLAIN, how -> how.tokens(Tokens.ALL)),
                        asked("other", OTHER, how -> how),
                        asked("short", SHORT, how -> how.tokenPrefix("at_")),
                        asked("long", LONG, how -> how.tokenPrefix("at_long_").tokens(Tokens.ALL)),
                        IssuerConfig.builder(SIGNING.issuer()).name("signing").build()),
                route("/of-plain", "plain"),
                route("/of-other", "other"),
                route("/of-short", "short"),
                route("/of-long", "long"),
                route("/of-signing", "signing"),
                route("/of-most", "plain", "short", "long", "signing"),
                RouteConfig.of("GET /closed", Access.DENY),
                RouteConfig.of("GET /open", Access.PUBLIC));
    }

    @AfterAll
    void close() {
        scene.close();
    }

    private static RouteConfig route(String path, String... issuers) {
        return RouteConfig.builder("GET " + path).issuer(List.of(issuers)).build();
    }

    /** Each token is one that every issuer would call active: whoever is asked vouches for it. */
    @ParameterizedTest
    @Requirement("RFC7662 §4")
    @CsvSource({
        // No prefix fits: the one issuer without a prefix that the route takes.
        "/of-plain,   x,        plain, PERMITTED",
        "/of-other,   x,        other, PERMITTED",
        "/of-most,    x,        plain, PERMITTED",
        "/of-most,    at,       plain, PERMITTED",
        "/of-most,    AT_,      plain, PERMITTED",
        "/of-most,    xat_,     plain, PERMITTED",
        // None: nobody is asked.
        "/of-short,   x,        '',    TOKEN_MALFORMED",
        "/of-long,    at,       '',    TOKEN_MALFORMED",
        "/of-signing, x,        '',    TOKEN_MALFORMED",
        // More than one, on a route that is denied anyway: nobody is asked.
        "/closed,     x,        '',    TOKEN_MALFORMED",
        "/nowhere,    x,        '',    TOKEN_MALFORMED",
        // The longest prefix that fits.
        "/of-short,   at_,      short, PERMITTED",
        "/of-most,    at_,      short, PERMITTED",
        "/of-most,    at_long,  short, PERMITTED",
        "/of-long,    at_long_, long,  PERMITTED",
        "/of-most,    at_long_, long,  PERMITTED",
        // It fits an issuer that the route does not take: that one is not asked, and no other one either.
        "/of-plain,   at_,      '',    ISSUER_NOT_ACCEPTED",
        "/of-short,   at_long_, '',    ISSUER_NOT_ACCEPTED",
        "/of-signing, at_long_, '',    ISSUER_NOT_ACCEPTED",
        "/of-long,    at_,      '',    ISSUER_NOT_ACCEPTED",
        // A public route looks at no token.
        "/open,       at_,      '',    PERMITTED",
    })
    void opaqueToken_onARoute_sentToItsOwnerAlone(String path, String beginning, String sentTo, String verdict) {
        String token = token(beginning);

        assertThat(scene.verdict("GET", path, token)).isEqualTo(verdict);
        assertThat(receivers(token)).isEqualTo(sentTo);
    }

    @ParameterizedTest
    @CsvSource({"/of-plain, x", "/of-most, at_", "/of-long, at_long_"})
    void opaqueToken_itsOwnerCallsItInactive_noOtherIsTried(String path, String beginning) {
        String token = token(beginning);
        assertThat(scene.verdict("GET", path, token)).isEqualTo("PERMITTED");
        String owner = receivers(token);
        says(Objects.requireNonNull(ISSUERS.get(owner)), token, Map.of("active", false));
        scene.clock().advance(Duration.ofMinutes(2));

        assertThat(scene.verdict("GET", path, token)).isEqualTo("INACTIVE");
        assertThat(receivers(token)).isEqualTo(owner);
    }

    /** A JWT goes by its issuer alone, whatever it begins with and whichever issuers the route takes. */
    @ParameterizedTest
    @Requirement("RFC7662 §4")
    @CsvSource({
        "plain,   /of-plain,   plain, PERMITTED",
        "plain,   /of-most,    plain, PERMITTED",
        "long,    /of-most,    long,  PERMITTED",
        "short,   /of-most,    '',    PERMITTED",
        "signing, /of-most,    '',    PERMITTED",
        "other,   /of-plain,   '',    ISSUER_NOT_ACCEPTED",
        "unknown, /of-plain,   '',    ISSUER_UNKNOWN",
        "unknown, /of-most,    '',    ISSUER_UNKNOWN",
    })
    void jwt_onARoute_sentToItsIssuerIfThatIsAskedAboutAll(String issuer, String path, String sentTo, String verdict) {
        String token = Objects.requireNonNull(ISSUERS.get(issuer))
                .token()
                .clock(scene.clock())
                .sign();
        ISSUERS.values().forEach(each -> says(each, token, Map.of()));

        assertThat(scene.verdict("GET", path, token)).isEqualTo(verdict);
        assertThat(receivers(token)).isEqualTo(sentTo);
    }

    @Test
    @Requirement("RFC7662 §4")
    void jwt_failsHere_sentToNobody() {
        String good = PLAIN.token().clock(scene.clock()).sign();
        List<String> bad = List.of(
                good.substring(0, good.lastIndexOf('.')) + ".AAAA",
                PLAIN.token()
                        .clock(scene.clock())
                        .audience("https://else.example.com")
                        .sign(),
                PLAIN.token()
                        .clock(scene.clock())
                        .expiresAt(scene.clock().instant().minusSeconds(31))
                        .sign(),
                PLAIN.token().clock(scene.clock()).unsigned().sign(),
                good + ".x");

        for (String token : bad) {
            ISSUERS.values().forEach(each -> says(each, token, Map.of()));
            assertThat(scene.verdict("GET", "/of-plain", token)).isNotIn("PERMITTED", "UNDECIDED");
            assertThat(receivers(token)).isEmpty();
        }
    }

    private static String token(String beginning) {
        String token = beginning + UUID.randomUUID();
        ISSUERS.values().forEach(issuer -> says(issuer, token, Map.of()));
        return token;
    }

    /** The names of those who were asked about a token. */
    private static String receivers(String token) {
        return String.join(
                " ",
                ISSUERS.entrySet().stream()
                        .filter(issuer -> asked(issuer.getValue(), token) > 0)
                        .map(Map.Entry::getKey)
                        .toList());
    }
}
