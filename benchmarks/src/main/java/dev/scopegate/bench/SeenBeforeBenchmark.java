package dev.scopegate.bench;

import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.FilterChains;
import dev.scopegate.bench.peer.PlainRequest;
import dev.scopegate.bench.peer.PlainResponse;
import dev.scopegate.bench.peer.SampleTokens;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole filter on a request whose token was seen before, one of a thousand: from the servlet request to the call of the API.
 * The floor is one SHA-256 of the token. Run it with {@code -prof gc} to see what is allocated.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SeenBeforeBenchmark {

    private static final int TOKENS = 1_000;

    /** The tokens, in rotation. */
    @State(Scope.Thread)
    public static class Tokens {

        private List<String> tokens;
        private List<List<String>> fields;
        private int next;

        /** Made by JMH. */
        @SuppressWarnings("NullAway.Init")
        public Tokens() {}

        /** Reads them. */
        @Setup
        public void read() {
            tokens = SampleTokens.ofThisRun().signedWith(Algorithm.RS256).subList(0, TOKENS);
            fields = tokens.stream().map(token -> List.of("Bearer " + token)).toList();
        }

        int next() {
            next = next + 1 < TOKENS ? next + 1 : 0;
            return next;
        }
    }

    /** The filter, and the API behind it. */
    @State(Scope.Thread)
    public static class Protected {

        /** What stands in front of the API. */
        @Param
        public FilterChains chain = FilterChains.NONE;

        private FilterChains.Started started;
        private int passed;
        private final FilterChain api = (request, response) -> passed++;

        /** Made by JMH. */
        @SuppressWarnings("NullAway.Init")
        public Protected() {}

        /** Starts it. */
        @Setup
        public void start() {
            started = chain.start(SampleTokens.ofThisRun(), Algorithm.RS256);
        }

        /** Sees to it that what was measured is what went through. */
        @TearDown(Level.Iteration)
        public void look() {
            if (passed == 0) {
                throw new IllegalStateException("no request reached the API");
            }
            passed = 0;
        }

        /** Stops it. */
        @TearDown
        public void stop() {
            started.close();
        }
    }

    /** The floor. */
    @Benchmark
    public byte[] sha256(Tokens tokens) throws NoSuchAlgorithmException {
        String token = tokens.tokens.get(tokens.next());
        return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    }

    /** One request. */
    @Benchmark
    public int request(Tokens tokens, Protected api) throws IOException, ServletException {
        int before = api.passed;
        api.started.filter().doFilter(new PlainRequest(tokens.fields.get(tokens.next())), new PlainResponse(), api.api);
        if (api.passed != before + 1) {
            throw new IllegalStateException("a good token was refused");
        }
        return api.passed;
    }
}
