package dev.scopegate.introspection;

import static dev.scopegate.introspection.Judged.KEY;
import static dev.scopegate.introspection.Judged.answer;
import static dev.scopegate.introspection.Judged.by;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys may have signed an answer, and in what form it is read at all. The clauses of RFC 9701 are in {@code Rfc9701Test}. */
class SignedFormTest {

    private final Judged judged = new Judged();

    @Test
    void read_unknownKey_noVerdictAndNobodysForgery() {
        judged.assertRefused(
                answer().signedBy(KEY),
                by(),
                Kind.ENDPOINT_UNAVAILABLE,
                "the key that the answer is signed with is not known");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void read_keysNotToBeHad_noVerdictWhateverTheFailure(IOException failure) {
        SignedAnswers how = SignedAnswers.by(AnswerInTheMaking.ISSUER, (algorithm, keyId) -> {
            throw failure;
        });

        judged.assertRefused(
                answer().signedBy(KEY),
                how,
                Kind.ENDPOINT_UNAVAILABLE,
                "the keys that answers are signed with are not to be had");
    }

    static Stream<JWK> unfit() {
        JWK p384 = AnswerInTheMaking.ecKey(Curve.P_384);
        return Stream.of(
                p384,
                new ECKey.Builder(KEY).keyID("another").build(),
                new ECKey.Builder(KEY).keyID(null).build(),
                new ECKey.Builder(KEY).keyUse(KeyUse.ENCRYPTION).build(),
                new ECKey.Builder(KEY).keyOperations(Set.of(KeyOperation.SIGN)).build(),
                new ECKey.Builder(KEY).algorithm(new Algorithm("ES384")).build(),
                AnswerInTheMaking.ed25519Key());
    }

    @ParameterizedTest
    @MethodSource("unfit")
    @Requirement("RFC7517 §4")
    void read_keyThatIsForSomethingElse_isNotTheKey(JWK unfit) {
        judged.assertRefused(
                answer().signedBy(KEY),
                by(unfit),
                Kind.ENDPOINT_UNAVAILABLE,
                "the key that the answer is signed with is not known");
    }

    @Test
    void read_keyThatSaysItIsForThis_taken() {
        JWK marked = new ECKey.Builder(KEY)
                .keyUse(KeyUse.SIGNATURE)
                .keyOperations(Set.of(KeyOperation.VERIFY))
                .algorithm(JWSAlgorithm.ES256)
                .build();

        judged.assertActive(answer().signedBy(KEY), by(marked));
    }

    @Test
    @Requirement("RFC7518 §3.3")
    void read_smallRsaKey_isNoKey() {
        JWK small = AnswerInTheMaking.rsaKey(1024);

        judged.assertRefused(
                answer().algorithm(JWSAlgorithm.RS256).signedBy(small),
                by(small),
                Kind.ENDPOINT_UNAVAILABLE,
                "the key that the answer is signed with is not known");
    }

    @Test
    void read_noKeyNamed_fourAreTriedAndNoMore() {
        String unnamed = answer().withoutHeader("kid").signedBy(KEY);
        List<JWK> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(AnswerInTheMaking.ecKey(Curve.P_256));
        }
        JWK[] last = Stream.concat(others.stream().limit(3), Stream.of(KEY)).toArray(JWK[]::new);
        JWK[] tooLate = Stream.concat(others.stream(), Stream.of(KEY)).toArray(JWK[]::new);

        judged.assertActive(unnamed, by(last));
        judged.assertRefused(unnamed, by(tooLate), Kind.MALFORMED_ANSWER, "the signature of the answer does not hold");
    }

    @Test
    void read_nameThatIsNoText_refused() {
        judged.assertMalformed(
                answer().header("kid", 1).signedBy(KEY), "the signed answer names its key by something else than text");
    }

    @Test
    void find_keysOfNimbus_byNameAndType() throws IOException {
        JWK other = new ECKey.Builder(AnswerInTheMaking.ecKey(Curve.P_256))
                .keyID("key-2")
                .build();
        AnswerKeys keys =
                AnswerKeys.of(new ImmutableJWKSet<>(new JWKSet(List.of(KEY, other, AnswerInTheMaking.ed25519Key()))));

        assertThat(keys.find(JWSAlgorithm.ES256, Optional.of("key-1"))).containsExactly(KEY);
        assertThat(keys.find(JWSAlgorithm.ES256, Optional.empty())).containsExactly(KEY, other);
        assertThat(keys.find(JWSAlgorithm.ES256, Optional.of("key-3"))).isEmpty();
    }

    static Stream<IOException> failures() {
        return Stream.of(new IOException("down"), new ProtocolException("html"));
    }

    static Stream<String> unreadable() {
        String good = answer().signedBy(KEY);
        String[] parts = good.split("\\.", -1);
        return Stream.of(
                "",
                ".",
                "..",
                "...",
                parts[0] + "." + parts[1],
                good + ".",
                good + ".AAAA",
                good + ".A.B.C",
                good + "\n",
                " " + good,
                good + "=",
                parts[0] + "=." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1] + "." + parts[2].substring(0, 85) + "B",
                "\"" + good + "\"",
                answer().rawHeader("{\"alg\":\"ES256\",\"alg\":\"ES256\",\"typ\":\"token-introspection+jwt\"}")
                        .signedBy(KEY),
                answer().rawHeader("{\"alg\":\"ES256\",\"typ\":\"token-introspection+jwt\",\"kid\":null}")
                        .signedBy(KEY),
                answer().rawHeader("[\"ES256\"]").signedBy(KEY),
                answer().rawHeader("{\"alg\":\"ES256\"} x").signedBy(KEY));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    @Requirement({"RFC7515 §7.1", "RFC4648 §3.5"})
    void read_notOneSignedObject_refused(String body) {
        judged.assertMalformed(body, "the answer is not one signed object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"iss\":\"a\",\"iss\":\"b\"}",
                "{\"token_introspection\":{\"active\":false,\"active\":true}}",
                "{\"iat\":1} x",
                "[]",
                "true",
            })
    @Requirement("RFC7519 §4")
    void read_claimsThatAreNotOneStrictObject_refused(String claims) {
        judged.assertMalformed(
                answer().rawClaims(claims).signedBy(KEY), "the signed answer is not one strict JSON object");
    }
}
