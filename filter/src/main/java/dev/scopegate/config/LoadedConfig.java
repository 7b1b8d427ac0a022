package dev.scopegate.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A configuration and where it came from.
 *
 * @param config the configuration; well-formed, not yet checked
 * @param locations where its parts stand in the source
 * @param files the files that it was read from, and those that it names; empty if it came from elsewhere
 * @param warnings what about the way it was written is no mistake, but should not stay as it is
 */
public record LoadedConfig(
        ScopegateConfig config, Locations locations, List<Path> files, List<ConfigProblem> warnings) {

    public LoadedConfig {
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }

    /** A configuration that did not come from files. */
    public LoadedConfig(ScopegateConfig config, Locations locations) {
        this(config, locations, List.of(), List.of());
    }

    /** The warnings, and those about what the configuration says, one sentence each with its place. */
    public List<String> placedWarnings() {
        return Stream.concat(warnings.stream(), ConfigWarnings.of(config).stream())
                .map(warning -> locations.nearest(warning.path()) + ": " + warning.message())
                .toList();
    }

    /** The same, with another configuration in its place. */
    public LoadedConfig with(ScopegateConfig other) {
        return new LoadedConfig(other, locations, files, warnings);
    }
}
