package dev.scopegate.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses request paths that two readers may read differently. Such a path is never normalised: whoever guesses what was
 * meant guesses differently from the next one, and the gap between two guesses is a way around the rules.
 *
 * <p>Checks the path as it stood in the request line. Does not check whether any rule or resource is there.
 */
public final class PathGuard {

    private PathGuard() {}

    /** Whether {@code rawPath}, undecoded and without its query, can be read in more than one way. */
    public static boolean isAmbiguous(String rawPath) {
        if (!rawPath.startsWith("/")) {
            // "*" and absolute or authority forms: no servlet path corresponds to them.
            return true;
        }
        for (int i = 0; i < rawPath.length(); i++) {
            char c = rawPath.charAt(i);
            // A path parameter: "/admin;x" is "/admin" to some and another resource to others.
            if (c == ';' || c == '\\' || c <= ' ' || c >= 0x7f) {
                return true;
            }
            if (c == '/' && i + 1 < rawPath.length() && (rawPath.charAt(i + 1) == '/' || dotSegment(rawPath, i + 1))) {
                return true;
            }
            if (c == '%' && ambiguousEscape(rawPath, i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a segment of one or two dots begins here, each written plainly or as {@code %2e}. */
    private static boolean dotSegment(String path, int start) {
        int at = start;
        int dots = 0;
        while (at < path.length() && dots <= 2) {
            if (path.charAt(at) == '.') {
                at++;
            } else if (path.regionMatches(true, at, "%2e", 0, 3)) {
                at += 3;
            } else {
                break;
            }
            dots++;
        }
        boolean ends = at == path.length() || path.charAt(at) == '/' || path.charAt(at) == ';';
        return dots >= 1 && dots <= 2 && ends;
    }

    /**
     * Whether an escape hides a character that divides or ends a path for some reader: a slash, a backslash, a semicolon, a
     * control character, or a percent sign that would be decoded twice. A broken escape is ambiguous too.
     */
    private static boolean ambiguousEscape(String path, int at) {
        if (at + 2 >= path.length()) {
            return true;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            return true;
        }
        int octet = high << 4 | low;
        if (octet >= 0x80) {
            return !isUtf8(path, at);
        }
        return octet < 0x20 || octet == 0x7f || octet == '/' || octet == '\\' || octet == ';' || octet == '%';
    }

    /**
     * Whether the escapes that begin here, as far as they are not ASCII, are UTF-8. What is not, such as a slash in two octets,
     * is something else for each reader. A control character is refused here, too.
     */
    private static boolean isUtf8(String path, int start) {
        if (start >= 3 && path.charAt(start - 3) == '%' && Character.digit(path.charAt(start - 2), 16) >= 8) {
            // Within a run that was looked at from its beginning.
            return true;
        }
        ByteBuffer octets = ByteBuffer.allocate((path.length() - start) / 3);
        for (int at = start; at + 2 < path.length() && path.charAt(at) == '%'; at += 3) {
            int high = Character.digit(path.charAt(at + 1), 16);
            int low = Character.digit(path.charAt(at + 2), 16);
            if (high < 8 || low < 0) {
                break;
            }
            octets.put((byte) (high << 4 | low));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(octets.flip())
                    .chars()
                    .noneMatch(Character::isISOControl);
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
