package dev.scopegate.validate.keys;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * When the keys of one issuer are fetched: one thing after the other, off every request's thread, by a clock that nobody can
 * turn. Ends with {@link #close}; what is asked of it afterwards is not done.
 */
public interface KeySchedule extends AutoCloseable {

    /** Makes the schedule of an issuer. */
    @FunctionalInterface
    interface Factory {

        /** One thread for each issuer, so that a slow one delays no other. */
        Factory BACKGROUND = Background::new;

        /** The schedule of the issuer that is configured under {@code issuerName}. */
        KeySchedule of(String issuerName);
    }

    /** The monotonic time in nanoseconds, of an origin of its own. */
    long nanos();

    /** Runs {@code work} as soon as what is running has ended. */
    void soon(Runnable work);

    /** Runs {@code work} after {@code delay}, instead of whatever was to be run later. */
    void later(Duration delay, Runnable work);

    @Override
    void close();

    /** A daemon thread. */
    final class Background implements KeySchedule {

        private final ScheduledThreadPoolExecutor thread;
        private final AtomicReference<Future<?>> next = new AtomicReference<>();

        private Background(String issuerName) {
            thread = new ScheduledThreadPoolExecutor(1, work -> {
                Thread daemon = new Thread(work, "scopegate-keys-" + issuerName);
                daemon.setDaemon(true);
                return daemon;
            });
            thread.setRemoveOnCancelPolicy(true);
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void soon(Runnable work) {
            later(Duration.ZERO, work, false);
        }

        @Override
        public void later(Duration delay, Runnable work) {
            later(delay, work, true);
        }

        private void later(Duration delay, Runnable work, boolean instead) {
            try {
                Future<?> scheduled = thread.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
                Future<?> before = instead ? next.getAndSet(scheduled) : null;
                if (before != null) {
                    before.cancel(false);
                }
            } catch (RejectedExecutionException closed) {
                // Nobody needs keys any more.
            }
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
