package dev.scopegate.config;

import java.nio.file.Path;

/**
 * A file that a configuration names. A type of its own, so that every binder can make it from a text.
 *
 * @param path the file; relative paths in {@code scopegate.yaml} were resolved against its folder
 */
public record FileReference(Path path) {

    /** No file: what is not said where one is needed. */
    static final FileReference NONE = of("");

    /** The file at {@code path}. */
    public static FileReference of(String path) {
        return new FileReference(Path.of(path));
    }
}
