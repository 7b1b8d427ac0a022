package dev.scopegate.validate;

import static dev.scopegate.VectorFiles.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.VectorFiles;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.Vectors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JWS vectors of Wycheproof: each token is judged as one of an issuer that has the key of its group. */
class WycheproofJwsTest {

    /** The same octets as 357, which is labelled valid, while these are labelled invalid. */
    private static final Set<Integer> LEFT_OUT = Set.of(367, 370);

    /** Labelled valid, and refused on purpose. */
    private static final Map<Integer, RefusalReason> EXCEPTIONS = Map.of(
            // A question mark inside base64url.
            372, RefusalReason.TOKEN_MALFORMED,
            373, RefusalReason.TOKEN_MALFORMED,
            // The key is for PS256, the token is signed by PS384.
            346, RefusalReason.KEY_UNKNOWN,
            350, RefusalReason.KEY_UNKNOWN,
            // The key is for "ES521", which is no algorithm.
            347, RefusalReason.KEY_UNKNOWN,
            351, RefusalReason.KEY_UNKNOWN);

    /** One test of the file. */
    record Vector(int id, String group, JsonNode test, VectorIssuer issuer) {

        boolean isValid() {
            return test.path("result").asText().equals("valid");
        }

        Optional<RefusalReason> refusal() {
            return issuer.refusal(test.path("jws").asText());
        }

        boolean agrees() {
            return refusal().isEmpty() == isValid();
        }

        @Override
        public String toString() {
            return id + " " + group + " " + test.path("comment").asText();
        }
    }

    private static JsonNode groups;
    private static List<Vector> vectors;

    @BeforeAll
    static void readVectors() {
        groups = VectorFiles.read("wycheproof", "json_web_signature_test.json").path("testGroups");
        vectors = each(groups).flatMap(WycheproofJwsTest::vectors).toList();
    }

    static List<Vector> vectors() {
        return vectors;
    }

    private static Stream<Vector> vectors(JsonNode group) {
        JsonNode key = group.path("private");
        VectorIssuer issuer = VectorIssuer.isSymmetric(key)
                // The zeros of group "base64" would not pass as a configured key; here it is the decoder that is tried.
                ? VectorIssuer.sharing(key)
                : VectorIssuer.publishingOne(group.path("public"));
        return each(group.path("tests"))
                .map(test -> new Vector(
                        test.path("tcId").asInt(), group.path("comment").asText(), test, issuer))
                .filter(vector -> !LEFT_OUT.contains(vector.id));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @Requirement("RFC7515 §5.2")
    void refusal_eachVector_asItsLabelSays(Vector vector) {
        if (EXCEPTIONS.containsKey(vector.id)) {
            assertThat(vector.isValid()).isTrue();
            assertThat(vector.refusal()).contains(EXCEPTIONS.get(vector.id));
        } else {
            assertThat(vector.refusal().isEmpty())
                    .as(() -> vector.test + " " + vector.refusal())
                    .isEqualTo(vector.isValid());
        }
    }

    @Test
    void refusal_allVectors_score() {
        List<Vector> judged = vectors.stream()
                .filter(vector -> !EXCEPTIONS.containsKey(vector.id))
                .toList();
        long agreeing = judged.stream().filter(Vector::agrees).count();

        Vectors.printScore(
                System.out,
                "Wycheproof JWS",
                "%d of %d agree, %d declared exceptions, %d left out"
                        .formatted(agreeing, judged.size(), EXCEPTIONS.size(), LEFT_OUT.size()));
        assertThat(agreeing).isEqualTo(393);
        assertThat(judged).hasSize(393);
        assertThat(vectors)
                .filteredOn(vector -> !vector.agrees())
                .hasSize(6)
                .allSatisfy(vector -> assertThat(EXCEPTIONS).containsKey(vector.id));
    }

    @Test
    void refusal_manipulatedSignature_refusedForNothingElse() {
        assertThat(vectors)
                .filteredOn(vector -> !vector.isValid())
                .filteredOn(vector -> flags(vector).contains("Modified") || vector.group.startsWith("SpecialCase"))
                .hasSizeGreaterThan(200)
                .allSatisfy(vector -> assertThat(vector.refusal()).contains(RefusalReason.SIGNATURE));
    }

    @Test
    void groups_withoutAPublicKey_symmetricAlone() {
        VectorIssuer.assertConfigurable();
        assertThat(each(groups))
                .hasSize(23)
                .allSatisfy(group ->
                        assertThat(group.has("public")).isNotEqualTo(VectorIssuer.isSymmetric(group.path("private"))));
    }

    private static String flags(Vector vector) {
        return vector.test.path("flags").toString();
    }
}
