package dev.scopegate.bench.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One figure, measured once in each round. Immutable.
 *
 * @param rounds the figure in each round, in order
 */
record Series(List<Double> rounds) {

    Series {
        rounds = List.copyOf(rounds);
    }

    /** The median; empty if nothing was measured. */
    Optional<Double> median() {
        double[] sorted =
                rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }

    /** How many times {@code floor} this is, round by round: what slowed one of them slowed the other one, too. */
    Series times(Series floor) {
        int both = Math.min(rounds.size(), floor.rounds.size());
        return new Series(IntStream.range(0, both)
                .mapToObj(round -> rounds.get(round) / floor.rounds.get(round))
                .toList());
    }
}
