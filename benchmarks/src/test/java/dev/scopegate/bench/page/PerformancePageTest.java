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
        Files.writeString(folder.resolve("jmh-2.json"), round(3_000, 3_330));
        Files.writeString(folder.resolve("jmh-3.json"), round(1_000, 1_110));
        assertThat(page()).contains("| **Scopegate**, validate | 1.11 | 1.11 | – | – |");
    }

    private void write(int ours) throws IOException {
        Files.writeString(
                folder.resolve("facts.json"),
                "{\"machine\":\"M\",\"jdk\":\"J\",\"date\":\"D\",\"commit\":\"C\",\"versions\":\"V\"}");
        Files.writeString(folder.resolve("http.json"), "{}");
        Files.writeString(folder.resolve("jmh-1.json"), round(1_000, ours));
    }

    private static String round(int floor, int ours) {
        return "[" + entry("FLOOR", floor) + "," + entry("SCOPEGATE_VALIDATE", ours) + "]";
    }

    private static String entry(String contender, int nanos) {
        return """
                {"benchmark": "dev.scopegate.bench.FirstSeenBenchmark.validate",
                 "params": {"series": "PEERS", "contender": "%s", "algorithm": "RS256", "provider": "JCA"},
                 "secondaryMetrics": {"cpu.ns": {"score": 99, "scoreError": "NaN", "rawData": [[9e9, %d.0, 7]]}}}
                """.formatted(contender, nanos);
    }

    private String page() throws IOException {
        Path page = folder.resolve("page.md");
        PerformancePage.main(new String[] {page.toString(), folder.toString()});
        return Files.readString(page);
    }
}
