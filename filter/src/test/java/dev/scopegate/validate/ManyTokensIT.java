package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A million tokens, each of which comes once, and what they leave in the memory of a small machine. */
@Timeout(300)
class ManyTokensIT {

    private static final int MILLION = 1_000_000;

    /** A few megabytes come and go with what the compiler and the collector keep. */
    private static final long TOLERANCE = 4_000_000;

    @TempDir
    private Path folder;

    private Path secret;

    @BeforeEach
    void writeSecret() throws Exception {
        secret = Files.writeString(folder.resolve("issuer.secret"), "a-secret-for-this-test-of-48-octets-and-no-other");
    }

    private record Result(long accepted, long refused, long remembered, long heapEarly, long heapLate) {}

    @Test
    void validate_aMillionGoodTokens_acceptedAndTheHeapStaysFlat() throws Exception {
        Result result = run("good");

        assertThat(result.accepted).isEqualTo(MILLION);
        assertThat(result.remembered).isBetween(1L, 10_000L);
        assertThat(result.heapLate).isLessThan(result.heapEarly + result.heapEarly / 10 + TOLERANCE);
    }

    @Test
    void validate_aMillionForgedTokens_noneRemembered() throws Exception {
        Result result = run("forged");

        assertThat(result.refused).isEqualTo(MILLION);
        assertThat(result.remembered).isZero();
        assertThat(result.heapLate).isLessThan(result.heapEarly + result.heapEarly / 10 + TOLERANCE);
    }

    private Result run(String kind) throws Exception {
        ChildJvm.End end =
                ChildJvm.run(ManyTokens.class, List.of("-Xmx128m"), secret.toString(), String.valueOf(MILLION), kind);
        assertThat(end.exit()).as(end.text()).isZero();
        String line = end.text()
                .lines()
                .filter(text -> text.startsWith("RESULT "))
                .findFirst()
                .orElseThrow();
        long[] numbers = Arrays.stream(line.substring("RESULT ".length()).split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Result(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }
}
