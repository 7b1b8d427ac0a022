package dev.scopegate.bench.page;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.bench.CpuProfiler;
import dev.scopegate.bench.http.Api;
import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.Contenders;
import dev.scopegate.bench.peer.FilterChains;
import dev.scopegate.bench.slow.Jwts;
import dev.scopegate.bench.turns.TurnsRun;
import dev.scopegate.config.CryptoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one JDK measured: a folder of results of JMH and of turns in one JVM, one file for each round, of the HTTP run, and of
 * the one with slow introspections. Immutable.
 *
 * <p>Costs are CPU time in microseconds, so that what else the machine did counts less.
 */
final class Results {

    private static final String PARAMETERS = "params";

    private final List<Map<?, ?>> benchmarks = new ArrayList<>();
    private final List<Map<String, Object>> byTurns = new ArrayList<>();
    private final Map<String, Object> http;
    private final Map<String, Object> slow;

    private Results(Map<String, Object> http, Map<String, Object> slow) {
        this.http = http;
        this.slow = slow;
    }

    static Results read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Results results = new Results(
                    JSONObjectUtils.parse(Files.readString(folder.resolve("http.json"))),
                    JSONObjectUtils.parse(Files.readString(folder.resolve("slow.json"))));
            for (Path file : files.sorted().toList()) {
                results.add(file);
            }
            return results;
        } catch (ParseException unreadable) {
            throw new IOException("results that cannot be read in " + folder, unreadable);
        }
    }

    private void add(Path file) throws IOException, ParseException {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith("jmh-") && name.endsWith(".json")) {
            for (Object entry : JSONArrayUtils.parse(Files.readString(file))) {
                benchmarks.add((Map<?, ?>) entry);
            }
        } else if (name.startsWith("turns-")) {
            byTurns.add(JSONObjectUtils.parse(Files.readString(file)));
        }
    }

    /** A token never seen before, by the JDK's own provider, beside all peers, in each turn. */
    Series firstSeen(Contenders contender, Algorithm algorithm) {
        return byTurns(algorithm.name(), contender.name(), "micros");
    }

    /** One SHA-256 of a JWT, or of an opaque token, whichever the chain takes; in the JVM of that chain. */
    Series sha256(FilterChains chain) {
        return byTurns(
                chain.name(),
                chain == FilterChains.SCOPEGATE_OPAQUE ? TurnsRun.SHA256_OF_OPAQUE : TurnsRun.SHA256,
                "micros");
    }

    /** A request with a token that was seen before. */
    Series seenBefore(FilterChains chain) {
        return byTurns(chain.name(), chain.name(), "micros");
    }

    /** What that allocates, in bytes. */
    Series allocated(FilterChains chain) {
        return byTurns(chain.name(), chain.name(), "bytes");
    }

    private Series byTurns(String compared, String name, String figure) {
        List<Double> figures = new ArrayList<>();
        for (Map<String, Object> run : byTurns) {
            if (run.get(compared) instanceof Map<?, ?> all
                    && all.get(name) instanceof Map<?, ?> one
                    && one.get(figure) instanceof List<?> turns) {
                turns.forEach(turn -> figures.add(((Number) turn).doubleValue()));
            }
        }
        return new Series(figures);
    }

    /** A token never seen before, by one provider after the other. */
    Series byProvider(Contenders contender, Algorithm algorithm, CryptoConfig.Provider provider) {
        return micros(figures(
                "FirstSeenBenchmark.validate",
                Map.of(
                        "contender", contender.name(),
                        "algorithm", algorithm.name(),
                        "provider", provider.name()),
                CpuProfiler.FIGURE));
    }

    private static Series micros(List<Double> nanos) {
        return new Series(nanos.stream().map(figure -> figure / 1_000).toList());
    }

    private List<Double> figures(String benchmark, Map<String, String> parameters, String figure) {
        return benchmarks.stream()
                .filter(entry -> String.valueOf(entry.get("benchmark")).endsWith("." + benchmark))
                .filter(entry -> parameters.isEmpty()
                        || (entry.get(PARAMETERS) instanceof Map<?, ?> actual
                                && actual.entrySet().containsAll(parameters.entrySet())))
                .flatMap(entry -> score(entry, figure))
                .toList();
    }

    /** The median of the iterations: one in which the compilers were still at it does not count. */
    private static Stream<Double> score(Map<?, ?> entry, String figure) {
        List<Double> iterations = new ArrayList<>();
        if (entry.get("secondaryMetrics") instanceof Map<?, ?> metrics
                && metrics.get(figure) instanceof Map<?, ?> metric
                && metric.get("rawData") instanceof List<?> forks) {
            for (Object fork : forks) {
                for (Object iteration : (List<?>) fork) {
                    iterations.add(((Number) iteration).doubleValue());
                }
            }
        }
        return new Series(iterations).median().stream();
    }

    /** A figure of the HTTP run in each turn: {@code cpu}, {@code p50}, {@code p99}, in microseconds. */
    Series http(FilterChains chain, String figure) {
        return http(chain, Api.PROTECTED, figure);
    }

    /** The same of the bare servlet on the same server. */
    Series bareHttp(FilterChains chain, String figure) {
        return http(chain, Api.BARE, figure);
    }

    private Series http(FilterChains chain, Api api, String figure) {
        return http.get(chain.name()) instanceof Map<?, ?> both
                ? inEachTurn(both.get(api.name()), figure)
                : new Series(List.of());
    }

    /** How long a decision took while nothing else happened, in each turn: {@code p50}, {@code p99}, in microseconds. */
    Series alone(Jwts jwts, String figure) {
        return slow(jwts, "alone", figure);
    }

    /** The same while introspections hung. */
    Series besideSlowOnes(Jwts jwts, String figure) {
        return slow(jwts, "beside", figure);
    }

    private Series slow(Jwts jwts, String when, String figure) {
        return slow.get(jwts.name()) instanceof Map<?, ?> both
                ? inEachTurn(both.get(when), figure)
                : new Series(List.of());
    }

    private static Series inEachTurn(@Nullable Object turns, String figure) {
        List<Double> figures = new ArrayList<>();
        if (turns instanceof List<?> all) {
            for (Object turn : all) {
                if (turn instanceof Map<?, ?> members && members.get(figure) instanceof Number number) {
                    figures.add(number.doubleValue());
                }
            }
        }
        return new Series(figures);
    }
}
