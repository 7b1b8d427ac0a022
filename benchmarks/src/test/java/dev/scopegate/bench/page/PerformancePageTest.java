package dev.scopegate.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {

    @TempDir
    Path folder;

    @Test
    void page_targetMissed_saysNotMet() throws IOException {
        write(1_500);
        assertThat(page())
                .contains(
                        "| RS256, first seen, `validate`: times the bare verification | at most 1.12 | 1.50 | **not met** |");
    }

    @Test
    void page_targetReached_saysMet() throws IOException {
        write(1_110);
        assertThat(page())
                .contains("| RS256, first seen, `validate`: times the bare verification | at most 1.12 | 1.11 | met |");
    }

    @Test
    void page_nothingMeasured_saysSo() throws IOException {
        write(1_110);
        assertThat(page())
                .contains(
                        "| ES256, first seen, `validate`: times the bare verification | at most 1.05 | – | not measured |");
    }

    @Test
    void page_roundsOfDifferentSpeed_comparesWithinEachRound() throws IOException {
        write(1_110);
        // The second round was three times slower for all, and the last one for nobody.
        Files.writeString(folder.resolve("turns-2.json"), round(3_000, 3_330));
        Files.writeString(folder.resolve("turns-3.json"), round(1_000, 1_110));
        assertThat(page()).contains("| **Scopegate**, validate | 1.11 | 1.11 | – | – |");
    }

    @Test
    void page_opaqueTokenNoDearerThanJwt_saysMet() throws IOException {
        write(1_110);
        Files.writeString(folder.resolve("turns-2.json"), seenBefore(2_000, 1_900));
        assertThat(page())
                .contains(
                        "| Opaque token seen before, the whole filter: times the same with a JWT | at most 1 | 0.95 | met |")
                .contains("| **Scopegate**, an opaque token | 1.90 | 9.50 | 1,234 |");
    }

    @Test
    void page_opaqueTokenDearerThanJwt_saysNotMet() throws IOException {
        write(1_110);
        Files.writeString(folder.resolve("turns-2.json"), seenBefore(2_000, 2_100));
        assertThat(page())
                .contains(
                        "| Opaque token seen before, the whole filter: times the same with a JWT | at most 1 | 1.05 | **not met** |");
    }

    @Test
    void page_slowIntrospections_comparesEachTurnWithTheOneBeforeIt() throws IOException {
        write(1_110);
        // All was ten times as slow in the second pair of turns.
        Files.writeString(folder.resolve("slow.json"), """
                {"SEEN_BEFORE": {"alone": [{"p50": 2, "p99": 4.0}, {"p50": 20, "p99": 40.0}, {"p50": 2, "p99": 4}],
                                 "beside": [{"p50": 2.2, "p99": 5}, {"p50": 22, "p99": 50.0}, {"p50": 2.2, "p99": 5}]}}
                """);
        assertThat(page())
                .contains(
                        "| JWT seen before, while 64 introspections hang: times its own p50 without them | at most 1.2 | 1.10 | met |")
                .contains(
                        "| JWT seen before, while 64 introspections hang: times its own p99 without them | at most 1.2 | 1.25 | **not met** |")
                .contains(
                        "| JWT first seen, while 64 introspections hang: times its own p99 without them | at most 1.2 | – | not measured |")
                .contains("| a JWT seen before, p99 | 4.00 | 5.00 | 1.25 |")
                .contains(" 3 with slow introspections, ");
    }

    @Test
    void page_overHttp_comparesEachTurnWithTheBareServletsOnTheSameServer() throws IOException {
        write(1_110);
        // The second server was twice as slow as the first, and Spring Security's did not slow ours down.
        Files.writeString(folder.resolve("http.json"), """
                {"SCOPEGATE": {"BARE": [{"cpu": 20, "p50": 90, "p99": 300}, {"cpu": 40, "p50": 90, "p99": 300}],
                               "PROTECTED": [{"cpu": 22, "p50": 99, "p99": 400}, {"cpu": 44.8, "p50": 99, "p99": 400}]},
                 "SPRING": {"BARE": [{"cpu": 30, "p50": 91, "p99": 301}],
                            "PROTECTED": [{"cpu": 150, "p50": 350, "p99": 900}]}}
                """);
        assertThat(page())
                .contains("| Over HTTP: times the CPU time of the bare servlet | at most 1.15 | 1.11 | met |")
                .contains("| nothing in front of the API | 30.0 | 1 | 90.0 | 300 |")
                .contains("| **Scopegate**, on the same server | 33.4 | 1.11 | 99.0 | 400 |")
                .contains("| nothing in front of the API | 30.0 | 1 | 91.0 | 301 |")
                .contains("| Spring Security, on the same server | 150 | 5.00 | 350 | 900 |")
                .contains(" 2 over HTTP.");
    }

    @Test
    void page_overHttpTooDear_saysNotMet() throws IOException {
        write(1_110);
        Files.writeString(folder.resolve("http.json"), """
                {"SCOPEGATE": {"BARE": [{"cpu": 20, "p50": 90, "p99": 300}],
                               "PROTECTED": [{"cpu": 24, "p50": 99, "p99": 400}]}}
                """);
        assertThat(page())
                .contains("| Over HTTP: times the CPU time of the bare servlet | at most 1.15 | 1.20 | **not met** |");
    }

    @Test
    void page_byProvider_isTheMedianOfTheIterations() throws IOException {
        write(1_110);
        Files.writeString(folder.resolve("jmh-providers-1.json"), """
                [{"benchmark": "dev.scopegate.bench.FirstSeenBenchmark.validate",
                  "params": {"contender": "FLOOR", "algorithm": "PS256", "provider": "ACCP"},
                  "secondaryMetrics": {"cpu.ns": {"score": 99, "scoreError": "NaN", "rawData": [[9e9, 19500.0, 7]]}}}]
                """);
        assertThat(page()).contains("| `accp`: bare verification | – | 19.5 | – | – |");
    }

    private void write(int ours) throws IOException {
        Files.writeString(
                folder.resolve("facts.json"),
                "{\"machine\":\"M\",\"jdk\":\"J\",\"date\":\"D\",\"commit\":\"C\",\"versions\":\"V\"}");
        Files.writeString(folder.resolve("http.json"), "{}");
        Files.writeString(folder.resolve("slow.json"), "{}");
        Files.writeString(folder.resolve("turns-1.json"), round(1_000, ours));
    }

    private static String round(int floor, int ours) {
        return """
                {"RS256": {"FLOOR": %s, "SCOPEGATE_VALIDATE": %s}}
                """.formatted(turns(floor), turns(ours));
    }

    private static String seenBefore(int jwt, int opaque) {
        return """
                {"SCOPEGATE": {"SHA256": %s, "SCOPEGATE": %s},
                 "SCOPEGATE_OPAQUE": {"SHA256_OF_OPAQUE": %s, "SCOPEGATE_OPAQUE": %s}}
                """.formatted(turns(1_000), turns(jwt), turns(200), turns(opaque));
    }

    private static String turns(int nanos) {
        return "{\"micros\": [%s], \"bytes\": [1234]}".formatted(nanos / 1e3);
    }

    private String page() throws IOException {
        Path page = folder.resolve("page.md");
        PerformancePage.main(new String[] {page.toString(), folder.toString()});
        return Files.readString(page);
    }
}
