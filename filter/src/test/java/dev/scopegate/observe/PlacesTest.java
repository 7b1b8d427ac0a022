package dev.scopegate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

    private final MutableClock clock = MutableClock.at(Instant.EPOCH);

    private static long taken(Places places, int attempts) {
        return IntStream.range(0, attempts).filter(i -> places.take()).count();
    }

    @Test
    void take_manyThreadsAtOnce_neverOneMore() throws Exception {
        Places places = new Places(1_000, Duration.ofSeconds(1), clock::read);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int second = 0; second < 20; second++) {
                Callable<Long> work = () -> taken(places, 200);
                long sum = 0;
                List<Future<Long>> each =
                        threads.invokeAll(Stream.generate(() -> work).limit(16).toList());
                for (Future<Long> one : each) {
                    sum += one.get();
                }
                assertThat(sum).isEqualTo(1_000);
                clock.advance(Duration.ofSeconds(1));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 999_999_999, 1_000_000_000, Long.MAX_VALUE})
    void take_whateverTheTickerSays_asManyAsThereAre(long nanos) {
        assertThat(taken(new Places(3, Duration.ofSeconds(1), () -> nanos), 9)).isEqualTo(3);
        assertThat(taken(new Places(0, Duration.ofSeconds(1), () -> nanos), 9)).isZero();
        assertThat(taken(new Places(100_000, Duration.ofMinutes(1), () -> nanos), 100_001))
                .isEqualTo(100_000);
    }
}
