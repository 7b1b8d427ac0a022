package dev.scopegate.spring.forked;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A Java program in a JVM of its own, until it is closed. What it writes is in a file. */
final class OwnJvm implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Duration LONG = Duration.ofSeconds(90);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path output;

    private OwnJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** The class path of the tests. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Starts {@code java} with {@code arguments}; writes into a file of {@code folder}. */
    static OwnJvm start(Path folder, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new OwnJvm(process, output);
    }

    /** Waits for the end, which has to be a good one. */
    void succeed() throws IOException, InterruptedException {
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                .as(text())
                .isTrue();
        assertThat(process.exitValue()).as(text()).isZero();
    }

    String text() throws IOException {
        return Files.readString(output);
    }

    /** Waits until a web server was started {@code times} times, and answers the port of the last one. */
    int port(int times) throws IOException {
        Awaitility.await()
                .atMost(LONG)
                .until(() ->
                        !process.isAlive() || STARTED.matcher(text()).results().count() >= times);
        List<MatchResult> started = STARTED.matcher(text()).results().toList();
        assertThat(started).as(text()).hasSizeGreaterThanOrEqualTo(times);
        return Integer.parseInt(started.get(started.size() - 1).group(1));
    }

    /** Asks the web server at {@code port}; no token if {@code token} is empty. */
    static HttpResponse<String> get(int port, String target, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
