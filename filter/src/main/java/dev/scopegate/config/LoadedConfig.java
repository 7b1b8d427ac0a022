package dev.scopegate.config;

/**
 * A configuration and where it came from.
 *
 * @param config the configuration; well-formed, not yet checked
 * @param locations where its parts stand in the source
 */
public record LoadedConfig(ScopegateConfig config, Locations locations) {}
