package dev.scopegate;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All that is logged while this is open. The log of the tests goes to {@code System.err}, so nothing else may use that. */
final class CapturedLog implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    CapturedLog() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    /** The lines of level WARN. */
    List<String> warnings() {
        return text().lines().filter(line -> line.contains("] WARN ")).toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
