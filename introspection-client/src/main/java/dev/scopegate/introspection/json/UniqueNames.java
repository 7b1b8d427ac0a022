package dev.scopegate.introspection.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether no object of a JSON text has a member name twice, at any depth, and none is nested too deep. Looks at structure
 * alone: whether the text is JSON at all is the parser's business, so what is said of other texts means nothing.
 *
 * <p>Not thread-safe; use one per text.
 */
final class UniqueNames {

    /** More than any token or answer needs, and far less than a stack holds. */
    static final int MAX_DEPTH = 32;

    private final String text;
    private final Deque<Level> open = new ArrayDeque<>();
    private boolean nameMayFollow;

    private UniqueNames(String text) {
        this.text = text;
    }

    static boolean holdIn(String text) {
        return new UniqueNames(text).hold();
    }

    private boolean hold() {
        for (int at = 0; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '{' -> {
                    open.push(new Level(true, new HashSet<>()));
                    nameMayFollow = true;
                }
                case '[' -> {
                    open.push(new Level(false, Set.of()));
                    nameMayFollow = false;
                }
                case '}', ']' -> {
                    open.poll();
                    nameMayFollow = false;
                }
                case ',' -> nameMayFollow = !open.isEmpty() && open.peek().isObject();
                case '"' -> {
                    int end = endOfString(at + 1);
                    if (nameMayFollow && !open.isEmpty() && !open.peek().names().add(unescape(at + 1, end))) {
                        return false;
                    }
                    nameMayFollow = false;
                    at = end;
                }
                default -> {
                    // Numbers, words, colons, white space: nothing that opens or names anything.
                }
            }
            if (open.size() > MAX_DEPTH) {
                return false;
            }
        }
        return true;
    }

    private int endOfString(int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    /** A name without its escapes: to the parser a letter is the same letter when it is escaped, so it is here. */
    private String unescape(int start, int end) {
        String raw = text.substring(start, Math.min(end, text.length()));
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder name = new StringBuilder(raw.length());
        for (int at = 0; at < raw.length(); at++) {
            char c = raw.charAt(at);
            if (c != '\\' || at + 1 >= raw.length()) {
                name.append(c);
            } else if (raw.charAt(at + 1) == 'u' && at + 5 < raw.length()) {
                name.append(codeUnit(raw, at + 2));
                at += 5;
            } else {
                at++;
                name.append(control(raw.charAt(at)));
            }
        }
        return name.toString();
    }

    private static char codeUnit(String raw, int start) {
        int value = 0;
        for (int i = start; i < start + 4; i++) {
            value = value << 4 | Math.max(0, Character.digit(raw.charAt(i), 16));
        }
        return (char) value;
    }

    private static char control(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    /** An object with the names that it has so far, or an array, whose strings are no names. */
    private record Level(boolean isObject, Set<String> names) {}
}
