package dev.scopegate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.scopegate.test.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Files of public test vectors that are JSON, and what of Wycheproof's form they have in common. */
public final class VectorFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private VectorFiles() {}

    /** The file, such as {@code wycheproof} and {@code ed25519_test.json}; skips the test that asks if there is none. */
    public static JsonNode read(String folder, String file) {
        return read(Vectors.folder(folder).resolve(file));
    }

    /** All JSON files in the folder, in the order of their names; skips the test that asks if there is no such folder. */
    public static List<Path> in(String folder) {
        try (Stream<Path> files = Files.list(Vectors.folder(folder))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The JSON of the file. */
    public static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The elements of a list, or none. */
    public static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
