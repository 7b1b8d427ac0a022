package dev.scopegate.bench.http;

import dev.scopegate.bench.peer.FilterChains;
import dev.scopegate.bench.peer.SampleTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link ServerUnderTest}. Ends with this. Not thread-safe. */
final class ServerProcess implements AutoCloseable {

    private static final int SECONDS_TO_END = 10;

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;
    private final int port;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        port = Integer.parseInt(answer());
    }

    /** Starts a JVM like this one, on its class path, and waits until it listens. */
    static ServerProcess start(FilterChains chain) throws IOException {
        return new ServerProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms512m",
                        "-Xmx512m",
                        "-D" + SampleTokens.PROPERTY + "=" + System.getProperty(SampleTokens.PROPERTY, ""),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ServerUnderTest.class.getName(),
                        chain.name()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    int port() {
        return port;
    }

    /** The CPU time of the server until now. */
    long cpuNanos() throws IOException {
        questions.println();
        return Long.parseLong(answer());
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server ended too soon");
        }
        return line;
    }

    @Override
    public void close() {
        questions.close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
