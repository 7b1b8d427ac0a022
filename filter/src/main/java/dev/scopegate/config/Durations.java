package dev.scopegate.config;

import java.time.Duration;

/** Durations as the configuration writes them. */
final class Durations {

    private Durations() {}

    /** The duration in its largest whole unit, such as {@code 5m}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 60 != 0 || seconds == 0) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        return minutes % 1440 != 0 ? minutes / 60 + "h" : minutes / 1440 + "d";
    }
}
