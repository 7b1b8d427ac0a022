package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheSettingsTest {

    @Test
    void defaults_areAMinuteAndTenSeconds() {
        assertThat(CacheSettings.defaults())
                .isEqualTo(new CacheSettings(Duration.ofSeconds(60), Duration.ofSeconds(10), 10_000));
    }

    @Test
    void off_keepsNothing() {
        assertThat(CacheSettings.off().ttl()).isZero();
        assertThat(CacheSettings.off().negativeTtl()).isZero();
    }

    @Test
    void create_lessThanNothing_refused() {
        Duration less = Duration.ofNanos(-1);

        assertThatThrownBy(() -> new CacheSettings(less, Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CacheSettings(Duration.ZERO, less, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CacheSettings(Duration.ZERO, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void create_aYear_takenAndLongerRefused() {
        Duration year = Duration.ofDays(365);
        Duration longer = year.plusNanos(1);

        assertThat(new CacheSettings(year, year, 1, year).ttl()).isEqualTo(year);
        assertThatThrownBy(() -> new CacheSettings(longer, Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CacheSettings(Duration.ZERO, longer, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CacheSettings(Duration.ZERO, Duration.ZERO, 1, longer))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
