package dev.scopegate.config;

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
}
