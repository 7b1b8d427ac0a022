package dev.scopegate.bench.turns;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.FilterChains;
import dev.scopegate.bench.peer.SampleTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What tokens cost that were never seen before, or that were: those who are compared closely are in one JVM and take turns of a few
 * milliseconds. Two JVMs compile the very same code so differently that what a library adds to a millisecond of ES256 could not be
 * seen between them, and a machine that slows down for a while slows down all alike.
 */
public final class TurnsRun {

    /** The floor under a JWT that was seen before. */
    public static final String SHA256 = "SHA256";

    /** The floor under an opaque token that was seen before, which is far shorter. */
    public static final String SHA256_OF_OPAQUE = "SHA256_OF_OPAQUE";

    private final int turns;
    private final int turnMillis;

    private TurnsRun(int turns, int turnMillis) {
        this.turns = turns;
        this.turnMillis = turnMillis;
    }

    /**
     * Takes the file for the results, the number of turns of each, how many milliseconds of CPU time one takes, about, and who is
     * compared: for tokens never seen before the algorithms, with all contenders; for those seen before a filter chain, with its floor.
     */
    public static void main(String[] arguments) throws IOException {
        TurnsRun run = new TurnsRun(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        SampleTokens sample = SampleTokens.ofThisRun();
        Map<String, Object> results = new LinkedHashMap<>();
        for (String compared : List.of(arguments).subList(3, arguments.length)) {
            results.put(compared, run.measure(sample, compared));
        }
        Files.writeString(Path.of(arguments[0]), JSONObjectUtils.toJSONString(results));
    }

    private Map<String, Object> measure(SampleTokens sample, String compared) {
        if (Stream.of(Algorithm.values()).map(Enum::name).anyMatch(compared::equals)) {
            try (FirstSeen first = new FirstSeen(sample, Algorithm.valueOf(compared))) {
                return measure(first.participants());
            }
        }
        try (SeenBefore seen = new SeenBefore(sample, FilterChains.valueOf(compared))) {
            return measure(seen.participants());
        }
    }

    private Map<String, Object> measure(List<Participant> participants) {
        participants.forEach(Participant::warmUp);
        // Whatever was warmed up first was compiled for itself alone; once more, now that all of them are there.
        participants.forEach(Participant::warmUp);
        participants.forEach(participant -> participant.takeTurnsOf(turnMillis));
        for (int turn = 0; turn < turns; turn++) {
            participants.forEach(Participant::takeTurn);
        }
        Map<String, Object> results = new LinkedHashMap<>();
        participants.forEach(participant -> results.put(participant.name(), participant.figures()));
        return results;
    }
}
