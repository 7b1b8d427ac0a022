package dev.scopegate.sample;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a test needs from outside Maven: skipped where it is missing, but failed in CI. */
final class OutsideProgram {

    private OutsideProgram() {}

    /** Requires a program on the path. */
    static void require(String name, String debianPackage) {
        boolean present = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        require(present, name + " is missing: install Debian's package " + debianPackage);
    }

    /** Requires a file. */
    static void require(Path file, String remedy) {
        require(Files.exists(file), file.getFileName() + " is missing: " + remedy);
    }

    private static void require(boolean present, String message) {
        if (present) {
            return;
        }
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        System.out.println("Skipped, " + message);
        abort(message);
    }
}
