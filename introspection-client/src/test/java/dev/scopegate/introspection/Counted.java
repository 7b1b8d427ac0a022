package dev.scopegate.introspection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a client tells. */
final class Counted implements IntrospectionListener {

    final AtomicInteger kept = new AtomicInteger();
    final AtomicInteger waited = new AtomicInteger();
    final AtomicInteger evicted = new AtomicInteger();
    final AtomicInteger lastKnown = new AtomicInteger();
    final List<Ended> ends = new CopyOnWriteArrayList<>();

    @Override
    public void ended(Ended how, Duration took) {
        ends.add(how);
    }

    @Override
    public void sought(boolean found) {
        (found ? kept : waited).incrementAndGet();
    }

    @Override
    public void lastKnownServed() {
        lastKnown.incrementAndGet();
    }

    @Override
    public void evicted() {
        evicted.incrementAndGet();
    }
}
