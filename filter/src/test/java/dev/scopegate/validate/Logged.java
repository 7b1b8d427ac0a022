package dev.scopegate.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What is logged while a test runs; the test logger writes to standard error. One at a time. */
final class Logged implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    Logged() {
        System.setErr(new PrintStream(captured, true, UTF_8));
    }

    List<String> lines() {
        return captured.toString(UTF_8).lines().toList();
    }

    List<String> errors() {
        return lines().stream().filter(line -> line.contains(" ERROR ")).toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
