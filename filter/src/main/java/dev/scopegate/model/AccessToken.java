package dev.scopegate.model;

/**
 * An access token as the client presented it: text that nothing has validated.
 *
 * <p>Immutable. Its text form hides the value, since whoever holds the value holds the rights.
 *
 * @param value the token, not empty, and at most as long as configured; it may hold any character
 */
public record AccessToken(String value) {

    @Override
    public String toString() {
        return "AccessToken[hidden, " + value.length() + " characters]";
    }
}
