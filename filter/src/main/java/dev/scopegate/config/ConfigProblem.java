package dev.scopegate.config;

/**
 * One mistake in a configuration.
 *
 * @param path where it is, such as {@code routes[2].scopes}; empty for the whole
 * @param message what is wrong and what would be right, in one sentence; holds no secret
 */
public record ConfigProblem(String path, String message) {}
