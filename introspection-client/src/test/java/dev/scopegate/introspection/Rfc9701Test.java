package dev.scopegate.introspection;

import static dev.scopegate.introspection.Judged.KEY;
import static dev.scopegate.introspection.Judged.SIGNED;
import static dev.scopegate.introspection.Judged.answer;
import static dev.scopegate.introspection.Judged.by;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.test.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed answers, clause by clause. What goes over the wire is in {@code SignedAnswersIT}. */
class Rfc9701Test {

    private static final String API = "https://api.example.com/contacts";

    private final Judged judged = new Judged();

    @Nested
    @DisplayName("§4: a signed answer is asked for by its media type")
    class Asking {

        @Test
        @Requirement("RFC9701 §4")
        void accept_signedAnswers_isTheirMediaTypeAlone() {
            assertThat(new SignedForm(by(KEY), "contacts-api", judged.clock).accept())
                    .isEqualTo(SIGNED);
            assertThat(new PlainAnswers().accept()).isEqualTo("application/json");
        }
    }

    @Nested
    @DisplayName("§5: the answer has the media type, and the JOSE type, of signed answers")
    class Kinds {

        @Test
        @Requirement("RFC9701 §5")
        void read_signedAnswer_isWhatTheObjectWithinSays() {
            String body = answer().claim(
                            "token_introspection", Map.of("active", true, "sub", "alice", "exp", 1_800_000_000L))
                    .signedBy(KEY);

            assertThat(judged.outcome(body, by(KEY))).isEqualTo("active {exp=1800000000, sub=alice}");
        }

        @ParameterizedTest
        @Requirement("RFC9701 §5")
        @ValueSource(strings = {"application/json", "application/jwt", "text/plain", "application/at+jwt", ""})
        void read_anotherContentType_refused(String contentType) {
            assertThat(judged.outcome(contentType, answer().signedBy(KEY), by(KEY)))
                    .startsWith("MALFORMED_ANSWER: ");
        }

        @ParameterizedTest
        @ValueSource(strings = {SIGNED, "application/json"})
        void read_plainJsonInstead_refusedWhateverItIsCalled(String contentType) {
            assertThat(judged.outcome(contentType, "{\"active\":true,\"sub\":\"alice\"}", by(KEY)))
                    .startsWith("MALFORMED_ANSWER: ");
        }

        @ParameterizedTest
        @Requirement({"RFC9701 §5", "RFC7515 §4.1.9"})
        @ValueSource(
                strings = {
                    "token-introspection+jwt",
                    "application/token-introspection+jwt",
                    "Token-Introspection+JWT",
                })
        void read_typeOfSignedAnswers_taken(String type) {
            judged.assertActive(answer().header("typ", type).signedBy(KEY), by(KEY));
        }

        @ParameterizedTest
        @Requirement({"RFC9701 §5", "RFC8725 §3.11"})
        @ValueSource(strings = {"JWT", "at+jwt", "application/at+jwt", "token-introspection", "secevent+jwt", ""})
        void read_anotherType_refused(String type) {
            judged.assertMalformed(answer().header("typ", type).signedBy(KEY), "the signed answer has another type");
        }

        @Test
        void read_noTypeOrNoText_refused() {
            judged.assertMalformed(answer().withoutHeader("typ").signedBy(KEY), "the signed answer has another type");
            judged.assertMalformed(
                    answer().header("typ", List.of("x")).signedBy(KEY), "the signed answer has another type");
        }
    }

    @Nested
    @DisplayName("§5: the signature is by the issuer")
    class Signed {

        static Stream<Arguments> keys() {
            JWK rsa = AnswerInTheMaking.rsaKey(2048);
            JWK edwards = AnswerInTheMaking.ed25519Key();
            return Stream.of(
                    Arguments.of(JWSAlgorithm.RS256, rsa),
                    Arguments.of(JWSAlgorithm.RS512, rsa),
                    Arguments.of(JWSAlgorithm.PS256, rsa),
                    Arguments.of(JWSAlgorithm.PS384, rsa),
                    Arguments.of(JWSAlgorithm.ES256, KEY),
                    Arguments.of(JWSAlgorithm.ES384, AnswerInTheMaking.ecKey(Curve.P_384)),
                    Arguments.of(JWSAlgorithm.ES512, AnswerInTheMaking.ecKey(Curve.P_521)),
                    Arguments.of(JWSAlgorithm.EdDSA, edwards),
                    Arguments.of(JWSAlgorithm.Ed25519, edwards));
        }

        @ParameterizedTest
        @MethodSource("keys")
        @Requirement("RFC7515 §5.2")
        void read_eachAlgorithm_takenAndItsForgeryRefused(JWSAlgorithm algorithm, JWK key) {
            SignedAnswers how = by(key.toPublicJWK()).algorithms(List.of(algorithm.getName()));
            String good = answer().algorithm(algorithm).signedBy(key);
            String otherClaims = answer().claim("jti", "another").signedBy(KEY).split("\\.", -1)[1];
            String forged = good.replaceFirst("\\.[^.]*\\.", "." + otherClaims + ".");

            judged.assertActive(good, how);
            judged.assertRefused(forged, how, Kind.MALFORMED_ANSWER, "the signature of the answer does not hold");
        }

        @Test
        @Requirement("RFC9701 §5")
        void read_keyOfSomebodyElse_refused() {
            judged.assertRefused(
                    answer().signedBy(AnswerInTheMaking.ecKey(Curve.P_256)),
                    by(KEY),
                    Kind.MALFORMED_ANSWER,
                    "the signature of the answer does not hold");
        }

        @ParameterizedTest
        @Requirement("RFC8725 §3.1")
        @ValueSource(strings = {"none", "HS256", "ES384", "es256", "RS256", "ES256K", ""})
        void read_algorithmThatIsNotAccepted_refused(String algorithm) {
            SignedAnswers how = by(KEY).algorithms(List.of("ES256"));

            judged.assertActive(answer().signedBy(KEY), how);
            judged.assertRefused(
                    answer().header("alg", algorithm).signedBy(KEY),
                    how,
                    Kind.MALFORMED_ANSWER,
                    "the answer is signed by another algorithm");
        }

        @Test
        void read_noSignature_refused() {
            String signed = answer().signedBy(KEY);
            String unsigned = signed.substring(0, signed.lastIndexOf('.') + 1);

            judged.assertMalformed(unsigned, "the answer is not one signed object");
        }

        @Test
        @Requirement("RFC8725 §2.1")
        void read_publicKeyAsTheSecretOfAnHmac_refusedThoughTheSourceOffersIt() throws Exception {
            OctetSequenceKey secret = new OctetSequenceKey.Builder(
                            KEY.toPublicKey().getEncoded())
                    .keyID(AnswerInTheMaking.KEY_ID)
                    .build();
            String forged = answer().algorithm(JWSAlgorithm.HS256)
                    .header("alg", "ES256")
                    .signedBy(secret);

            judged.assertRefused(
                    forged,
                    by(secret),
                    Kind.ENDPOINT_UNAVAILABLE,
                    "the key that the answer is signed with is not known");
        }

        @Test
        @Requirement("RFC7515 §4.1.11")
        void read_criticalExtension_refused() {
            judged.assertMalformed(
                    answer().header("crit", List.of("exp")).header("exp", 1).signedBy(KEY),
                    "the signed answer has a critical extension");
            judged.assertMalformed(
                    answer().header("b64", true).signedBy(KEY), "the signed answer has a critical extension");
        }

        @Test
        void read_keyBroughtAlong_notUsed() {
            ECKey own = AnswerInTheMaking.ecKey(Curve.P_256);
            String forged = answer().header("jwk", own.toPublicJWK().toJSONObject())
                    .header("jku", "https://evil.example.com/keys")
                    .header("x5u", "https://evil.example.com/chain")
                    .header("x5c", List.of("AAAA"))
                    .signedBy(own);
            String good =
                    answer().header("jku", "https://evil.example.com/keys").signedBy(KEY);

            judged.assertMalformed(forged, "the signature of the answer does not hold");
            judged.assertActive(good, by(KEY));
        }

        @Test
        void read_encrypted_refused() {
            judged.assertMalformed("eyJhbGciOiJkaXIifQ..AAAA.AAAA.AAAA", "the answer is encrypted");
        }
    }

    @Nested
    @DisplayName("§5: iss, aud, iat; what is said of the token is in token_introspection")
    class Claims {

        static Stream<Arguments> refused() {
            String audience = "the signed answer is for somebody else";
            String issuer = "the signed answer is by another issuer";
            return Stream.of(
                    refused(issuer, "no iss", answer -> answer.without("iss")),
                    refused(issuer, "iss with a slash", answer -> answer.claim("iss", AnswerInTheMaking.ISSUER + "/")),
                    refused(
                            issuer,
                            "iss in another case",
                            answer -> answer.claim("iss", "https://LOGIN.example.com/realms/contacts")),
                    refused(issuer, "iss in a list", answer -> answer.claim("iss", List.of(AnswerInTheMaking.ISSUER))),
                    refused(audience, "no aud", answer -> answer.without("aud")),
                    refused(audience, "aud of another", answer -> answer.claim("aud", "other-api")),
                    refused(audience, "aud of others", answer -> answer.claim("aud", List.of("other-api", "x"))),
                    refused(audience, "aud of nobody", answer -> answer.claim("aud", List.of())),
                    refused(audience, "aud an object", answer -> answer.claim("aud", Map.of("contacts-api", "1"))),
                    refused(
                            "the signed answer does not say when it was made",
                            "no iat",
                            answer -> answer.without("iat")),
                    refused(
                            "the signed answer does not say when it was made",
                            "iat a text",
                            answer -> answer.claim("iat", "1795000000")),
                    refused(
                            "the signed answer does not say when it was made",
                            "iat beyond time",
                            answer -> answer.claim("iat", 1e300)),
                    refused("the signed answer has expired", "exp a text", answer -> answer.claim("exp", "never")),
                    refused("the signed answer is not valid yet", "nbf a text", answer -> answer.claim("nbf", "now")),
                    refused(
                            "the signed answer says nothing about a token",
                            "no object",
                            answer -> answer.without("token_introspection").claim("active", true)),
                    refused(
                            "the signed answer says nothing about a token",
                            "a list",
                            answer -> answer.claim("token_introspection", List.of(Map.of("active", true)))),
                    refused(
                            "the signed answer says nothing about a token",
                            "a text",
                            answer -> answer.claim("token_introspection", "{\"active\":true}")));
        }

        private static Arguments refused(String message, String name, UnaryOperator<AnswerInTheMaking> change) {
            return Arguments.of(name, change, message);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("refused")
        @Requirement("RFC9701 §5")
        void read_claimThatIsNotAsItShouldBe_refused(
                String name, UnaryOperator<AnswerInTheMaking> change, String message) {
            judged.assertMalformed(change.apply(answer()).signedBy(KEY), message);
        }

        @Test
        @Requirement("RFC9701 §5")
        void read_audienceThatHoldsOneOfOurs_taken() {
            judged.assertActive(
                    answer().claim("aud", List.of("x", "contacts-api")).signedBy(KEY), by(KEY));
            judged.assertActive(
                    answer().claim("aud", API).signedBy(KEY),
                    by(KEY).audience("urn:x").audience(API));
            judged.assertMalformed(answer().claim("aud", API).signedBy(KEY), "the signed answer is for somebody else");
        }

        @ParameterizedTest
        @CsvSource({
            // claim, seconds from now, taken: with 60 s of skew, and 300 s for the age
            "iat, -360, true",
            "iat, -361, false",
            "iat, 60, true",
            "iat, 61, false",
            "exp, -59, true",
            "exp, -60, false",
            "exp, 1, true",
            "nbf, 60, true",
            "nbf, 61, false",
        })
        @Requirement({"RFC7519 §4.1.4", "RFC7519 §4.1.5"})
        void read_times_takenUpToTheSecond(String claim, long seconds, boolean taken) {
            String body = answer().claim(claim, judged.clock.instant().getEpochSecond() + seconds)
                    .signedBy(KEY);

            assertThat(judged.outcome(body, by(KEY)).startsWith("active")).isEqualTo(taken);
        }

        @ParameterizedTest
        @CsvSource({"0, 300, true", "0, 301, false", "5, 305, true", "5, 306, false"})
        void read_answerThatSomebodyKept_refusedByTheClock(long skew, long later, boolean taken) {
            SignedAnswers how = by(KEY).clockSkew(Duration.ofSeconds(skew));
            String body = answer().signedBy(KEY);

            judged.clock.advance(Duration.ofSeconds(later));

            assertThat(judged.outcome(body, how).startsWith("active")).isEqualTo(taken);
        }

        @Test
        @Requirement("RFC9701 §5")
        void read_inactive_isASignedObjectToo() {
            String inactive = answer().claim("token_introspection", Map.of("active", false))
                    .signedBy(KEY);
            String unsure = answer().claim("token_introspection", Map.of("active", "true"))
                    .signedBy(KEY);
            String silent = answer().claim("token_introspection", Map.of()).signedBy(KEY);

            assertThat(List.of(
                            judged.outcome(inactive, by(KEY)),
                            judged.outcome(unsure, by(KEY)),
                            judged.outcome(silent, by(KEY))))
                    .containsOnly("inactive");
        }

        @Test
        @Requirement("RFC9701 §5")
        void read_claimsAboutTheAnswer_areNotTakenForClaimsAboutTheToken() {
            String body = answer().claim("active", true)
                    .claim("sub", "mallory")
                    .claim("scope", "admin")
                    .claim("token_introspection", Map.of("active", false))
                    .signedBy(KEY);
            String active = answer().claim("scope", "admin").signedBy(KEY);

            assertThat(judged.outcome(body, by(KEY))).isEqualTo("inactive");
            assertThat(judged.outcome(active, by(KEY))).isEqualTo("active {sub=alice}");
        }
    }
}
