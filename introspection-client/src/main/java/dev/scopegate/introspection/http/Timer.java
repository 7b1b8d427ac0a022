package dev.scopegate.introspection.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs something later, unless it is stopped before. The thread that watches the time hands the work over, so that no work
 * makes another one late; where no thread is to be had, late is better than never, and it does the work itself. Safe for
 * concurrent use.
 */
final class Timer implements AutoCloseable {

    private final ScheduledThreadPoolExecutor watch;
    private final Executor worker;

    Timer(ThreadFactory threads, Executor worker) {
        // After the end nothing is watched any more: whoever closed this has ended what was under way.
        this.watch = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        this.worker = worker;
        // Else each exchange, long answered, would stay in memory until its deadline.
        watch.setRemoveOnCancelPolicy(true);
    }

    /** Runs {@code work} after {@code delay}; what it returns stops that. */
    Runnable after(Duration delay, Runnable work) {
        ScheduledFuture<?> scheduled = watch.schedule(() -> handOver(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    private void handOver(Runnable work) {
        try {
            worker.execute(work);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            work.run();
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
