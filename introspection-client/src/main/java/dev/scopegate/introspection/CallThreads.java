package dev.scopegate.introspection;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one client: some on which questions are made up, others on which answers are read, so that an address or
 * credentials that are long in coming do not hold up the answers that are there, and others on which whoever asked for a future is
 * told. One more watches the time. None of them is anybody's request, whose interrupt would hit all who wait; nor is any of
 * them one that all code of a JVM shares, since whoever blocks that would hold up the answers. All are daemons, and those that are
 * idle end, but for the watch. Safe for concurrent use.
 */
final class CallThreads implements AutoCloseable {

    private static final int EACH = 4;
    private static final long IDLE_SECONDS = 30;

    private final ExecutorService asking = threads("scopegate-introspection-asking");
    private final ExecutorService reading = threads("scopegate-introspection-reading");
    private final ThreadPoolExecutor telling = threads("scopegate-introspection-telling");
    private final ScheduledThreadPoolExecutor watch =
            new ScheduledThreadPoolExecutor(1, daemons("scopegate-introspection-watch"));

    CallThreads() {
        // Whoever asks for a future gets his answer, also one that comes with the end.
        telling.setRejectedExecutionHandler((work, closed) -> work.run());
        // Whoever closes this has told all who waited.
        watch.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        // Else each call, long answered, would stay in memory until its deadline.
        watch.setRemoveOnCancelPolicy(true);
        // Now, since a call whose deadline nobody watches would keep others waiting for ever.
        watch.prestartAllCoreThreads();
    }

    private static ThreadPoolExecutor threads(String name) {
        // Whoever gives leave to make calls bounds the queue as well.
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                EACH, EACH, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Where the address, the credentials and what else may ask the network come from. */
    Executor asking() {
        return asking;
    }

    /** Where answers are read; a signature may take keys from the network. */
    Executor reading() {
        return reading;
    }

    /** Where what depends on a future of ours runs. */
    Executor telling() {
        return telling;
    }

    /** Runs {@code work}, which blocks nowhere, after {@code delay}, unless what it returns is run before. */
    Runnable after(Duration delay, Runnable work) {
        ScheduledFuture<?> scheduled = watch.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void close() {
        asking.shutdown();
        reading.shutdown();
        telling.shutdown();
        watch.shutdownNow();
    }
}
