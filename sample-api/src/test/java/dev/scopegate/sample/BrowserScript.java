package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A script of {@code src/test/browser}, which drives headless Chromium and prints what it saw as JSON. */
final class BrowserScript {

    /** What the scripts take as the browser. */
    static final String CHROMIUM = "/usr/bin/chromium";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path FOLDER = Path.of("src", "test", "browser").toAbsolutePath();

    private BrowserScript() {}

    /** Requires Node.js, Chromium and these of the folder's packages. */
    static void require(String... packages) {
        OutsideProgram.require("node", "nodejs");
        OutsideProgram.require(Path.of(CHROMIUM), "install Debian's package chromium");
        for (String each : packages) {
            OutsideProgram.require(
                    FOLDER.resolve("node_modules").resolve(each),
                    "run npm ci --prefix sample-api/src/test/browser (Debian's package npm)");
        }
    }

    /** What the script saw; a script that failed fails the test with what it wrote. */
    static JsonNode run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("node", script), Stream.of(arguments)).toList();
        FinishedProcess browser = FinishedProcess.run(FOLDER, PATIENCE, command);
        assertThat(browser.exitCode()).as(browser.errors()).isZero();
        return Http.json(browser.output());
    }
}
