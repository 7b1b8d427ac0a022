package dev.scopegate.servlet;

import dev.scopegate.config.ConfigException;
import dev.scopegate.config.ConfigProblem;
import dev.scopegate.config.ConfigReader;
import dev.scopegate.config.ConfigSource;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.Locations;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a web application's configuration is. In this order: the filter's init-param {@code config}, the system property
 * {@code scopegate.config}, {@code /WEB-INF/scopegate.yaml}, {@code scopegate.yaml} on the class path. What is named by the
 * first two is a file, or {@code /WEB-INF/…} in the application, or {@code classpath:…}.
 */
final class ConfigLocation {

    /** The system property that names a configuration. */
    static final String PROPERTY = "scopegate.config";

    private static final String FILE = "scopegate.yaml";
    private static final String IN_WAR = "/WEB-INF/" + FILE;
    private static final String CLASS_PATH = "classpath:";

    private ConfigLocation() {}

    /**
     * Where the configuration is.
     *
     * @param named the value of the init-param
     * @throws ConfigException if it is nowhere
     */
    static ConfigSource find(ServletContext context, Optional<String> named) {
        return named.or(() -> Optional.ofNullable(System.getProperty(PROPERTY)))
                .map(name -> named(context, name))
                .or(() -> resource(context, IN_WAR)
                        .or(() -> onClassPath(context, FILE))
                        .map(ConfigLocation::at))
                .orElseThrow(
                        () -> missing("no configuration; put " + FILE + " into WEB-INF or on the class path, or name a"
                                + " file by the init-param 'config' or the system property '" + PROPERTY + "'"));
    }

    /** Whether there is a configuration, be it good or bad. */
    static boolean exists(ServletContext context) {
        return System.getProperty(PROPERTY) != null
                || resource(context, IN_WAR).isPresent()
                || onClassPath(context, FILE).isPresent();
    }

    private static ConfigSource named(ServletContext context, String name) {
        if (name.startsWith(CLASS_PATH)) {
            return onClassPath(context, name.substring(CLASS_PATH.length()))
                    .map(ConfigLocation::at)
                    .orElseThrow(() -> missing(name + " is not on the class path"));
        }
        if (name.startsWith("/WEB-INF/")) {
            return resource(context, name)
                    .map(ConfigLocation::at)
                    .orElseThrow(() -> missing(name + " is not in the application"));
        }
        return ConfigSource.of(Path.of(name));
    }

    /** What is a file is read as one, so that it is watched and its relative paths are found. */
    private static ConfigSource at(URL url) {
        if (url.getProtocol().equals("file")) {
            return ConfigSource.of(Path.of(URI.create(url.toString())));
        }
        return () -> read(url);
    }

    private static LoadedConfig read(URL url) {
        try (InputStream stream = url.openStream()) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            String path = url.getPath();
            return new ConfigReader().read(path.substring(path.lastIndexOf('/') + 1), text, Path.of(""));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the configuration cannot be read", unreadable);
        }
    }

    private static Optional<URL> resource(ServletContext context, String path) {
        try {
            return Optional.ofNullable(context.getResource(path));
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<URL> onClassPath(ServletContext context, String name) {
        return Optional.ofNullable(context.getClassLoader().getResource(name));
    }

    private static ConfigException missing(String message) {
        return new ConfigException(List.of(new ConfigProblem("", message)), Locations.none(FILE));
    }
}
