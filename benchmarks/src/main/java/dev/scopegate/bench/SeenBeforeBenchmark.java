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
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SeenBeforeBenchmark {

    private static final int TOKENS = 1_000;

    /** Tokens of both kinds, in rotation. */
    @State(Scope.Thread)
    public static class Tokens {

        private List<String> jwts;
        private List<String> opaque;
        private int next;

        /** Made by JMH. */
        @SuppressWarnings("NullAway.Init")
        public Tokens() {}

        /** Reads them. */
        @Setup
        public void read() {
            SampleTokens sample = SampleTokens.ofThisRun();
            jwts = sample.signedWith(Algorithm.RS256).subList(0, TOKENS);
            opaque = sample.opaque().subList(0, TOKENS);
        }

        private String next(List<String> tokens) {
            next = next + 1 < TOKENS ? next + 1 : 0;
            return tokens.get(next);
        }
    }

    /** The filter, and the API behind it. */
    @State(Scope.Thread)
    public static class Protected {

        /** What stands in front of the API. */
        @Param
        public FilterChains chain = FilterChains.NONE;

        private FilterChains.Started started;
        private List<List<String>> fields;
        private int next;
        private int passed;
        private final FilterChain api = (request, response) -> passed++;

        /** Made by JMH. */
        @SuppressWarnings("NullAway.Init")
        public Protected() {}

        /** Starts it, shows it each token once, and warms up. */
        @Setup
        public void start() {
            SampleTokens sample = SampleTokens.ofThisRun();
            fields = chain.tokens(sample, Algorithm.RS256).subList(0, TOKENS).stream()
                    .map(token -> List.of("Bearer " + token))
                    .toList();
            started = chain.start(sample, Algorithm.RS256);
            for (int i = 0; i < TOKENS; i++) {
                if (!passes()) {
                    throw new IllegalStateException("a good token was refused");
                }
            }
            WarmUp.run(this::passes);
        }

        boolean passes() {
            int before = passed;
            next = next + 1 < TOKENS ? next + 1 : 0;
            try {
                started.filter().doFilter(new PlainRequest(fields.get(next)), new PlainResponse(), api);
            } catch (IOException | ServletException failed) {
                throw new IllegalStateException(failed);
            }
            return passed == before + 1;
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
        return sha256(tokens.next(tokens.jwts));
    }

    /** The floor for an opaque token, which is far shorter. */
    @Benchmark
    public byte[] sha256OfOpaque(Tokens tokens) throws NoSuchAlgorithmException {
        return sha256(tokens.next(tokens.opaque));
    }

    private static byte[] sha256(String token) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    }

    /** One request, which has to pass. */
    @Benchmark
    public boolean request(Protected api) {
        if (!api.passes()) {
            throw new IllegalStateException("a good token was refused");
        }
        return true;
    }
}
