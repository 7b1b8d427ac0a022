package dev.scopegate.introspection.json;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.test.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The JSON test suite of Nicolas Seriot: {@code y_} is JSON, {@code n_} is not, {@code i_} is up to the reader. */
class JsonTestSuiteTest {

    /** JSON by its grammar, refused on purpose: a member name twice. */
    private static final Set<String> EXCEPTIONS =
            Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

    /** Of the free ones those that are taken: numbers that a double can only come near. All others are refused. */
    private static final Set<String> TAKEN = Set.of(
            "i_number_double_huge_neg_exp.json",
            "i_number_real_underflow.json",
            "i_number_too_big_neg_int.json",
            "i_number_too_big_pos_int.json",
            "i_number_very_big_negative_int.json");

    private static Map<String, byte[]> files;

    @BeforeAll
    static void readAll() throws IOException {
        try (Stream<Path> listed = Files.list(Vectors.folder("json-test-suite/test_parsing"))) {
            files = listed.collect(Collectors.toMap(
                    file -> file.getFileName().toString(), JsonTestSuiteTest::read, (one, other) -> one, TreeMap::new));
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void value_eachFile_readOrRefusedAsItsNameSays() {
        Set<String> read = names("", name -> value(name).isPresent());

        Vectors.printScore(
                System.out,
                "JSON test suite",
                "%d of %d y_ (%d refused on purpose), %d of %d n_, %d i_ (%d accepted)"
                        .formatted(
                                count(read, "y_"),
                                count(files.keySet(), "y_"),
                                EXCEPTIONS.size(),
                                count(files.keySet(), "n_") - count(read, "n_"),
                                count(files.keySet(), "n_"),
                                count(files.keySet(), "i_"),
                                count(read, "i_")));
        assertThat(files).hasSizeGreaterThanOrEqualTo(318);
        assertThat(names("y_", not(read::contains))).isEqualTo(EXCEPTIONS);
        assertThat(names("n_", read::contains)).isEmpty();
        assertThat(names("i_", read::contains)).isEqualTo(TAKEN);
    }

    @Test
    void object_eachFile_readOnlyIfItIsAnObject() {
        Set<String> objects = names("", name -> value(name).orElse("") instanceof Map);

        assertThat(objects).hasSizeGreaterThan(5);
        assertThat(names("", name -> StrictJson.object(files.get(name)).isPresent()))
                .isEqualTo(objects);
    }

    private static Optional<Object> value(String name) {
        return new JsonReader(files.get(name)).value();
    }

    private static Set<String> names(String prefix, Predicate<String> which) {
        return files.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .filter(which)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long count(Set<String> names, String prefix) {
        return names.stream().filter(name -> name.startsWith(prefix)).count();
    }
}
