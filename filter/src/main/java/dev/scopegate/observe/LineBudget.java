package dev.scopegate.observe;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * So many log lines a second and no more: whoever sends garbage must not be able to fill a disk. Safe for concurrent use;
 * counts a little loosely where two seconds meet.
 */
final class LineBudget {

    private final int perSecond;
    private final LongSupplier nanos;
    private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /** A budget that reads the time from {@code nanos}, in nanoseconds. */
    LineBudget(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /** Whether one more line may be written now. */
    boolean take() {
        long now = nanos.getAsLong() / 1_000_000_000;
        long current = second.get();
        if (now != current && second.compareAndSet(current, now)) {
            used.set(0);
        }
        boolean granted = used.incrementAndGet() <= perSecond;
        if (!granted) {
            dropped.incrementAndGet();
        }
        return granted;
    }

    /** How many lines were not written since this was asked last. */
    long droppedBefore() {
        return dropped.getAndSet(0);
    }
}
