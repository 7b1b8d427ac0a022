package dev.scopegate.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code scopegate.yaml}. Every mistake in the form of the file is reported at once, each with line and column.
 *
 * <p>Checks keys, types, duplicates and placeholders. Does not check what the values mean together: see
 * {@link ConfigChecks}. Never creates anything but the records of this package, whatever tags the file names.
 *
 * <p>Immutable.
 */
public final class ConfigReader {

    /** A configuration is written by hand; one that is larger than this is something else. */
    private static final int MAX_CHARACTERS = 1 << 20;

    private final Function<String, Optional<String>> environment;

    /** A reader that resolves {@code ${NAME}} from the environment of this process. */
    public ConfigReader() {
        this(name -> Optional.ofNullable(System.getenv(name)));
    }

    /** A reader that resolves {@code ${NAME}} from {@code environment}. */
    public ConfigReader(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /**
     * Reads a file. Relative paths in it are relative to its folder.
     *
     * @throws ConfigException if it is missing, unreadable or malformed
     */
    public LoadedConfig read(Path file) {
        String source = String.valueOf(file.getFileName());
        Path folder = file.toAbsolutePath().getParent();
        try {
            LoadedConfig loaded =
                    read(source, Files.readString(file, StandardCharsets.UTF_8), folder == null ? Path.of("") : folder);
            List<Path> files = new ArrayList<>(loaded.files());
            files.add(0, file);
            return new LoadedConfig(loaded.config(), loaded.locations(), files, loaded.warnings());
        } catch (CharacterCodingException notUtf8) {
            throw YamlText.refusal(source, "is not UTF-8");
        } catch (IOException unreadable) {
            throw YamlText.refusal(source, unreadable(file));
        }
    }

    private static String unreadable(Path file) {
        if (Files.isDirectory(file)) {
            return "is a folder: " + file.toAbsolutePath() + "; name the file in it";
        }
        return Files.exists(file)
                ? "cannot be read; check its permissions"
                : "does not exist at " + file.toAbsolutePath() + "; create it or name another one";
    }

    /**
     * Reads a text.
     *
     * @param source the name of the text in messages, such as {@code scopegate.yaml}
     * @param folder what relative paths in the text are relative to
     * @throws ConfigException if it is malformed
     */
    public LoadedConfig read(String source, String text, Path folder) {
        Node root =
                YamlText.compose(source, text, MAX_CHARACTERS, "a configuration", "at least 'issuers' and 'routes'");
        List<ConfigProblem> problems = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        ScalarBinder scalars = new ScalarBinder(environment, folder);
        RecordBinder binder = new RecordBinder(
                scalars, problems::add, (path, at) -> places.put(path, source + ":" + YamlText.place(at)));
        Optional<ScopegateConfig> config = binder.bind(root, ScopegateConfig.class);
        Locations locations = new Locations(source, places);
        if (!problems.isEmpty() || config.isEmpty()) {
            throw new ConfigException(problems, locations);
        }
        return new LoadedConfig(config.get(), locations, scalars.files(), binder.warnings());
    }
}
