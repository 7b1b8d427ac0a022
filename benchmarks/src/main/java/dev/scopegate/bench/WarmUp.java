package dev.scopegate.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Calls what will be measured until it had its share of CPU time. JMH warms up by the clock on the wall, which on a busy machine
 * says little of how much was run, and so of how much was compiled.
 */
public final class WarmUp {

    /** The system property that says how many milliseconds of CPU time. */
    public static final String PROPERTY = "scopegate.bench.warm-up";

    private static final Duration SHARE = Duration.ofMillis(Integer.getInteger(PROPERTY, 6_000));

    private WarmUp() {}

    /**
     * Warms up.
     *
     * @param call says whether it did what it should
     * @throws IllegalStateException if it did not
     */
    public static void run(BooleanSupplier call) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + SHARE.toNanos();
        while (threads.getCurrentThreadCpuTime() < end) {
            for (int i = 0; i < 16; i++) {
                if (!call.getAsBoolean()) {
                    throw new IllegalStateException("a good token was refused");
                }
            }
        }
    }
}
