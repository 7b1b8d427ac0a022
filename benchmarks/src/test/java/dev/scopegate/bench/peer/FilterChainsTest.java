package dev.scopegate.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Both filters let the request of the benchmarks pass, and refuse it with a bad token. */
class FilterChainsTest {

    @TempDir
    static Path folder;

    private static SampleTokens tokens;

    @BeforeAll
    static void sign() throws IOException {
        tokens = SampleTokens.make(folder, 2);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void doFilter_goodToken_passes_andItsTwinOfAnotherSignatureDoesNot(FilterChains chain)
            throws IOException, ServletException {
        List<String> good = tokens.signedWith(Algorithm.RS256);
        String first = good.get(0);
        String second = good.get(1);
        String bad = first.substring(0, first.lastIndexOf('.')) + second.substring(second.lastIndexOf('.'));
        try (FilterChains.Started started = chain.start(tokens, Algorithm.RS256)) {
            assertThat(passes(started, first)).isTrue();
            assertThat(passes(started, bad)).isFalse();
            assertThat(passes(started, first)).isTrue();
        }
    }

    private static boolean passes(FilterChains.Started started, String token) throws IOException, ServletException {
        AtomicInteger passed = new AtomicInteger();
        PlainResponse response = new PlainResponse();
        started.filter()
                .doFilter(
                        new PlainRequest(List.of("Bearer " + token)),
                        response,
                        (request, answered) -> passed.incrementAndGet());
        assertThat(response.getStatus()).isEqualTo(passed.get() == 1 ? 200 : 401);
        return passed.get() == 1;
    }
}
