package dev.scopegate.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Requests on virtual threads: one that waits for keys leaves its carrier to the others. */
@Timeout(120)
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualRequestsIT {

    @Test
    void validate_oneCarrierAndAFetchThatHangs_everyTokenOfAKnownKeyServed() throws Exception {
        ChildJvm.End end = ChildJvm.run(
                VirtualRequests.class,
                List.of(
                        "-Djdk.virtualThreadScheduler.parallelism=1",
                        "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                        // Says where a thread was held on to; machines that need not hold on to it ignore this.
                        "-Djdk.tracePinnedThreads=full"));

        assertThat(end.exit()).as(end.text()).isZero();
        assertThat(end.text())
                .contains("RESULT true 10000 true VALID")
                .doesNotContain("reason:MONITOR", "<== monitors");
    }
}
