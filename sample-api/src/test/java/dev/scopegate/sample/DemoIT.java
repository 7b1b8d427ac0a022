package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tour, as a stranger takes it: the packaged jar with {@code --demo}. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DemoIT {

    private static final Path JAR = Path.of("target", "sample-api.jar").toAbsolutePath();

    /** It starts three servers, and stops one. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void demo_allAsExpected_exitCode0AndATableWithoutTokens() throws IOException, InterruptedException {
        FinishedProcess demo = FinishedProcess.run(folder, PATIENCE, java());

        assertThat(demo.exitCode()).as(demo.output() + demo.errors()).isZero();
        assertThat(demo.errors()).isEmpty();
        String[] lines = demo.output().split("\n", -1);
        assertThat(lines).anyMatch(line -> line.matches("([0-9]+) of \\1 as expected\\."));
        assertThat(lines)
                .anyMatch(line -> line.matches("ok  alice adds a contact, and deletes it +201, then 204"))
                .anyMatch(line -> line.matches("ok  bob may not delete one +403 insufficient_scope"))
                .anyMatch(line -> line.matches("ok  The used refresh token comes back +400 invalid_grant"))
                .anyMatch(line -> line.matches("ok  Device code: bob lets his device in +profile read:contacts"))
                .anyMatch(line -> line.matches("ok  Break: alg: none +401 invalid_token"))
                .anyMatch(line -> line.matches("ok  Break: Authorization server stopped +503"))
                .anyMatch(line -> line.matches("ok  Break: Keys rotated +401 invalid_token"));
        assertThat(demo.output()).doesNotContain("eyJ", "\r", "NO ", "machine-secret");
    }

    @Test
    void demo_anApiThatLetsAllThrough_exitCode1AndWhatWasExpected() throws IOException, InterruptedException {
        FinishedProcess demo = FinishedProcess.run(folder, PATIENCE, java("--scopegate.mode=shadow"));

        assertThat(demo.exitCode()).isEqualTo(1);
        assertThat(demo.output())
                .containsPattern("NO  bob may not delete one +204 \\(expected: 403 insufficient_scope\\)")
                .containsPattern("ok  bob reads the contacts +200");
    }

    private static List<String> java(String... arguments) {
        assertThat(JAR).exists();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString(), "--demo"));
        command.addAll(List.of(arguments));
        return command;
    }
}
