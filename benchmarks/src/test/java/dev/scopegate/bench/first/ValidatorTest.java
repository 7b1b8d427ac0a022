package dev.scopegate.bench.first;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.Contenders;
import dev.scopegate.bench.peer.SampleTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured is that good tokens are accepted, and nothing else. */
class ValidatorTest {

    @TempDir
    static Path folder;

    private static SampleTokens tokens;

    @BeforeAll
    static void sign() throws IOException {
        tokens = SampleTokens.make(folder, 2);
    }

    @ParameterizedTest
    @EnumSource
    void measure_goodTokens_oneFigureATurn(Contenders contender) {
        try (Validator validator = new Validator(
                contender, contender.start(tokens, Algorithm.RS256), tokens.signedWith(Algorithm.RS256))) {
            validator.measure(8);
            validator.measure(8);
            assertThat(validator.measured()).hasSize(2).allMatch(micros -> micros > 0);
        }
    }

    @Test
    void measure_tokenThatIsRefused_noFigure() {
        String good = tokens.signedWith(Algorithm.RS256).get(0);
        String forged = good.substring(0, good.length() - 8) + "AAAAAAAA";
        try (Validator validator = new Validator(
                Contenders.SCOPEGATE_VALIDATE,
                Contenders.SCOPEGATE_VALIDATE.start(tokens, Algorithm.RS256),
                List.of(good, forged))) {
            assertThatThrownBy(() -> validator.measure(2)).hasMessage("a good token was refused");
            assertThat(validator.measured()).isEmpty();
        }
    }
}
