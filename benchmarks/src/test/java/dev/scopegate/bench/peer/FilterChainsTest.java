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

/** All filters let the request of the benchmarks pass, and refuse it with a bad token. */
class FilterChainsTest {

    @TempDir
    static Path folder;

    private static SampleTokens tokens;

    @BeforeAll
    static void sign() throws IOException {
        tokens = SampleTokens.make(folder, 2);
    }

    @ParameterizedTest
    @EnumSource
    void doFilter_goodToken_passes_andItsBadTwinDoesNot(FilterChains chain) throws IOException, ServletException {
        List<String> good = chain.tokens(tokens, Algorithm.RS256);
        String first = good.get(0);
        String bad = badTwin(first, good.get(1));
        try (FilterChains.Started started = chain.start(tokens, Algorithm.RS256)) {
            assertThat(passes(started, first)).isTrue();
            assertThat(passes(started, bad)).isFalse();
            assertThat(passes(started, first)).isTrue();
        }
    }

    /** A JWT with the signature of another, or an opaque token that ends as another does: well-formed both. */
    private static String badTwin(String token, String other) {
        int border = Math.max(token.lastIndexOf('.'), token.length() / 2 - 1);
        return token.substring(0, border) + other.substring(other.length() - (token.length() - border));
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
