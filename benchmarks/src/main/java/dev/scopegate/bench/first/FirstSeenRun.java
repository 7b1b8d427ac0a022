package dev.scopegate.bench.first;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.bench.WarmUp;
import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.Contenders;
import dev.scopegate.bench.peer.SampleTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it costs to validate a token that was never seen before: all contenders in one JVM, by turns of a few milliseconds. All of
 * them call the JDK's verification, which two JVMs compile so differently that what a library adds to a millisecond of ES256 could
 * not be seen; here all call the very same code, on a machine in the very same mood.
 */
public final class FirstSeenRun {

    private final int turns;
    private final int turnMillis;

    private FirstSeenRun(int turns, int turnMillis) {
        this.turns = turns;
        this.turnMillis = turnMillis;
    }

    /** Takes the file for the results, the number of turns of each contender, and how many milliseconds of CPU time one takes, about. */
    public static void main(String[] arguments) throws IOException {
        FirstSeenRun run = new FirstSeenRun(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        SampleTokens sample = SampleTokens.ofThisRun();
        Map<String, Object> results = new LinkedHashMap<>();
        for (Algorithm algorithm : List.of(Algorithm.RS256, Algorithm.ES256)) {
            results.put(algorithm.name(), run.measure(sample, algorithm));
        }
        Files.writeString(Path.of(arguments[0]), JSONObjectUtils.toJSONString(results));
    }

    private Map<String, Object> measure(SampleTokens sample, Algorithm algorithm) {
        List<Validator> validators = new ArrayList<>();
        try {
            for (Contenders contender : Contenders.values()) {
                validators.add(
                        new Validator(contender, contender.start(sample, algorithm), sample.signedWith(algorithm)));
            }
            validators.forEach(validator -> WarmUp.run(validator::acceptsNext));
            // Whatever was warmed up first was compiled for itself alone; once more, now that all of them are there.
            validators.forEach(validator -> WarmUp.run(validator::acceptsNext));
            // As many for all: none has the clock read more often for its tokens than another one.
            int calls = validators.get(0).callsIn(turnMillis);
            for (int turn = 0; turn < turns; turn++) {
                validators.forEach(validator -> validator.measure(calls));
            }
            Map<String, Object> results = new LinkedHashMap<>();
            validators.forEach(validator -> results.put(validator.contender().name(), validator.measured()));
            return results;
        } finally {
            validators.forEach(Validator::close);
        }
    }
}
