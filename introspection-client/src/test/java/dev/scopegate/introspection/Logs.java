package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What is logged while a test runs; the test logger writes to standard error. One at a time. */
final class Logs implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    Logs() {
        System.setErr(new PrintStream(captured, true, UTF_8));
    }

    String text() {
        return captured.toString(UTF_8);
    }

    /** How many lines are warnings, or worse. */
    long warnings() {
        return text().lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .count();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
