package dev.scopegate;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All that is logged while this is open. The log of the tests goes to {@code System.err}, so nothing else may use that. */
public final class CapturedLog implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** Begins to capture. */
    public CapturedLog() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    /** What {@code work} logs. */
    public static String during(Runnable work) {
        try (CapturedLog log = new CapturedLog()) {
            work.run();
            return log.text();
        }
    }

    /** All of it so far. */
    public String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    /** The lines of level WARN. */
    public List<String> warnings() {
        return lines("] WARN ");
    }

    /** The lines of level ERROR. */
    public List<String> errors() {
        return lines("] ERROR ");
    }

    private List<String> lines(String level) {
        return text().lines().filter(line -> line.contains(level)).toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
