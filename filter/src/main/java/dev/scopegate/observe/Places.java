package dev.scopegate.observe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** So many places in each stretch of time and no more, a million at most. Safe for concurrent use. */
final class Places {

    /** How many bits of the state say how many places are taken; the others say in which stretch. */
    private static final int BITS = 20;

    private static final long TAKEN = (1L << BITS) - 1;

    private final int places;
    private final long stretchNanos;
    private final LongSupplier nanos;
    private final AtomicLong state = new AtomicLong(Long.MIN_VALUE);

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
        while (true) {
            long before = state.get();
            long now = Math.floorDiv(nanos.getAsLong(), stretchNanos) << BITS;
            long taken = (before & ~TAKEN) == now ? before & TAKEN : 0;
            // Whoever gets none must not use one up either: it may be there for somebody else.
            if (taken >= most) {
                return false;
            }
            if (state.compareAndSet(before, now | (taken + 1))) {
                return true;
            }
        }
    }
}
