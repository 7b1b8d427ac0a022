package dev.scopegate.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A configuration and where it came from.
 *
 * @param config the configuration; well-formed, not yet checked
 * @param locations where its parts stand in the source
 * @param files the files that it was read from; empty if it came from elsewhere
 */
public record LoadedConfig(ScopegateConfig config, Locations locations, List<Path> files) {

    public LoadedConfig {
        files = List.copyOf(files);
    }

    /** A configuration that did not come from files. */
    public LoadedConfig(ScopegateConfig config, Locations locations) {
        this(config, locations, List.of());
    }
}
