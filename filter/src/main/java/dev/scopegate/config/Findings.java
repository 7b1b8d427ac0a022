package dev.scopegate.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The mistakes that were found so far, and the questions that are asked in many places. Not thread-safe. */
final class Findings {

    private final List<ConfigProblem> problems = new ArrayList<>();

    List<ConfigProblem> all() {
        return List.copyOf(problems);
    }

    void readable(String path, Path file) {
        if (!Files.isReadable(file)) {
            report(path, "'" + path + "' names a file that cannot be read: " + file.toAbsolutePath());
        }
    }

    void between(String path, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            report(path, "'" + path + "' must be between " + Durations.text(least) + " and " + Durations.text(most));
        }
    }

    void range(String path, int value, int least, int most) {
        if (value < least || value > most) {
            report(path, "'" + path + "' must be between " + least + " and " + most);
        }
    }

    void report(String path, String message) {
        problems.add(new ConfigProblem(path, message));
    }
}
