package dev.scopegate.sample.playground;

import java.util.regex.Pattern;

/** Cuts tokens short, so that they can be told apart and not be used. */
final class Redaction {

    /** Three parts of base64url, or one long word of random. */
    private static final Pattern TOKEN =
            Pattern.compile("[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*){2}|[A-Za-z0-9_~+-]{32,}=*");

    private static final int SHOWN = 6;

    private Redaction() {}

    /** The text, with only the beginning of each token in it. */
    static String shortened(String text) {
        return TOKEN.matcher(text)
                .replaceAll(token -> token.group().substring(0, SHOWN) + "… ("
                        + token.group().length() + " characters)");
    }
}
