package dev.scopegate.bench;

import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.Contender;
import dev.scopegate.bench.peer.Contenders;
import dev.scopegate.bench.peer.SampleTokens;
import dev.scopegate.config.CryptoConfig;
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
 * A token that was never seen before, by one provider of signature algorithms and another: each call takes the next of thousands
 * of tokens, and whoever could remember them is set up not to. Contenders are in JVMs of their own, which compile differently; to
 * compare contenders closely, see {@link dev.scopegate.bench.turns.TurnsRun}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class FirstSeenBenchmark {

    /** The algorithm that the tokens are signed with. */
    @Param({"RS256", "ES256"})
    public Algorithm algorithm = Algorithm.RS256;

    /** Who verifies signatures; the JDK for all of them, unless another one is asked for. */
    @Param("JCA")
    public CryptoConfig.Provider provider = CryptoConfig.Provider.JCA;

    /** Who validates. */
    @Param
    public Contenders contender = Contenders.FLOOR;

    private List<String> tokens;
    private Contender started;
    private int next;

    /** Made by JMH. */
    @SuppressWarnings("NullAway.Init")
    public FirstSeenBenchmark() {}

    /** Reads the tokens, starts who validates them, and warms up. */
    @Setup
    public void start() {
        SampleTokens sample = SampleTokens.ofThisRun();
        tokens = sample.signedWith(algorithm);
        started = contender.start(sample, algorithm, provider, tokens);
        WarmUp.run(this::accepts);
    }

    /** Stops it. */
    @TearDown
    public void stop() {
        started.close();
    }

    /** The next token, which has to be good. */
    @Benchmark
    public boolean validate() {
        if (!accepts()) {
            throw new IllegalStateException("a good token was refused");
        }
        return true;
    }

    private boolean accepts() {
        next = next + 1 < tokens.size() ? next + 1 : 0;
        return started.accepts(tokens.get(next));
    }
}
