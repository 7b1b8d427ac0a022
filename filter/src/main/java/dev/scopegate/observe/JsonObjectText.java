package dev.scopegate.observe;

import java.util.Collection;
import java.util.Iterator;

/**
 * A JSON object on one line, in visible ASCII and blanks alone, whatever its texts hold; a text longer than {@value #LONGEST} characters
 * is cut and ends in an ellipsis. Expects names that need no escaping.
 *
 * <p>Not thread-safe; use one per line.
 */
final class JsonObjectText {

    /** The longest text that is written whole, in UTF-16 code units. */
    static final int LONGEST = 256;

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder json = new StringBuilder(512).append('{');

    void add(String name, String text) {
        begin(name);
        append(text);
    }

    void add(String name, long number) {
        begin(name);
        json.append(number);
    }

    void add(String name, Collection<String> texts) {
        begin(name);
        json.append('[');
        for (Iterator<String> each = texts.iterator(); each.hasNext(); ) {
            append(each.next());
            json.append(each.hasNext() ? "," : "");
        }
        json.append(']');
    }

    /** The whole. Nothing can be added after that. */
    String text() {
        return json.append('}').toString();
    }

    private void begin(String name) {
        json.append(json.length() == 1 ? "\"" : ",\"").append(name).append("\":");
    }

    private void append(String text) {
        json.append('"');
        int end = Math.min(text.length(), LONGEST);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            // Half a character is none: those who read the line might refuse all of it.
            end--;
        }
        for (int i = 0; i < end; i++) {
            append(text.charAt(i));
        }
        if (end < text.length()) {
            append('…');
        }
        json.append('"');
    }

    private void append(char c) {
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (c >= ' ' && c < 0x7F) {
            json.append(c);
        } else {
            // Line breaks would forge further lines, terminal codes and letters that turn the direction of reading
            // would hide some.
            json.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                json.append(HEX.charAt(c >> shift & 0xF));
            }
        }
    }
}
