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
 * The whole over HTTP: what a request costs the server in CPU time, bare, with Scopegate and with Spring Security. All servers
 * run at once, but only one of them has anything to do at a time; they take turns, so that what else the machine does hits all of
 * them alike. Each has a fresh JVM in each generation, since no two JVMs compile alike.
 */
public final class HttpRun {

    private static final int TOKENS = 1_000;
    private static final double STEADY = 0.05;
    private static final int STEADY_TURNS = 2;
    private static final int ENOUGH_REQUESTS = 20_000;
    private static final Duration WARM_UP_TURN = Duration.ofSeconds(2);
    private static final Duration TURN = Duration.ofSeconds(1);

    private final int rounds;
    private final int mostWarmUps;
    private final List<byte[]> requests;
    private final List<Load.Measured> measured = new ArrayList<>();

    private HttpRun(int rounds, int mostWarmUps) {
        this.rounds = rounds;
        this.mostWarmUps = mostWarmUps;
        requests = Connection.requests(
                SampleTokens.ofThisRun().signedWith(Algorithm.RS256).subList(0, TOKENS));
    }

    /** Takes the file for the results, and the numbers of generations, of rounds in each, and of turns to warm up at most. */
    public static void main(String[] arguments) throws IOException {
        int generations = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        HttpRun run = new HttpRun(rounds, Integer.parseInt(arguments[3]));
        for (int i = 0; i < generations; i++) {
            run.generation();
        }
        Files.writeString(Path.of(arguments[0]), run.json());
    }

    private void generation() throws IOException {
        try (Load bare = new Load(FilterChains.NONE, requests);
                Load scopegate = new Load(FilterChains.SCOPEGATE, requests);
                Load spring = new Load(FilterChains.SPRING, requests)) {
            List<Load> loads = List.of(bare, scopegate, spring);
            for (Load load : loads) {
                warmUp(load);
            }
            for (int round = 0; round < rounds; round++) {
                for (Load load : loads) {
                    measured.add(load.run(TURN));
                    System.out.println(measured.get(measured.size() - 1));
                }
            }
        }
    }

    /** Until enough was done, and two turns in a row cost about what the turn before did: then little is left to be compiled. */
    private void warmUp(Load load) throws IOException {
        Load.Measured before = load.run(WARM_UP_TURN);
        long done = before.requests();
        int steady = 0;
        for (int i = 1; i < mostWarmUps && steady < STEADY_TURNS; i++) {
            Load.Measured now = load.run(WARM_UP_TURN);
            done += now.requests();
            double change = Math.abs(now.cpuMicros() - before.cpuMicros());
            steady = change < STEADY * before.cpuMicros() && done > ENOUGH_REQUESTS ? steady + 1 : 0;
            before = now;
        }
    }

    private String json() {
        Map<String, Object> results = new LinkedHashMap<>();
        for (FilterChains chain : FilterChains.values()) {
            results.put(
                    chain.name(),
                    measured.stream()
                            .filter(turn -> turn.chain() == chain)
                            .map(HttpRun::members)
                            .toList());
        }
        return JSONObjectUtils.toJSONString(results);
    }

    private static Map<String, Object> members(Load.Measured turn) {
        return Map.of(
                "requests", turn.requests(),
                "cpu", turn.cpuMicros(),
                "p50", turn.p50Micros(),
                "p99", turn.p99Micros());
    }
}
