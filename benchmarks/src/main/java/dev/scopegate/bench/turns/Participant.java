package dev.scopegate.bench.turns;

import com.sun.management.ThreadMXBean;
import dev.scopegate.bench.WarmUp;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One who takes turns: a call, and what it cost. Not thread-safe. */
final class Participant {

    private static final double NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final String name;
    private final BooleanSupplier call;
    private final List<Double> micros = new ArrayList<>();
    private final List<Double> bytes = new ArrayList<>();
    private int calls = 1;

    /**
     * Someone who takes turns.
     *
     * @param name of a closed set, by which the page finds the figures
     * @param call says whether it did what it should
     */
    Participant(String name, BooleanSupplier call) {
        this.name = name;
        this.call = call;
    }

    String name() {
        return name;
    }

    void warmUp() {
        WarmUp.run(call);
    }

    /** Finds out how many calls take {@code millis} of this thread's CPU time, about; at least one. */
    void takeTurnsOf(int millis) {
        long end = threads.getCurrentThreadCpuTime() + millis * NANOS_PER_MILLI;
        calls = 0;
        while (calls == 0 || threads.getCurrentThreadCpuTime() < end) {
            check(call.getAsBoolean());
            calls++;
        }
    }

    /** Notes what a call costs this thread, in CPU time and in memory. */
    void takeTurn() {
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < calls; i++) {
            check(call.getAsBoolean());
        }
        micros.add((threads.getCurrentThreadCpuTime() - start) / NANOS_PER_MICRO / calls);
        bytes.add((double) (threads.getCurrentThreadAllocatedBytes() - bytesBefore) / calls);
    }

    /** What was noted, turn by turn: {@code micros} and {@code bytes}. */
    Map<String, List<Double>> figures() {
        return Map.of("micros", List.copyOf(micros), "bytes", List.copyOf(bytes));
    }

    private static void check(boolean accepted) {
        if (!accepted) {
            throw new IllegalStateException("a good token was refused");
        }
    }
}
