package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a stranger runs it, and the lines that it tells the stranger to paste. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PackagedJarIT {

    private static final Path JAR = Path.of("target", "sample-api.jar").toAbsolutePath();
    private static final String LAST_LINE = "Stop with Ctrl-C.";

    @TempDir
    private Path folder;

    @Test
    void printedLines_pastedIntoAShell_200And200And403And200() throws IOException, InterruptedException {
        OutsideProgram.require("bash", "bash");
        OutsideProgram.require("curl", "curl");
        File log = folder.resolve("log").toFile();
        Process sample = new ProcessBuilder(java("--server.port=0", "--authorization-server.port=0"))
                .directory(folder.toFile())
                .redirectError(log)
                .start();
        try (BufferedReader output = sample.inputReader(StandardCharsets.UTF_8)) {
            List<String> printed = readWelcome(output);
            List<String> commands = printed.stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("TOKEN=") || line.startsWith("curl "))
                    .toList();
            assertThat(commands).hasSize(4);

            FinishedProcess shell =
                    FinishedProcess.run(folder, List.of("bash", "-c", "exec 2>&1\n" + String.join("\n", commands)));

            assertThat(shell.output().lines().filter(line -> line.matches("[0-9]{3}")))
                    .as(shell.output())
                    .containsExactly("200", "200", "403", "200");
            assertThat(shell.output()).contains("Ada Lovelace");
            // Process.destroy would close the stream that is still to be read.
            sample.toHandle().destroy();
            assertThat(sample.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output.lines()).noneMatch(line -> line.contains("eyJ"));
            assertThat(Files.readString(log.toPath())).isEmpty();
        } finally {
            sample.destroyForcibly();
        }
    }

    @Test
    void portTaken_exitCode1AndOneLine() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FinishedProcess sample = FinishedProcess.run(
                    folder, java("--server.port=0", "--authorization-server.port=" + taken.getLocalPort()));

            assertThat(sample.exitCode()).isEqualTo(1);
            assertThat(sample.output()).isEmpty();
            assertThat(sample.errors().lines())
                    .singleElement()
                    .asString()
                    .contains("" + taken.getLocalPort(), "--authorization-server.port=PORT");
        }
    }

    @Test
    void databaseAway_exitCode1AndWhatToDo() throws IOException, InterruptedException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }

        FinishedProcess sample = FinishedProcess.run(
                folder,
                java(
                        "--server.port=0",
                        "--authorization-server.port=0",
                        "--spring.profiles.active=postgres",
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + nobody + "/contacts",
                        "--spring.datasource.password=kept-between-us"));

        assertThat(sample.exitCode()).isEqualTo(1);
        assertThat(sample.output())
                .contains("The database of the contacts cannot be reached", "CONTACTS_DB_URL")
                .doesNotContain("\tat ", "kept-between-us");
        assertThat(sample.errors().lines()).singleElement().asString().contains("The contacts API did not start");
    }

    private static List<String> java(String... arguments) {
        assertThat(JAR).exists();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> readWelcome(BufferedReader output) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = output.readLine();
        while (line != null && !line.equals(LAST_LINE)) {
            lines.add(line);
            line = output.readLine();
        }
        assertThat(line).as("%s", lines).isEqualTo(LAST_LINE);
        return lines;
    }
}
