package dev.scopegate.spring;

import dev.scopegate.config.ConfigException;
import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.ConfigReader;
import dev.scopegate.config.ConfigSource;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.Locations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Where the configuration of an application is: its properties, or the {@code scopegate.yaml} that {@code scopegate.config}
 * names, which is then the whole of it. A file is watched; properties and what is packed in a jar are not.
 */
final class ConfiguredSource {

    private static final String CLASS_PATH = ResourceLoader.CLASSPATH_URL_PREFIX;
    private static final String FILE = "file:";

    private final Environment environment;
    private final ResourceLoader resources;
    private final Locations locations;

    private ConfiguredSource(Environment environment, ResourceLoader resources, Locations locations) {
        this.environment = environment;
        this.resources = resources;
        this.locations = locations;
    }

    /**
     * The source of the configuration.
     *
     * @throws ConfigException if there is a mistake in where it is, or in properties that binding does not look at
     */
    static ConfigSource of(ScopegateProperties properties, Environment environment, ResourceLoader resources) {
        Locations locations = PropertyLocations.in(environment);
        List<ConfigProblem> problems = PropertyLocations.problems(environment);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems, locations);
        }
        PropertyLocations.warnOfStrangers(environment);
        Optional<String> named = properties.config();
        if (named.isPresent()) {
            return new ConfiguredSource(environment, resources, locations).at(named.get());
        }
        LoadedConfig written = new LoadedConfig(properties.toConfig(), locations);
        return () -> written;
    }

    private ConfigSource at(String location) {
        List<String> besides = PropertyLocations.besidesAFile(environment);
        if (!besides.isEmpty()) {
            // Which of the two protects the application must not be a question of which one is found first.
            throw mistake("names a file that is the whole configuration, and there is another one in " + besides.get(0)
                    + "; keep one of the two");
        }
        // Placeholders mean in the file what they mean in the properties.
        ConfigReader reader = new ConfigReader(name -> Optional.ofNullable(environment.getProperty(name)));
        if (!location.startsWith(CLASS_PATH) && !location.startsWith(FILE)) {
            return inFile(reader, path(location));
        }
        Resource resource = resources.getResource(location);
        if (location.startsWith(CLASS_PATH) && !resource.exists()) {
            throw mistake("names a file that is not on the class path: " + location);
        }
        try {
            return resource.isFile() ? inFile(reader, resource.getFile().toPath()) : () -> read(reader, resource);
        } catch (IOException | InvalidPathException noFile) {
            throw mistake("names no file: " + location);
        }
    }

    private Path path(String location) {
        try {
            return Path.of(location);
        } catch (InvalidPathException noPath) {
            throw mistake("must be a path, file:… or classpath:…");
        }
    }

    private ConfigSource inFile(ConfigReader reader, Path file) {
        if (Files.isDirectory(file)) {
            throw mistake("names a folder: " + file.toAbsolutePath() + "; name the file in it");
        }
        if (!Files.exists(file)) {
            throw mistake("names a file that does not exist: " + file.toAbsolutePath());
        }
        return () -> reader.read(file);
    }

    private static LoadedConfig read(ConfigReader reader, Resource resource) {
        try (InputStream stream = resource.getInputStream()) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return reader.read(String.valueOf(resource.getFilename()), text, Path.of(""));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the configuration cannot be read", unreadable);
        }
    }

    private ConfigException mistake(String sentence) {
        ConfigProblem problem = new ConfigProblem(PropertyLocations.CONFIG, "'config' " + sentence);
        return new ConfigException(List.of(problem), locations);
    }
}
