package dev.scopegate.config;

import java.nio.file.Path;

/**
 * Where a configuration comes from, so that it can be read again.
 *
 * <p>Has to be safe for concurrent use.
 */
@FunctionalInterface
public interface ConfigSource {

    /**
     * Reads the configuration as it is now.
     *
     * @throws ConfigException if it is missing or malformed
     */
    LoadedConfig load();

    /** The configuration in a file. */
    static ConfigSource of(Path file) {
        return () -> new ConfigReader().read(file);
    }
}
