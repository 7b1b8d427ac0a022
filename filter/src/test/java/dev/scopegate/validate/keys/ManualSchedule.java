package dev.scopegate.validate.keys;

import dev.scopegate.test.MutableClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A schedule that only a test moves on: what is to run soon runs at once on a thread of its own, and what is to run later when the
 * test says that the time has come.
 */
public final class ManualSchedule implements KeySchedule {

    private record Due(long at, Runnable work) {}

    private final MutableClock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread daemon = new Thread(work, "manual-schedule");
        daemon.setDaemon(true);
        return daemon;
    });
    private final AtomicReference<Due> next = new AtomicReference<>();

    /** A schedule by the ticker of {@code clock}. */
    public ManualSchedule(MutableClock clock) {
        this.clock = clock;
    }

    /** Lets {@code time} pass, and does on the way what is due, one thing after the other. */
    public void advance(Duration time) {
        settle();
        long end = clock.read() + time.toNanos();
        for (Due due = takeDueUntil(end); due != null; due = takeDueUntil(end)) {
            clock.advance(Duration.ofNanos(Math.max(0, due.at - clock.read())));
            thread.execute(due.work);
            settle();
        }
        clock.advance(Duration.ofNanos(end - clock.read()));
    }

    private Due takeDueUntil(long end) {
        Due due = next.get();
        return due != null && due.at <= end && next.compareAndSet(due, null) ? due : null;
    }

    /** Waits until nothing runs, what it began in turn included. */
    public void settle() {
        for (int i = 0; i < 3; i++) {
            CompletableFuture.runAsync(() -> {}, thread).join();
        }
    }

    /** How long it is until something is due. */
    public Optional<Duration> untilDue() {
        return Optional.ofNullable(next.get()).map(due -> Duration.ofNanos(due.at - clock.read()));
    }

    @Override
    public long nanos() {
        return clock.read();
    }

    @Override
    public void soon(Runnable work) {
        thread.execute(work);
    }

    @Override
    public void later(Duration delay, Runnable work) {
        next.set(new Due(clock.read() + delay.toNanos(), work));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
