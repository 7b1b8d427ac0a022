package dev.scopegate.bench.peer;

import static dev.scopegate.config.CryptoConfig.Provider.ACCP;
import static dev.scopegate.config.CryptoConfig.Provider.CONSCRYPT;
import static dev.scopegate.config.CryptoConfig.Provider.JCA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.CryptoConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer that verifies nothing would be quick, and a benchmark against it would say nothing. */
class ContendersTest {

    @TempDir
    static Path folder;

    private static SampleTokens tokens;

    @BeforeAll
    static void sign() throws IOException {
        tokens = SampleTokens.make(folder, 2);
    }

    /** What the tables of the page are made of. */
    static Stream<Arguments> contenders() {
        return Stream.concat(
                combinations(JCA, EnumSet.allOf(Contenders.class)),
                Stream.of(ACCP, CONSCRYPT)
                        // Libraries of native code, which not every machine runs.
                        .filter(provider -> new CryptoConfig(provider).find().isPresent())
                        .flatMap(provider -> combinations(
                                provider,
                                EnumSet.of(Contenders.FLOOR, Contenders.SCOPEGATE_VALIDATE, Contenders.NIMBUS))));
    }

    private static Stream<Arguments> combinations(CryptoConfig.Provider provider, Set<Contenders> contenders) {
        return contenders.stream()
                .flatMap(contender -> Stream.of(Algorithm.values())
                        .filter(algorithm -> contender.knows(algorithm, provider))
                        .map(algorithm -> Arguments.of(contender, algorithm, provider)));
    }

    @ParameterizedTest
    @MethodSource("contenders")
    void accepts_goodToken_andRefusesItsTwinOfAnotherSignature(
            Contenders kind, Algorithm algorithm, CryptoConfig.Provider provider) {
        List<String> good = tokens.signedWith(algorithm);
        try (Contender contender = kind.start(tokens, algorithm, provider, good)) {
            assertThat(good).allMatch(contender::accepts);
            String first = good.get(0);
            String second = good.get(1);
            // The signature of another token, so that it is well-formed and of the right key.
            String bad = first.substring(0, first.lastIndexOf('.')) + second.substring(second.lastIndexOf('.'));
            assertThat(contender.accepts(bad)).isFalse();
            assertThat(contender.accepts(first)).isTrue();
        }
    }
}
