package dev.scopegate.bench.first;

import dev.scopegate.bench.peer.Contender;
import dev.scopegate.bench.peer.Contenders;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** A contender with tokens, of which it is given one after the other. Not thread-safe. */
final class Validator implements AutoCloseable {

    private static final double NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Contenders contender;
    private final List<String> tokens;
    private final Contender started;
    private final List<Double> measured = new ArrayList<>();
    private int next;

    /** Who gives {@code tokens} to {@code started}, which is closed with this. */
    Validator(Contenders contender, Contender started, List<String> tokens) {
        this.contender = contender;
        this.started = started;
        this.tokens = tokens;
    }

    Contenders contender() {
        return contender;
    }

    boolean acceptsNext() {
        next = next + 1 < tokens.size() ? next + 1 : 0;
        return started.accepts(tokens.get(next));
    }

    /** How many calls take {@code millis} of this thread's CPU time, about; at least one. */
    int callsIn(int millis) {
        long end = threads.getCurrentThreadCpuTime() + millis * NANOS_PER_MILLI;
        int calls = 0;
        while (calls == 0 || threads.getCurrentThreadCpuTime() < end) {
            check(acceptsNext());
            calls++;
        }
        return calls;
    }

    /** Notes the CPU time of this thread for each of so many calls. */
    void measure(int calls) {
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < calls; i++) {
            check(acceptsNext());
        }
        measured.add((threads.getCurrentThreadCpuTime() - start) / NANOS_PER_MICRO / calls);
    }

    /** What was noted, in microseconds, in order. */
    List<Double> measured() {
        return List.copyOf(measured);
    }

    private static void check(boolean accepted) {
        if (!accepted) {
            throw new IllegalStateException("a good token was refused");
        }
    }

    @Override
    public void close() {
        started.close();
    }
}
