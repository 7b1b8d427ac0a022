package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The playground in headless Chromium, one scenario of {@code src/test/browser/playground} after the other, each on a sample of its own.
 *
 * <p>The screenshots go to {@code target/screenshots}; with {@code -Dscopegate.write-screenshots=true} those of {@code docs/tour} are
 * replaced too.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlaygroundIT {

    private static final Path JAR = Path.of("target", "sample-api.jar").toAbsolutePath();
    private static final Path TOUR =
            Path.of("..", "docs", "tour").toAbsolutePath().normalize();
    private static final List<String> PICTURES_OF_THE_TOUR = List.of(
            "get-light",
            "consent-light",
            "read-light",
            "call-light",
            "answer-dark",
            "break-light",
            "live-dark",
            "get-phone");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();
    private static final long MAX_PICTURE_BYTES = 250_000;

    @BeforeAll
    static void require() {
        BrowserScript.require("playwright-core", "axe-core", "uplot");
    }

    @ParameterizedTest
    @CsvSource({"files, 2", "grants, 15", "blocked, 3", "calls, 9", "breaks, 16", "live, 5", "looks, 4"})
    void playground_scenario_holdsWithoutAnErrorOfTheConsole(String scenario, int atLeast)
            throws IOException, InterruptedException {
        try (Sample sample = RunningSample.start()) {
            assertHolds(run(scenario, sample.api() + "/"), atLeast);
        }
        if (scenario.equals("looks") && Boolean.getBoolean("scopegate.write-screenshots")) {
            replacePicturesOfTheTour();
        }
    }

    private static void replacePicturesOfTheTour() throws IOException {
        Files.createDirectories(TOUR);
        for (String name : PICTURES_OF_THE_TOUR) {
            String file = name + ".png";
            Files.copy(SCREENSHOTS.resolve(file), TOUR.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void playground_sampleEndedAndStartedAgain_shownAsLostAndFound() throws IOException, InterruptedException {
        assertThat(JAR).exists();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        assertHolds(run("lost", new JsonMapper().writeValueAsString(List.of(java, "-jar", JAR.toString()))), 2);
    }

    @Test
    void picturesOfTheTour_eachOne_isThereAndSmall() {
        assertThat(PICTURES_OF_THE_TOUR)
                .allSatisfy(name -> assertThat(TOUR.resolve(name + ".png").toFile())
                        .isFile()
                        .satisfies(file -> assertThat(file.length()).isBetween(1L, MAX_PICTURE_BYTES)));
    }

    private static JsonNode run(String scenario, String playground) throws IOException, InterruptedException {
        Files.createDirectories(SCREENSHOTS);
        return BrowserScript.run(
                "playground.mjs", scenario, BrowserScript.CHROMIUM, playground, SCREENSHOTS.toString());
    }

    private static void assertHolds(JsonNode seen, int atLeast) {
        List<String> checked = new JsonMapper().convertValue(seen.get("checked"), new TypeReference<>() {});
        assertThat(checked).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(seen.get("errors")).as("of the console").isEmpty();
    }
}
