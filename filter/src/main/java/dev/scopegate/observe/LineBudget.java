package dev.scopegate.observe;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * So many log lines a second and no more: whoever sends garbage must not be able to fill a disk. Nor to hide what else they try: the
 * first line of each kind in each minute has a place apart. Counts what had none. Safe for concurrent use.
 */
final class LineBudget {

    private final Places places;
    private final Places apart;
    private final Places reports;
    private final LongSupplier nanos;
    private final AtomicLong[] dropped = new AtomicLong[LineKind.COUNT];

    /** The minute in which each kind was last given a place apart. */
    private final AtomicLongArray minutes = new AtomicLongArray(LineKind.COUNT);

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
        for (int kind = 0; kind < LineKind.COUNT; kind++) {
            minutes.set(kind, Long.MIN_VALUE);
            dropped[kind] = new AtomicLong();
        }
    }

    /** Whether one more line may be written now. */
    boolean take(LineKind kind) {
        return counted(kind, places.take() || takeApart(kind.index()));
    }

    /** Whether one more line may be written now, half of all places being kept for lines of other kinds. */
    boolean takeOfHalf(LineKind kind) {
        return counted(kind, places.takeOfHalf() || takeApart(kind.index()));
    }

    private boolean counted(LineKind kind, boolean granted) {
        if (!granted) {
            dropped[kind.index()].incrementAndGet();
        }
        return granted;
    }

    private boolean takeApart(int kind) {
        long minute = Math.floorDiv(nanos.getAsLong(), Duration.ofMinutes(1).toNanos());
        long last = minutes.get(kind);
        return last != minute && apart.take() && minutes.compareAndSet(kind, last, minute);
    }

    /** How many lines of which kind were not written since this said so last; said once a second at most, else empty. */
    Map<String, Long> droppedBefore() {
        return isAnyDropped() && reports.take() ? droppedAtLast() : Map.of();
    }

    /** The same, whenever it was said last: for the end. */
    Map<String, Long> droppedAtLast() {
        Map<String, Long> counts = new TreeMap<>();
        for (int kind = 0; kind < LineKind.COUNT; kind++) {
            long count = dropped[kind].getAndSet(0);
            if (count > 0) {
                counts.put(new LineKind(kind).word(), count);
            }
        }
        return counts;
    }

    private boolean isAnyDropped() {
        for (AtomicLong count : dropped) {
            if (count.get() > 0) {
                return true;
            }
        }
        return false;
    }
}
