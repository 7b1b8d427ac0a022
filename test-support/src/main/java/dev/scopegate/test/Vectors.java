package dev.scopegate.test;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Public test vectors: where they are, and how well we did.
 *
 * <p>They are not part of the sources. They are looked for in the folder that the system property {@value #PROPERTY} names, and
 * in {@code shared/vectors} beside the checkout; a test that asks for them is skipped where they are not there, and says so.
 *
 * <p>Does not look at what is in a folder. Safe for concurrent use.
 */
public final class Vectors {

    /** The system property that names the folder of all vectors. */
    public static final String PROPERTY = "scopegate.vectors";

    /** Beside the checkout, seen from the folder of a module, where Maven runs its tests, and from the checkout itself. */
    private static final List<Path> BESIDE = List.of(Path.of("../../shared/vectors"), Path.of("../shared/vectors"));

    private Vectors() {}

    /**
     * The folder of one collection. Skips the test that asks if there is none.
     *
     * @param name path below the folder of all vectors, such as {@code json-test-suite/test_parsing}
     */
    public static Path folder(String name) {
        String named = System.getProperty(PROPERTY, "");
        List<Path> places = named.isEmpty() ? BESIDE : List.of(Path.of(named));
        return places.stream()
                .map(place -> place.resolve(name).toAbsolutePath().normalize())
                .filter(Files::isDirectory)
                .findFirst()
                .orElseGet(() -> Assumptions.abort("no vectors " + name + ": neither -D" + PROPERTY
                        + "=FOLDER nor shared/vectors beside the checkout has them"));
    }

    /**
     * Prints what a collection came to in one line, such as {@code JSON test suite: 93 of 95 y_, 188 of 188 n_}.
     *
     * @param out where to; a test gives {@code System.out}
     */
    public static void printScore(PrintStream out, String collection, String score) {
        out.println(collection + ": " + score);
    }
}
