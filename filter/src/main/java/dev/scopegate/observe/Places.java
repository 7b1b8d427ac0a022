package dev.scopegate.observe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** So many places in each stretch of time and no more. Safe for concurrent use; counts a little loosely where two stretches meet. */
final class Places {

    private final int places;
    private final long stretchNanos;
    private final LongSupplier nanos;
    private final AtomicLong current = new AtomicLong(Long.MIN_VALUE);
    private final AtomicInteger used = new AtomicInteger();

    /** So many {@code places} in each {@code stretch}, by the time of {@code nanos}, in nanoseconds. */
    Places(int places, Duration stretch, LongSupplier nanos) {
        this.places = places;
        this.stretchNanos = stretch.toNanos();
        this.nanos = nanos;
    }

    /** Whether there is one more. */
    boolean take() {
        return takeOf(places);
    }

    /** Whether there is one more among the first half of them. */
    boolean takeOfHalf() {
        return takeOf(places / 2);
    }

    private boolean takeOf(int most) {
        long now = Math.floorDiv(nanos.getAsLong(), stretchNanos);
        long known = current.get();
        if (now != known && current.compareAndSet(known, now)) {
            used.set(0);
        }
        // Whoever gets none must not use one up either: it may be there for somebody else.
        int taken = used.get();
        while (taken < most) {
            if (used.compareAndSet(taken, taken + 1)) {
                return true;
            }
            taken = used.get();
        }
        return false;
    }
}
