package dev.scopegate.model;

import org.jspecify.annotations.Nullable;

/**
 * An access token as the client presented it: text that nothing has validated. It is left where it stands, in the field of a
 * request, until someone wants it by itself: of a token that was seen before, nobody does.
 *
 * <p>Immutable. Two are equal if their values are. Its text form hides the value, since whoever holds the value holds the rights.
 */
public final class AccessToken {

    private final String text;
    private final int start;

    /**
     * The token {@code value}.
     *
     * @param value not empty, and at most as long as configured; it may hold any character
     */
    public AccessToken(String value) {
        this(value, 0);
    }

    /**
     * The token with which {@code text} ends.
     *
     * @param start where in {@code text} it begins
     */
    public AccessToken(String text, int start) {
        this.text = text;
        this.start = start;
    }

    /** The token by itself. Copies it, where more than the token was given. */
    public String value() {
        return text.substring(start);
    }

    /** The text that ends with the token. */
    public String text() {
        return text;
    }

    /** Where the token begins in its text. */
    public int start() {
        return start;
    }

    /** How many characters it has. */
    public int length() {
        return text.length() - start;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessToken token
                && token.length() == length()
                && token.text.regionMatches(token.start, text, start, length());
    }

    @Override
    public int hashCode() {
        return value().hashCode();
    }

    @Override
    public String toString() {
        return "AccessToken[hidden, " + length() + " characters]";
    }
}
