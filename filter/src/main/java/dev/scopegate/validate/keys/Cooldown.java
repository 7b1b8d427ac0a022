package dev.scopegate.validate.keys;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Allows something once within a time, and the first time at once. Whoever comes in between is told no, and changes nothing.
 * Safe for concurrent use.
 */
final class Cooldown {

    private final long nanos;
    private final LongSupplier ticker;
    private final AtomicLong earliest;

    Cooldown(Duration time, LongSupplier ticker) {
        this.nanos = time.toNanos();
        this.ticker = ticker;
        this.earliest = new AtomicLong(ticker.getAsLong());
    }

    /** Whether the caller may, now; if so, nobody else may until the time is over. */
    boolean take() {
        long next = earliest.get();
        long now = ticker.getAsLong();
        return now - next >= 0 && earliest.compareAndSet(next, now + nanos);
    }
}
