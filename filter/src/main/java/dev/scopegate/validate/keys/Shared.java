package dev.scopegate.validate.keys;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something that has several holders at once, and that the last of them closes, in whatever order they leave. Whoever makes
 * it is its first holder.
 *
 * <p>Safe for concurrent use, if what is held is. Does not notice when a holder releases twice.
 */
final class Shared<T> {

    private final T held;
    private final Runnable end;
    private final AtomicInteger holders = new AtomicInteger(1);

    Shared(T held, Runnable end) {
        this.held = held;
        this.end = end;
    }

    T get() {
        return held;
    }

    /** One holder more; false if the last one has left, and what was held is closed. */
    boolean hold() {
        int now = holders.get();
        while (now > 0 && !holders.compareAndSet(now, now + 1)) {
            now = holders.get();
        }
        return now > 0;
    }

    /** One holder less. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            end.run();
        }
    }
}
