package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.IssuerConfig.Profile;
import dev.scopegate.config.Secret;
import dev.scopegate.model.Decision;
import dev.scopegate.model.Explanation;
import dev.scopegate.model.Explanation.Check;
import dev.scopegate.model.Explanation.Outcome;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.test.TestIssuer;
import dev.scopegate.test.TokenBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same tokens, as real servers issue them, under each profile. */
class ProfilesTest {

    private static final String AUDIENCE = "https://api.example.com/contacts";
    private static final Map<String, Object> BOUND = Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    private static final Map<Profile, ResourceServer> SERVERS = new EnumMap<>(Profile.class);

    @BeforeAll
    static void start() {
        for (Profile profile : Profile.values()) {
            SERVERS.put(
                    profile,
                    ResourceServer.builder()
                            .resource(AUDIENCE)
                            .issuer(IssuerConfig.builder(ISSUER.issuer())
                                    .profile(profile)
                                    .introspection(IntrospectionConfig.basic(
                                            TestIssuer.CLIENT_ID, Secret.of(TestIssuer.CLIENT_SECRET)))
                                    .build())
                            .route("GET /contacts", "read:contacts")
                            .http(HttpConfig.allowingInsecureLoopback())
                            .meterRegistry(new SimpleMeterRegistry())
                            .build());
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(ResourceServer::close);
    }

    /** Type, algorithm, a claim that is left out, whether it is bound, and what each profile says of it. */
    @ParameterizedTest
    @CsvSource({
        "      , RS256,   ,          false, permitted,   token-type,  algorithm",
        "JWT   , RS256,   ,          false, permitted,   token-type,  algorithm",
        "JWT   , PS256,   ,          false, permitted,   token-type,  token-type",
        "at+jwt, RS256,   ,          false, permitted,   permitted,   algorithm",
        "at+jwt, RS256,   client_id, false, permitted,   claim,       algorithm",
        "at+jwt, PS256,   ,          false, permitted,   permitted,   claim",
        "at+jwt, PS256,   jti,       true,  bound-token, claim,       claim",
        "at+jwt, RS256,   ,          true,  bound-token, bound-token, algorithm",
        // Nothing is wrong with these; that their presenter has the key is what nobody can tell yet.
        "at+jwt, PS256,   ,          true,  bound-token, bound-token, bound-token",
        "at+jwt, ES256,   ,          true,  bound-token, bound-token, bound-token",
        "at+jwt, EdDSA,   ,          true,  bound-token, bound-token, bound-token",
        "at+jwt, Ed25519, ,          true,  bound-token, bound-token, bound-token",
    })
    void decide_tokenOfAServer_asItsProfileSays(
            String type, String algorithm, String without, boolean bound, String jwt, String rfc9068, String fapi2) {
        TokenBuilder builder =
                ISSUER.token().algorithm(JWSAlgorithm.parse(algorithm)).scope("read:contacts");
        if (type != null) {
            builder.type(type);
        }
        if (without != null) {
            builder.without(without);
        }
        if (bound) {
            builder.claim("cnf", BOUND);
        }
        String token = builder.sign();

        assertThat(verdict(Profile.JWT, token)).isEqualTo(jwt);
        assertThat(verdict(Profile.RFC9068, token)).isEqualTo(rfc9068);
        assertThat(verdict(Profile.FAPI2, token)).isEqualTo(fapi2);
    }

    @Test
    void decide_opaqueToken_boundWhereTheProfileAsksForIt() {
        String unbound = ISSUER.opaque(Map.of("aud", AUDIENCE, "scope", "read:contacts"));
        String bound = ISSUER.opaque(Map.of("aud", AUDIENCE, "scope", "read:contacts", "cnf", BOUND));

        assertThat(verdict(Profile.RFC9068, unbound)).isEqualTo("permitted");
        assertThat(verdict(Profile.FAPI2, unbound)).isEqualTo("claim");
        assertThat(verdict(Profile.FAPI2, bound)).isEqualTo("bound-token");
    }

    @Test
    void explain_unboundTokenUnderFapi2_theMissingKeyIsTheFailure() {
        String token = ISSUER.token()
                .algorithm(JWSAlgorithm.PS256)
                .type("at+jwt")
                .scope("read:contacts")
                .sign();

        Explanation explanation = SERVERS.get(Profile.FAPI2).explain(request(token));

        assertThat(explanation.checks())
                .filteredOn(check -> check.outcome() == Outcome.FAILED)
                .extracting(Check::name, Check::expected, Check::actual)
                .singleElement()
                .hasToString("(\"cnf\", \"a key that the token is bound to (jkt or x5t#S256)\", \"none\")");
    }

    private static String verdict(Profile profile, String token) {
        Decision decision = SERVERS.get(profile).decide(request(token));
        return decision instanceof Decision.Refused refused ? refused.reason().code() : "permitted";
    }

    private static RequestSnapshot request(String token) {
        return new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer " + token));
    }
}
