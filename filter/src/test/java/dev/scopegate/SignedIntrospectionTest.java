package dev.scopegate;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.scopegate.IntrospectionScene.answers;
import static dev.scopegate.IntrospectionScene.asked;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.IssuerConfigBuilder;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code signed-answers: true}: answers are held to the keys, the algorithms and the names of the issuer that was asked. */
@Timeout(60)
class SignedIntrospectionTest {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer OTHER = TestIssuer.start();

    private final IntrospectionScene scene = IntrospectionScene.of(
            List.of(signing(JWSAlgorithm.ES256, JWSAlgorithm.RS256), IssuerConfig.of(OTHER.issuer())),
            RouteConfig.requiring("GET /contacts", "read"));

    private static IssuerConfig signing(JWSAlgorithm... algorithms) {
        return IssuerConfigBuilder.builder(asked("main", ISSUER, how -> how.signedAnswers(true)))
                .algorithms(Stream.of(algorithms).map(JWSAlgorithm::getName).toList())
                .build();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @Requirement("RFC9701 §5")
    @CsvSource({
        "contacts-api,                     ES256, true",
        "https://api.example.com/contacts, ES256, true",
        "contacts-api,                     RS256, true",
        "https://else.example.com,         ES256, false",
        "contacts-api,                     PS256, false",
    })
    void answer_signedByTheIssuer_audienceAndAlgorithmOfTheConfiguration(
            String audience, String algorithm, boolean permitted) {
        String token = signedAnswer(ISSUER, ISSUER, ISSUER.issuer(), audience, JWSAlgorithm.parse(algorithm));

        assertThat(scene.verdict(token)).isEqualTo(permitted ? "PERMITTED" : "UNDECIDED");
    }

    /** Each issuer vouches for its own answers alone, however trusted the other one is. */
    @Test
    @Requirement("RFC9701 §5")
    void answer_signedByAnotherTrustedIssuer_undecided() {
        String foreignKey = signedAnswer(ISSUER, OTHER, ISSUER.issuer(), "contacts-api", JWSAlgorithm.ES256);
        String foreignName = signedAnswer(ISSUER, ISSUER, OTHER.issuer(), "contacts-api", JWSAlgorithm.ES256);
        String twin = signedAnswer(ISSUER, ISSUER, ISSUER.issuer(), "contacts-api", JWSAlgorithm.ES256);

        assertThat(scene.verdict(foreignKey)).isEqualTo("UNDECIDED");
        assertThat(scene.verdict(foreignName)).isEqualTo("UNDECIDED");
        assertThat(scene.verdict(twin)).isEqualTo("PERMITTED");
    }

    @Test
    @Requirement("RFC9701 §5")
    void answer_notSigned_undecidedAndTheSignedFormIsAskedFor() {
        String token = UUID.randomUUID().toString();
        answers(
                ISSUER,
                token,
                okJson("{\"active\":true,\"scope\":\"read\",\"aud\":\"%s\"}".formatted(IntrospectionScene.AUDIENCE)));

        assertThat(scene.verdict(token)).isEqualTo("UNDECIDED");
        ISSUER.wireMock()
                .verify(postRequestedFor(urlEqualTo("/introspect"))
                        .withFormParam("token", equalTo(token))
                        .withHeader("Accept", equalTo("application/token-introspection+jwt")));
    }

    @Test
    void answer_afterTheKeysWereRotated_verifiedByTheNewOnes() {
        try (TestIssuer rotating = TestIssuer.start();
                IntrospectionScene asking = IntrospectionScene.of(
                        List.of(asked("main", rotating, how -> how.signedAnswers(true))),
                        RouteConfig.requiring("GET /contacts", "read"))) {
            String before = signedAnswer(rotating, rotating, rotating.issuer(), "contacts-api", JWSAlgorithm.ES256);
            assertThat(asking.verdict(before)).isEqualTo("PERMITTED");

            rotating.rotateKeys();

            String after = signedAnswer(rotating, rotating, rotating.issuer(), "contacts-api", JWSAlgorithm.ES256);
            assertThat(asking.verdict(after)).isEqualTo("PERMITTED");
        }
    }

    /** A token about which {@code endpoint} answers with such a JWT. */
    private String signedAnswer(
            TestIssuer endpoint, TestIssuer signer, String issuer, String audience, JWSAlgorithm algorithm) {
        String token = UUID.randomUUID().toString();
        answers(
                endpoint,
                token,
                aResponse()
                        .withHeader("Content-Type", "application/token-introspection+jwt")
                        .withBody(signed(signer.signingKey(algorithm), issuer, audience, algorithm)));
        return token;
    }

    private String signed(JWK key, String issuer, String audience, JWSAlgorithm algorithm) {
        try {
            SignedJWT answer = new SignedJWT(
                    new JWSHeader.Builder(algorithm)
                            .type(new JOSEObjectType("token-introspection+jwt"))
                            .keyID(key.getKeyID())
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer(issuer)
                            .audience(audience)
                            .issueTime(Date.from(scene.clock().instant()))
                            .claim(
                                    "token_introspection",
                                    Map.of("active", true, "scope", "read", "aud", IntrospectionScene.AUDIENCE))
                            .build());
            JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
            answer.sign(signer);
            return answer.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
