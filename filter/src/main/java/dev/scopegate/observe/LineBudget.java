package dev.scopegate.observe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * So many log lines a second and no more: whoever sends garbage must not be able to fill a disk. Nor to hide what else they try: the
 * first line of each kind in each minute has a place apart. Counts what had none. Safe for concurrent use.
 */
final class LineBudget {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Places places;
    private final Places apart;
    private final Places reports;
    private final LongSupplier nanos;
    private final Map<LineKind, Count> counts =
            LineKind.ALL.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), kind -> new Count()));

    /** How it stands with the lines of one kind. */
    private static final class Count {

        final AtomicLong dropped = new AtomicLong();

        /** The minute in which there was a place apart for one last. */
        final AtomicLong minute = new AtomicLong(Long.MIN_VALUE);
    }

    /**
     * A budget by the time of {@code nanos}, in nanoseconds.
     *
     * @param perSecond the lines of whatever kind
     * @param apart how many more there are in a second for kinds that had none apart in this minute
     */
    LineBudget(int perSecond, int apart, LongSupplier nanos) {
        this.places = new Places(perSecond, Duration.ofSeconds(1), nanos);
        this.apart = new Places(apart, Duration.ofSeconds(1), nanos);
        this.reports = new Places(1, Duration.ofSeconds(1), nanos);
        this.nanos = nanos;
    }

    /** Whether one more line may be written now. */
    boolean take(LineKind kind) {
        Count count = count(kind);
        return counted(count, places.take() || takeApart(count));
    }

    /** Whether one more line may be written now, half of all places being kept for lines of other kinds. */
    boolean takeOfHalf(LineKind kind) {
        Count count = count(kind);
        return counted(count, places.takeOfHalf() || takeApart(count));
    }

    private Count count(LineKind kind) {
        return requireNonNull(counts.get(kind));
    }

    private static boolean counted(Count count, boolean granted) {
        if (!granted) {
            count.dropped.incrementAndGet();
        }
        return granted;
    }

    private boolean takeApart(Count count) {
        long now = Math.floorDiv(nanos.getAsLong(), MINUTE);
        long last = count.minute.get();
        return last != now && apart.take() && count.minute.compareAndSet(last, now);
    }

    /** How many lines of which kind were not written since this said so last; said once a second at most, else empty. */
    Map<String, Long> droppedBefore() {
        boolean any = counts.values().stream().anyMatch(count -> count.dropped.get() > 0);
        return any && reports.take() ? droppedAtLast() : Map.of();
    }

    /** The same, whenever it was said last: for the end. */
    Map<String, Long> droppedAtLast() {
        Map<String, Long> dropped = new TreeMap<>();
        counts.forEach((kind, count) -> {
            long lines = count.dropped.getAndSet(0);
            if (lines > 0) {
                dropped.put(kind.word(), lines);
            }
        });
        return dropped;
    }
}
