package dev.scopegate.observe;

import static dev.scopegate.observe.Decisions.REQUEST;
import static dev.scopegate.observe.Decisions.refused;
import static dev.scopegate.observe.Decisions.undecided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.scopegate.CapturedLog;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.test.MutableClock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionObserverTest {

    private final MutableClock clock = MutableClock.at(Decisions.NOON);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private DecisionObserver observer() {
        return new DecisionObserver(
                meters, new DecisionEvents(List.of(), clock), ObservationRegistry.NOOP, clock::read);
    }

    private static void refuse(DecisionObserver observer, RefusalReason reason) {
        Decision decision = reason.code().endsWith("unavailable") ? undecided(reason) : refused(reason);
        observer.refused(decision, Duration.ofMillis(3), REQUEST, 401, "00c0ffee00c0ffee");
    }

    @Test
    void log_eachReason_saidAtInfoThoughOneOfThemFloods() {
        DecisionObserver observer = observer();

        String log = CapturedLog.during(() -> {
            for (int i = 0; i < 10_000; i++) {
                refuse(observer, RefusalReason.PATH_AMBIGUOUS);
            }
            for (RefusalReason reason : RefusalReason.values()) {
                refuse(observer, reason);
            }
        });

        assertThat(Arrays.stream(RefusalReason.values()).map(RefusalReason::code))
                .allSatisfy(code -> assertThat(log.lines())
                        .anyMatch(line -> line.contains("INFO dev.scopegate.decisions") && line.contains(code + " (")));
        assertThat(log.lines()).hasSizeLessThan(10 + 2 * RefusalReason.values().length);
    }

    @Test
    void log_aSecondLater_saysWhatWasLeftOut() {
        DecisionObserver observer = observer();

        String log = CapturedLog.during(() -> {
            for (int i = 0; i < 1_000; i++) {
                refuse(observer, RefusalReason.PATH_AMBIGUOUS);
            }
            clock.advance(Duration.ofSeconds(1));
            refuse(observer, RefusalReason.EXPIRED);
        });

        assertThat(log).contains("Request refused: expired", "More refusals that were not logged: path-ambiguous 989");
    }

    @Test
    void log_oneReasonInShadow_doesNotHideItsRefusals() {
        DecisionObserver observer = observer();

        String log = CapturedLog.during(() -> {
            for (int i = 0; i < 1_000; i++) {
                observer.shadowed(refused(RefusalReason.EXPIRED), Duration.ZERO, REQUEST, 401, "00c0ffee00c0ffee");
            }
            refuse(observer, RefusalReason.EXPIRED);
        });

        assertThat(log).contains("Request refused: expired");
    }

    @Test
    void timer_bucketsAskedForByAFilterOfTheRegistry_counted() {
        assertThat(buckets()).isEmpty();

        meters.clear();
        meters.config().meterFilter(new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals("scopegate.requests")
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(1e6, 5e6)
                                .build()
                                .merge(config)
                        : config;
            }
        });

        assertThat(buckets())
                .extracting(CountAtBucket::bucket, CountAtBucket::count)
                .containsExactly(tuple(1e6, 0.0), tuple(5e6, 1.0));
    }

    private CountAtBucket[] buckets() {
        refuse(observer(), RefusalReason.EXPIRED);
        Timer timer = meters.get("scopegate.requests").timer();
        return timer.takeSnapshot().histogramCounts();
    }
}
