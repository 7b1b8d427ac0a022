package dev.scopegate.challenge;

import java.util.Collection;
import java.util.stream.Collectors;

/** Texts as JSON writes them, whatever characters they hold. */
final class JsonText {

    private JsonText() {}

    /** A string, with its quotes. */
    static String string(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029' || isUnpaired(text, i)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** An array of strings. */
    static String array(Collection<String> texts) {
        return texts.stream().map(JsonText::string).collect(Collectors.joining(",", "[", "]"));
    }

    /** Half a character cannot be written in UTF-8. */
    private static boolean isUnpaired(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }
}
