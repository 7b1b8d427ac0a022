package dev.scopegate.validate.keys;

import static dev.scopegate.VectorFiles.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.VectorFiles;
import dev.scopegate.config.CryptoConfig;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.Vectors;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of Wycheproof for signatures as such, without a token around them. */
class WycheproofPrimitivesTest {

    private static final String FILES = """
            file                              | algorithm | valid | invalid | acceptable
            ecdsa_secp256r1_sha256_p1363_test | ES256     | 173   | 89      | 0
            ecdsa_secp384r1_sha384_p1363_test | ES384     | 193   | 87      | 0
            ecdsa_secp521r1_sha512_p1363_test | ES512     | 231   | 87      | 0
            ed25519_test                      | EdDSA     | 88    | 63      | 0
            ed25519_test                      | Ed25519   | 88    | 63      | 0
            rsa_signature_2048_sha256_test    | RS256     | 9     | 249     | 1
            rsa_pss_2048_sha256_mgf1_32_test  | PS256     | 63    | 45      | 0
            """;

    /**
     * Valid, and refused by the ECDSA of JDK 17: it does not reduce the x-coordinate of the point modulo the order before it
     * compares. Of the signatures that are made about one in 2^128 is such a one with P-256, and fewer with the other curves.
     * JDK 25 accepts them.
     */
    private static final Map<String, Set<Integer>> NOT_REDUCED = Map.of(
            "ecdsa_secp256r1_sha256_p1363_test", Set.of(115, 257),
            "ecdsa_secp384r1_sha384_p1363_test", Set.of(147, 275),
            "ecdsa_secp521r1_sha512_p1363_test", Set.of(184, 313));

    private static final Optional<Provider> CONSCRYPT = new CryptoConfig(CryptoConfig.Provider.CONSCRYPT).find();

    private static final Set<JWSAlgorithm> TRUSTED =
            CONSCRYPT.map(ProviderTrial::passedBy).orElse(Set.of());

    /** The verdicts on the tests of one label; {@code wrong} are those that it does not say. */
    private record Tally(int agreeing, int all, List<Integer> wrong) {

        static Tally of(List<Verdict> verdicts, String label) {
            List<Verdict> ours = verdicts.stream()
                    .filter(verdict -> verdict.label.equals(label))
                    .toList();
            List<Integer> wrong = ours.stream()
                    .filter(verdict -> verdict.verified != label.equals("valid"))
                    .map(Verdict::id)
                    .toList();
            return new Tally(ours.size() - wrong.size(), ours.size(), wrong);
        }

        @Override
        public String toString() {
            return agreeing + " of " + all;
        }
    }

    private record Verdict(int id, String label, boolean verified) {}

    @ParameterizedTest
    @CsvSource(textBlock = FILES, delimiter = '|', useHeadersInDisplayName = true)
    @Requirement("RFC7518 §3.1")
    void verifies_byTheRuntime_asTheLabelSays(
            String file, JWSAlgorithm algorithm, int valid, int invalid, int acceptable) {
        check(
                file,
                algorithm,
                "the runtime",
                Signatures.byRuntime(),
                NOT_REDUCED.getOrDefault(file, Set.of()),
                valid,
                invalid,
                acceptable);
    }

    @ParameterizedTest
    @CsvSource(textBlock = FILES, delimiter = '|', useHeadersInDisplayName = true)
    void verifies_byConscryptWhereItPassesTheTrial_asTheLabelSays(
            String file, JWSAlgorithm algorithm, int valid, int invalid, int acceptable) {
        assumeTrue(CONSCRYPT.isPresent(), "no Conscrypt for this machine");
        assumeTrue(TRUSTED.contains(algorithm), "Conscrypt does not pass the trial for " + algorithm);

        check(file, algorithm, "Conscrypt", Signatures.by(CONSCRYPT.get()), Set.of(), valid, invalid, acceptable);
    }

    /** Of the keys in these files a published set may hold all, but those with the exponent 3. */
    @ParameterizedTest
    @CsvSource({
        "ecdsa_secp256r1_sha256_p1363_test, 0",
        "ecdsa_secp384r1_sha384_p1363_test, 0",
        "ecdsa_secp521r1_sha512_p1363_test, 0",
        "ed25519_test,                      0",
        "rsa_signature_2048_sha256_test,    2",
        "rsa_pss_2048_sha256_mgf1_32_test,  0",
    })
    void read_keyOfEachGroup_usedUnlessWeak(String file, int weak) {
        List<JsonNode> groups = groups(file);
        List<String> refused = groups.stream()
                .map(group -> jwk(group).toJSONString())
                .filter(key -> new JwkSetReader("vectors")
                        .read("{\"keys\":[" + key + "]}")
                        .isEmpty())
                .toList();

        assertThat(refused).hasSize(weak).allSatisfy(key -> assertThat(key).contains("\"e\":\"Aw\""));
    }

    private static void check(
            String file,
            JWSAlgorithm algorithm,
            String by,
            SignatureVerifier signatures,
            Set<Integer> mayRefuse,
            int valid,
            int invalid,
            int acceptable) {
        List<Verdict> verdicts = verdicts(file, algorithm, signatures);
        Tally ofValid = Tally.of(verdicts, "valid");
        Tally ofInvalid = Tally.of(verdicts, "invalid");
        Tally free = Tally.of(verdicts, "acceptable");

        Vectors.printScore(
                System.out,
                "Wycheproof " + algorithm + " by " + by,
                "%s valid, %s invalid agree, %d free".formatted(ofValid, ofInvalid, free.all));
        assertThat(mayRefuse).containsAll(ofValid.wrong);
        assertThat(ofInvalid.wrong).isEmpty();
        assertThat(List.of(ofValid.all, ofInvalid.all, free.all)).containsExactly(valid, invalid, acceptable);
    }

    private static List<Verdict> verdicts(String file, JWSAlgorithm algorithm, SignatureVerifier signatures) {
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonNode group : groups(file)) {
            JWK key = jwk(group);
            for (JsonNode test : group.path("tests")) {
                boolean verified = signatures.verifies(key, algorithm, octets(test, "msg"), octets(test, "sig"));
                verdicts.add(new Verdict(
                        test.path("tcId").asInt(), test.path("result").asText(), verified));
            }
        }
        return verdicts;
    }

    private static List<JsonNode> groups(String file) {
        return each(VectorFiles.read("wycheproof", file + ".json").path("testGroups"))
                .toList();
    }

    /** The key of a group: as JWK where it has one, under whichever name, and else from its SubjectPublicKeyInfo. */
    private static JWK jwk(JsonNode group) {
        JsonNode jwk = group.path(group.has("keyJwk") ? "keyJwk" : "publicKeyJwk");
        try {
            if (!jwk.isMissingNode()) {
                return JWK.parse(jwk.toString());
            }
            ECPublicKey key = (ECPublicKey)
                    KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(octets(group, "publicKeyDer")));
            return new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key).build();
        } catch (ParseException | GeneralSecurityException broken) {
            throw new IllegalArgumentException(group.toString(), broken);
        }
    }

    private static byte[] octets(JsonNode node, String member) {
        return HexFormat.of().parseHex(node.path(member).asText());
    }
}
