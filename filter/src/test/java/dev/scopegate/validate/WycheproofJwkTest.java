package dev.scopegate.validate;

import static dev.scopegate.VectorFiles.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.scopegate.VectorFiles;
import dev.scopegate.config.ConfigChecks;
import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.FileReference;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.Vectors;
import dev.scopegate.validate.keys.VectorKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JWK vectors of Wycheproof. A set of one key for an HMAC is taken for what a configuration shares with its issuer, and
 * goes through the checks of one; any other set is taken for what an issuer publishes.
 */
class WycheproofJwkTest {

    /**
     * Labelled valid, and refused on purpose: a set of two symmetric keys. A configuration shares one with an issuer, and one
     * that is published is none.
     */
    private static final Set<Integer> EXCEPTIONS = Set.of(2);

    @TempDir
    private static Path folder;

    private static List<Vector> vectors;

    /** One test of the file, the set of its group, and who publishes that, if it is not a shared key. */
    record Vector(int id, JsonNode test, JsonNode set, Optional<VectorIssuer> publisher) {

        boolean isValid() {
            return test.path("result").asText().equals("valid");
        }

        String token() {
            return test.path("jws").asText();
        }

        /** Refused by the configuration, or for a reason; or accepted, which is nothing. */
        Optional<String> refusal() {
            if (publisher.isPresent()) {
                return publisher.get().refusal(token()).map(RefusalReason::name);
            }
            IssuerConfig issuer = sharing(set.path("keys").path(0));
            List<ConfigProblem> problems = ConfigChecks.problems(VectorIssuer.config(issuer));
            if (!problems.isEmpty()) {
                assertThat(problems)
                        .singleElement()
                        .extracting(ConfigProblem::path)
                        .isEqualTo("issuers[0].shared-secret-file");
                return Optional.of("CONFIGURATION");
            }
            String algorithm = issuer.algorithms().get(0);
            byte[] secret = issuer.readSharedSecret().orElseThrow();
            return new VectorIssuer(VectorKeys.shared(secret, algorithm), issuer.algorithms())
                    .refusal(token())
                    .map(RefusalReason::name);
        }

        boolean agrees() {
            return refusal().isEmpty() == isValid();
        }

        @Override
        public String toString() {
            return id + " " + test.path("comment").asText();
        }
    }

    private static IssuerConfig sharing(JsonNode key) {
        try {
            Path file = Files.write(folder.resolve("secret"), VectorIssuer.secret(key));
            return IssuerConfig.builder("https://login.example.com")
                    .algorithms(List.of(key.path("alg").asText()))
                    .sharedSecretFile(Optional.of(new FileReference(file)))
                    .build();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @BeforeAll
    static void readVectors() {
        JsonNode groups =
                VectorFiles.read("wycheproof", "json_web_key_test.json").path("testGroups");
        vectors = each(groups).flatMap(WycheproofJwkTest::vectors).toList();
    }

    static List<Vector> vectors() {
        return vectors;
    }

    private static Stream<Vector> vectors(JsonNode group) {
        JsonNode set = group.path(group.has("public") ? "public" : "private");
        Optional<VectorIssuer> publisher = isShared(set) ? Optional.empty() : Optional.of(VectorIssuer.publishing(set));
        return each(group.path("tests"))
                .map(test -> new Vector(test.path("tcId").asInt(), test, set, publisher));
    }

    private static boolean isShared(JsonNode set) {
        JsonNode keys = set.path("keys");
        return keys.size() == 1
                && VectorIssuer.isSymmetric(keys.path(0))
                && keys.path(0).path("alg").asText().startsWith("HS");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @Requirement("RFC7517 §4")
    void refusal_eachVector_asItsLabelSays(Vector vector) {
        assertThat(vector.refusal().isEmpty())
                .as(() -> vector.test + " " + vector.refusal())
                .isEqualTo(vector.isValid() && !EXCEPTIONS.contains(vector.id));
    }

    @Test
    void refusal_allVectors_score() {
        List<Vector> judged = vectors.stream()
                .filter(vector -> !EXCEPTIONS.contains(vector.id))
                .toList();
        long agreeing = judged.stream().filter(Vector::agrees).count();

        Vectors.printScore(
                System.out,
                "Wycheproof JWK",
                "%d of %d agree, %d declared exception".formatted(agreeing, judged.size(), EXCEPTIONS.size()));
        assertThat(agreeing).isEqualTo(25);
        assertThat(judged).hasSize(25);
    }

    /** That a vector is refused for what it is about. */
    @ParameterizedTest
    @CsvSource({
        // Symmetric keys among public ones, of several, and of one name; keys for encryption.
        "1,  ALGORITHM",
        "2,  ALGORITHM",
        "3,  ALGORITHM",
        "4,  ALGORITHM",
        "25, ALGORITHM",
        "26, ALGORITHM",
        // For encryption; ROCA; 1024 bits; exponent 1.
        "6,  KEY_UNKNOWN",
        "7,  KEY_UNKNOWN",
        "8,  KEY_UNKNOWN",
        "9,  KEY_UNKNOWN",
        // Too short, and empty.
        "10, CONFIGURATION",
        "11, CONFIGURATION",
        "12, CONFIGURATION",
        "16, CONFIGURATION",
        "17, CONFIGURATION",
        "18, CONFIGURATION",
        // An algorithm that there is not; for encryption; a point off the curve, on another one; another type.
        "19, KEY_UNKNOWN",
        "20, KEY_UNKNOWN",
        "21, KEY_UNKNOWN",
        "22, KEY_UNKNOWN",
        "23, KEY_UNKNOWN",
        "24, KEY_UNKNOWN",
    })
    @Requirement("RFC8725 §3.4")
    void refusal_unfitKey_forThatReason(int id, String reason) {
        assertThat(vector(id).refusal()).contains(reason);
    }

    /** Were HMAC allowed for a published set, its symmetric keys would still not be there. */
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "25", "26"})
    @Requirement("RFC7517 §9.2")
    void refusal_hmacByAPublishedKey_keyUnknown(int id) {
        Vector vector = vector(id);
        VectorIssuer careless = new VectorIssuer(VectorKeys.published(vector.set.toString()), List.of("HS256"));

        assertThat(careless.refusal(vector.token())).contains(RefusalReason.KEY_UNKNOWN);
    }

    /** What vectors 2 and 3 are about, with the one key that a configuration would share. */
    @Test
    void refusal_eitherKeyOfTwoAsTheSharedOne_itsOwnTokenAlone() {
        Vector good = vector(2);
        Vector tampered = vector(3);
        VectorIssuer first = VectorIssuer.sharing(good.set.path("keys").path(0));
        VectorIssuer second = VectorIssuer.sharing(good.set.path("keys").path(1));

        assertThat(first.refusal(good.token())).isEmpty();
        assertThat(first.refusal(tampered.token())).contains(RefusalReason.SIGNATURE);
        assertThat(second.refusal(good.token())).contains(RefusalReason.SIGNATURE);
    }

    private static Vector vector(int id) {
        return vectors.stream().filter(vector -> vector.id == id).findFirst().orElseThrow();
    }
}
