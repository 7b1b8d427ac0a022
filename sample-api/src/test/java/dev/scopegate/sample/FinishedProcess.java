package dev.scopegate.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that ran to its end: its exit code and all that it printed. */
record FinishedProcess(int exitCode, String output, String errors) {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static FinishedProcess run(Path folder, List<String> command) throws IOException, InterruptedException {
        return run(folder, PATIENCE, command);
    }

    static FinishedProcess run(Path folder, Duration patience, List<String> command)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        CompletableFuture<String> errors = read(process.getErrorStream());
        CompletableFuture<String> output = read(process.getInputStream());
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + command.get(0));
            }
            return new FinishedProcess(process.exitValue(), output.join(), errors.join());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** On a thread of its own: the common pool may have one alone, which the JDK's HTTP client needs too. */
    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> text(stream), work -> new Thread(work).start());
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
