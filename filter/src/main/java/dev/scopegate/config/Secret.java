package dev.scopegate.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * A text that must not be printed. Its own text form hides it.
 *
 * @param reveal the secret itself
 */
public record Secret(String reveal) {

    /** A secret from its text. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }

    /**
     * The content of a file, without a last line break.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    static Secret in(FileReference file) {
        try {
            return of(Files.readString(file.path()).stripTrailing());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the file of a secret cannot be read", unreadable);
        }
    }
}
