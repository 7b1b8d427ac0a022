package dev.scopegate.introspection;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one client: some on which questions are made up, and others on which answers are read, so that an address or
 * credentials that are long in coming do not hold up the answers that are there. None of them is anybody's request, whose
 * interrupt would hit all who wait. All are daemons, and end when they are idle. Safe for concurrent use.
 */
final class CallThreads implements AutoCloseable {

    private static final int EACH = 4;
    private static final long IDLE_SECONDS = 30;

    private final ExecutorService asking = threads("scopegate-introspection-asking");
    private final ExecutorService reading = threads("scopegate-introspection-reading");

    private static ExecutorService threads(String name) {
        // Whoever gives leave to make calls bounds the queue as well.
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                EACH, EACH, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Where the address, the credentials and what else may ask the network come from. */
    Executor asking() {
        return asking;
    }

    /** Where answers are read; a signature may take keys from the network. */
    Executor reading() {
        return reading;
    }

    @Override
    public void close() {
        asking.shutdown();
        reading.shutdown();
    }
}
