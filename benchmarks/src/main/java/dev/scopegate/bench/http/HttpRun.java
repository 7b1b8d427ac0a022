package dev.scopegate.bench.http;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.FilterChains;
import dev.scopegate.bench.peer.SampleTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole over HTTP: what a request costs the server in CPU time, bare and behind a filter chain. Both are applications on the
 * same Tomcat and take turns, so that both have the container as this JVM compiled it, and what else the machine does hits both:
 * two JVMs differ by more than Scopegate costs. Each chain has a Tomcat of its own, in a fresh JVM in each generation.
 */
public final class HttpRun {

    private static final List<FilterChains> CHAINS = List.of(FilterChains.SCOPEGATE, FilterChains.SPRING);
    private static final int TOKENS = 1_000;
    private static final double STEADY = 0.05;
    private static final int STEADY_TURNS = 2;
    private static final Duration WARM_UP_TURN = Duration.ofSeconds(2);
    /** A machine's speed changes within a second; CPU time is told in steps of 10 ms. */
    private static final Duration TURN = Duration.ofMillis(250);

    private final int turns;
    private final int mostWarmUps;
    private final List<String> tokens;
    private final Map<String, Map<String, List<Map<String, Object>>>> measured = new LinkedHashMap<>();

    private HttpRun(int turns, int mostWarmUps) {
        this.turns = turns;
        this.mostWarmUps = mostWarmUps;
        tokens = SampleTokens.ofThisRun().signedWith(Algorithm.RS256).subList(0, TOKENS);
    }

    /** Takes the file for the results, and the numbers of generations, of turns in each, and of turns to warm up at most. */
    public static void main(String[] arguments) throws IOException {
        int generations = Integer.parseInt(arguments[1]);
        HttpRun run = new HttpRun(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        for (int i = 0; i < generations; i++) {
            for (FilterChains chain : CHAINS) {
                run.generation(chain);
            }
        }
        Files.writeString(Path.of(arguments[0]), JSONObjectUtils.toJSONString(run.measured));
    }

    private void generation(FilterChains chain) throws IOException {
        try (ServerProcess server = ServerProcess.start(chain);
                Load bare = new Load(server, Api.BARE, tokens);
                Load behind = new Load(server, Api.PROTECTED, tokens)) {
            warmUp(bare, behind);
            for (int turn = 0; turn < turns; turn++) {
                note(chain, Api.BARE, bare.run(TURN));
                note(chain, Api.PROTECTED, behind.run(TURN));
            }
        }
    }

    private void note(FilterChains chain, Api api, Load.Measured turn) {
        measured.computeIfAbsent(chain.name(), unknown -> new LinkedHashMap<>())
                .computeIfAbsent(api.name(), unknown -> new ArrayList<>())
                .add(turn.members());
    }

    /** Until two turns in a row of each cost about what the turn before did: then little is left to be compiled. */
    private void warmUp(Load bare, Load behind) throws IOException {
        double bareBefore = Double.NaN;
        double behindBefore = Double.NaN;
        int steady = 0;
        for (int i = 0; i < mostWarmUps && steady < STEADY_TURNS; i++) {
            double bareNow = bare.run(WARM_UP_TURN).cpuMicros();
            double behindNow = behind.run(WARM_UP_TURN).cpuMicros();
            steady = alike(bareBefore, bareNow) && alike(behindBefore, behindNow) ? steady + 1 : 0;
            bareBefore = bareNow;
            behindBefore = behindNow;
        }
    }

    private static boolean alike(double before, double now) {
        return Math.abs(now - before) < STEADY * before;
    }
}
