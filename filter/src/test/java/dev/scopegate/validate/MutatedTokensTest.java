package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.Validation;
import dev.scopegate.test.Requirement;
import dev.scopegate.test.TestIssuer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Valid tokens, changed at random, by seeds: whatever the change, the token is refused for a reason that a token by itself can be
 * refused for, and nothing is thrown.
 */
@Timeout(300)
class MutatedTokensTest {

    private static final int MUTATIONS = 20_000;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** What a token is refused for before its claims are judged: one that came as far would be forged. */
    private static final Set<RefusalReason> REASONS = Set.of(
            RefusalReason.CREDENTIALS_MALFORMED,
            RefusalReason.TOKEN_MALFORMED,
            RefusalReason.TOKEN_ENCRYPTED,
            RefusalReason.TOKEN_TYPE,
            RefusalReason.ISSUER_UNKNOWN,
            RefusalReason.ALGORITHM,
            RefusalReason.HEADER,
            RefusalReason.KEY_UNKNOWN,
            RefusalReason.SIGNATURE);

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    /** One way to change a text. */
    @FunctionalInterface
    private interface Mutation {
        String of(String token, Random random);
    }

    private static final List<Mutation> MUTATIONS_OF_TEXT = List.of(
            MutatedTokensTest::bitFlipped,
            MutatedTokensTest::lastSextetChanged,
            MutatedTokensTest::characterReplaced,
            MutatedTokensTest::characterInserted,
            MutatedTokensTest::characterDeleted,
            MutatedTokensTest::otherAlphabet,
            MutatedTokensTest::truncated,
            MutatedTokensTest::partsSwapped,
            MutatedTokensTest::partRepeated,
            MutatedTokensTest::charactersSwapped);

    @ParameterizedTest
    @CsvSource({"RS256, 1", "ES256, 2", "EdDSA, 3"})
    @Requirement({"RFC7515 §5.2", "RFC4648 §3.5"})
    void validate_mutatedToken_refusedUnlessIdentical(JWSAlgorithm algorithm, long seed) {
        JwtValidator validator = LocalValidator.of(ISSUER);
        Random random = new Random(seed);
        String token = ISSUER.token().algorithm(algorithm).type("at+jwt").sign();
        Map<RefusalReason, Integer> reasons = new EnumMap<>(RefusalReason.class);
        // It is remembered from here on, so that a text that was taken for it would pass.
        assertThat(validator.validate(token)).isInstanceOf(Validation.Valid.class);

        for (int i = 0; i < MUTATIONS; i++) {
            String mutated = mutated(token, random);
            Validation verdict = validator.validate(mutated);

            if (mutated.equals(token)) {
                assertThat(verdict).isInstanceOf(Validation.Valid.class);
            } else {
                assertThat(verdict).as(mutated).isInstanceOf(Validation.Refused.class);
                reasons.merge(((Validation.Refused) verdict).reason(), 1, Integer::sum);
            }
        }

        assertThat(REASONS).containsAll(reasons.keySet());
        assertThat(reasons).containsKeys(RefusalReason.SIGNATURE, RefusalReason.TOKEN_MALFORMED);
        assertThat(validator.rememberedTokens()).isEqualTo(1);
    }

    /** One to three changes. */
    private static String mutated(String token, Random random) {
        String text = token;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            text = MUTATIONS_OF_TEXT
                    .get(random.nextInt(MUTATIONS_OF_TEXT.size()))
                    .of(text, random);
        }
        return text;
    }

    private static String bitFlipped(String token, Random random) {
        return replaced(token, random, character -> (char) (character ^ 1 << random.nextInt(8)));
    }

    private static String characterReplaced(String token, Random random) {
        return replaced(token, random, character -> (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
    }

    /** The other spelling of the same sextet, where there is one; and of a few that there are not. */
    private static String otherAlphabet(String token, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> token.replace('-', '+');
            case 1 -> token.replace('_', '/');
            case 2 -> token.replace(".", "=.") + "=";
            default -> token.replace('A', '\u0410');
        };
    }

    /** Bits that decoders drop: the last character of a part stands for fewer than six. */
    private static String lastSextetChanged(String token, Random random) {
        List<String> parts = parts(token);
        int which = random.nextInt(parts.size());
        String part = parts.get(which);
        if (part.isEmpty()) {
            return token;
        }
        int sextet = Math.max(0, ALPHABET.indexOf(part.charAt(part.length() - 1)));
        char other = ALPHABET.charAt(sextet ^ 1 << random.nextInt(4));
        parts.set(which, part.substring(0, part.length() - 1) + other);
        return String.join(".", parts);
    }

    private static String characterInserted(String token, Random random) {
        int at = random.nextInt(token.length() + 1);
        char any =
                random.nextBoolean() ? ALPHABET.charAt(random.nextInt(ALPHABET.length())) : (char) random.nextInt(256);
        return token.substring(0, at) + any + token.substring(at);
    }

    private static String characterDeleted(String token, Random random) {
        if (token.isEmpty()) {
            return token;
        }
        int at = random.nextInt(token.length());
        return token.substring(0, at) + token.substring(at + 1);
    }

    private static String truncated(String token, Random random) {
        int at = random.nextInt(token.length() + 1);
        return random.nextInt(4) == 0 ? token.substring(at) : token.substring(0, at);
    }

    private static String partsSwapped(String token, Random random) {
        List<String> parts = parts(token);
        int one = random.nextInt(parts.size());
        int other = random.nextInt(parts.size());
        String kept = parts.get(one);
        parts.set(one, parts.get(other));
        parts.set(other, kept);
        return String.join(".", parts);
    }

    private static String partRepeated(String token, Random random) {
        List<String> parts = parts(token);
        parts.add(random.nextInt(parts.size() + 1), parts.get(random.nextInt(parts.size())));
        return String.join(".", parts);
    }

    private static String charactersSwapped(String token, Random random) {
        if (token.length() < 2) {
            return token;
        }
        int at = random.nextInt(token.length() - 1);
        return token.substring(0, at) + token.charAt(at + 1) + token.charAt(at) + token.substring(at + 2);
    }

    private static List<String> parts(String token) {
        return new ArrayList<>(List.of(token.split("\\.", -1)));
    }

    /** A character that becomes another one. */
    @FunctionalInterface
    private interface Change {
        char of(char character);
    }

    private static String replaced(String token, Random random, Change change) {
        if (token.isEmpty()) {
            return token;
        }
        int at = random.nextInt(token.length());
        return token.substring(0, at) + change.of(token.charAt(at)) + token.substring(at + 1);
    }
}
