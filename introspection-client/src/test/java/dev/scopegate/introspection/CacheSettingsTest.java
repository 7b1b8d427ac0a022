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
}
