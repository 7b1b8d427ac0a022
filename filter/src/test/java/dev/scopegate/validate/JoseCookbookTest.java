package dev.scopegate.validate;

import static dev.scopegate.VectorFiles.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.CapturedLog;
import dev.scopegate.VectorFiles;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.Vectors;
import dev.scopegate.validate.keys.IssuerKeys;
import dev.scopegate.validate.keys.KeyLookup;
import dev.scopegate.validate.keys.VectorKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of RFC 7520, RFC 8037 and RFC 7797. Signed and compact ones verify; nothing else is a token here. */
class JoseCookbookTest {

    private static final String FOLDER = "jose-cookbook";

    /** JSON is no compact serialisation, whatever the number of the dots in it. */
    private static final Set<RefusalReason> NOT_COMPACT =
            Set.of(RefusalReason.TOKEN_MALFORMED, RefusalReason.TOKEN_ENCRYPTED);

    private static List<Example> examples;

    /** One text of an example; it has to be refused for one of these reasons, or accepted if there are none. */
    record Example(String name, String text, VectorIssuer issuer, Set<RefusalReason> reasons) {

        boolean isAsExpected() {
            Optional<RefusalReason> refusal = issuer.refusal(text);
            return refusal.map(reasons::contains).orElse(reasons.isEmpty());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void readExamples() {
        List<Example> all = new ArrayList<>();
        for (Path file : VectorFiles.in(FOLDER + "/jws")) {
            JsonNode example = VectorFiles.read(file);
            boolean detached = name(file).startsWith("4_5");
            add(all, name(file), example, detached ? Set.of(RefusalReason.SIGNATURE) : Set.of());
        }
        add(all, "curve25519/jws", VectorFiles.read(FOLDER, "curve25519/jws.json"), Set.of());
        add(
                all,
                "curve25519/ecdh-es",
                VectorFiles.read(FOLDER, "curve25519/ecdh-es.json"),
                Set.of(RefusalReason.TOKEN_ENCRYPTED));
        for (Path file : VectorFiles.in(FOLDER + "/rfc7797")) {
            add(all, name(file), VectorFiles.read(file), Set.of(RefusalReason.TOKEN_MALFORMED));
        }
        for (Path file : VectorFiles.in(FOLDER + "/jwe")) {
            add(all, name(file), VectorFiles.read(file), Set.of(RefusalReason.TOKEN_ENCRYPTED));
        }
        JsonNode nested = VectorFiles.read(FOLDER, "6.nesting_signatures_and_encryption.json");
        add(all, "6 inner", nested.path("sign"), Set.of());
        add(all, "6 nested", nested.path("encrypt"), Set.of(RefusalReason.TOKEN_ENCRYPTED));
        examples = all;
    }

    static List<Example> examples() {
        return examples;
    }

    private static void add(List<Example> all, String name, JsonNode example, Set<RefusalReason> ofCompact) {
        VectorIssuer issuer = issuer(example.path("input").path("key"));
        JsonNode output = example.path("output");
        assertThat(output).as(name).isNotEmpty();
        output.fields().forEachRemaining(form -> {
            boolean compact = form.getKey().equals("compact");
            all.add(new Example(
                    name + " " + form.getKey(),
                    compact ? form.getValue().asText() : form.getValue().toString(),
                    issuer,
                    compact ? ofCompact : NOT_COMPACT));
        });
    }

    private static VectorIssuer issuer(JsonNode key) {
        return key.path("alg").asText().startsWith("HS") ? VectorIssuer.sharing(key) : VectorIssuer.publishingOne(key);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    @Requirement({"RFC7515 §5.2", "RFC7515 §7.1"})
    void refusal_eachExample_unlessSignedAndCompact(Example example) {
        assertThat(example.isAsExpected())
                .as(() -> example + ": " + example.issuer.refusal(example.text))
                .isTrue();
    }

    @Test
    void refusal_allExamples_score() {
        long right = examples.stream().filter(Example::isAsExpected).count();
        long accepted =
                examples.stream().filter(example -> example.reasons.isEmpty()).count();

        Vectors.printScore(
                System.out,
                "JOSE cookbook",
                "%d of %d texts as expected, %d of them accepted".formatted(right, examples.size(), accepted));
        assertThat(right).isEqualTo(examples.size());
        assertThat(accepted).isEqualTo(6);
    }

    @Test
    @Requirement("RFC7515 §5.2")
    void refusal_acceptedExampleTampered_signature() {
        assertThat(examples).filteredOn(example -> example.reasons.isEmpty()).allSatisfy(example -> {
            int middle = example.text.lastIndexOf('.') + 20;
            char other = example.text.charAt(middle) == 'A' ? 'B' : 'A';
            assertThat(example.issuer.refusal(
                            example.text.substring(0, middle) + other + example.text.substring(middle + 1)))
                    .contains(RefusalReason.SIGNATURE);
        });
    }

    /** The one text of RFC 7797 that is compact fails for its payload; here its header is looked at alone. */
    @ParameterizedTest
    @CsvSource({"4.2.hmac-sha2_b64_false", "hmac-sha2_b64_false"})
    @Requirement({"RFC7797 §7", "RFC7515 §4.1.11"})
    void read_headerOfAnUnencodedPayload_refused(String name) {
        String header = VectorFiles.read(FOLDER, "rfc7797/" + name + ".json")
                .path("output")
                .path("json_flat")
                .path("protected")
                .asText();

        assertThat(JoseHeader.read(header)).isEqualTo(new JoseHeader.Reading.Unreadable(RefusalReason.HEADER));
    }

    @ParameterizedTest
    @CsvSource({
        "3_1.ec_public_key,   ES512, false",
        "3_2.ec_private_key,  ES512, true",
        "3_3.rsa_public_key,  RS256, false",
        "3_4.rsa_private_key, RS256, true",
    })
    @Requirement({"RFC7517 §4", "RFC7517 §9.2"})
    void find_asymmetricKey_itsPublicPartAndWarnedOfTheOther(String name, JWSAlgorithm algorithm, boolean secret) {
        JsonNode key = VectorFiles.read(FOLDER, "jwk/" + name + ".json");
        List<IssuerKeys> read = new ArrayList<>();

        String log = CapturedLog.during(() -> read.add(VectorKeys.published("{\"keys\":[" + key + "]}")));

        assertThat(read.get(0).find(algorithm, Optional.of(key.path("kid").asText())))
                .isInstanceOfSatisfying(
                        KeyLookup.Found.class,
                        found -> assertThat(found.keys())
                                .singleElement()
                                .matches(published -> !published.isPrivate())
                                .extracting(JWK::getKeyID)
                                .isEqualTo("bilbo.baggins@hobbiton.example"));
        assertThat(log.contains("publishes the secret part of a key")).isEqualTo(secret);
        each(key).forEach(value -> assertThat(log).doesNotContain(value.asText()));
    }

    @ParameterizedTest
    @CsvSource({"3_5.symmetric_key_mac_computation, HS256", "3_6.symmetric_key_encryption, A256GCM"})
    @Requirement("RFC7517 §9.2")
    void find_symmetricKeyThatIsPublished_unknownAndWarned(String name, String algorithm) {
        JsonNode key = VectorFiles.read(FOLDER, "jwk/" + name + ".json");
        List<IssuerKeys> read = new ArrayList<>();

        String log = CapturedLog.during(() -> read.add(VectorKeys.published("{\"keys\":[" + key + "]}")));

        assertThat(key.path("alg").asText()).isEqualTo(algorithm);
        for (String any : List.of("HS256", "HS384", "HS512", algorithm)) {
            assertThat(read.get(0).find(JWSAlgorithm.parse(any), Optional.empty()))
                    .isEqualTo(new KeyLookup.Unknown());
        }
        assertThat(log)
                .contains("publishes the secret part of a key")
                .doesNotContain(key.path("k").asText());
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }
}
