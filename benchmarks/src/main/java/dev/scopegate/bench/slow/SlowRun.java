package dev.scopegate.bench.slow;

import com.nimbusds.jose.util.JSONObjectUtils;
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
 * How long decisions on JWTs take alone, and while 64 introspections hang that the same resource server asked for. The two take
 * turns, so that what else the machine does hits both alike.
 */
public final class SlowRun {

    private final int turns;
    private final Duration turn;

    private SlowRun(int turns, Duration turn) {
        this.turns = turns;
        this.turn = turn;
    }

    /** Takes the file for the results, the number of turns of each kind, and the milliseconds of one. */
    public static void main(String[] arguments) throws IOException {
        SlowRun run = new SlowRun(Integer.parseInt(arguments[1]), Duration.ofMillis(Long.parseLong(arguments[2])));
        SampleTokens tokens = SampleTokens.ofThisRun();
        Map<String, Object> results = new LinkedHashMap<>();
        for (Jwts jwts : Jwts.values()) {
            results.put(jwts.name(), run.measure(tokens, jwts));
        }
        Files.writeString(Path.of(arguments[0]), JSONObjectUtils.toJSONString(results));
    }

    private Map<String, Object> measure(SampleTokens tokens, Jwts jwts) {
        List<Map<String, Object>> alone = new ArrayList<>();
        List<Map<String, Object>> beside = new ArrayList<>();
        try (Scene scene = new Scene(tokens, jwts)) {
            scene.warmUp(turn);
            for (int i = 0; i < turns; i++) {
                Scene.Turn undisturbed = scene.alone(turn);
                Scene.Turn disturbed = scene.besideSlowOnes(turn);
                System.out.println(jwts + " alone " + undisturbed + ", beside slow ones " + disturbed);
                alone.add(members(undisturbed));
                beside.add(members(disturbed));
            }
        }
        return Map.of("alone", alone, "beside", beside);
    }

    private static Map<String, Object> members(Scene.Turn turn) {
        return Map.of(
                "decisions", turn.decisions(),
                "p50", turn.p50Micros(),
                "p99", turn.p99Micros(),
                "hanging", turn.hanging());
    }
}
