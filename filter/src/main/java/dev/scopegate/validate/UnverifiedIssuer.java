package dev.scopegate.validate;

import dev.scopegate.introspection.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds what a payload calls its issuer, and reads nothing else of it: until its signature is verified, a payload is whatever a
 * stranger cares to send, and is not worth building a thousand claims from.
 *
 * <p>Does not check that the payload is JSON. What it finds may choose among the configured issuers and no more; the claims that
 * count are read afterwards, strictly.
 */
final class UnverifiedIssuer {

    private static final byte[] NAME = "\"iss\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;

    private UnverifiedIssuer(byte[] json) {
        this.json = json;
    }

    /** The text of the first member {@code iss} of the outermost object; empty if there is none that is a text. */
    static Optional<String> in(byte[] payload) {
        return new UnverifiedIssuer(payload).find();
    }

    private Optional<String> find() {
        int depth = 0;
        boolean nameMayFollow = false;
        int at = 0;
        while (at < json.length) {
            byte octet = json[at];
            if (octet == '"') {
                int end = endOfString(at);
                if (nameMayFollow) {
                    Optional<String> issuer = issuer(at, end);
                    if (issuer.isPresent()) {
                        return issuer;
                    }
                }
                nameMayFollow = false;
                at = end;
                continue;
            }
            if (octet == '{' || octet == '[') {
                depth++;
                nameMayFollow = depth == 1;
            } else if (octet == '}' || octet == ']') {
                depth--;
            } else if (octet == ',') {
                nameMayFollow = depth == 1;
            }
            at++;
        }
        return Optional.empty();
    }

    /** The value of the member whose name stands between two indices, if that is the issuer's. */
    private Optional<String> issuer(int start, int nameEnd) {
        if (!isName(start, nameEnd)) {
            return Optional.empty();
        }
        int value = skipSpace(nameEnd);
        value = value < json.length && json[value] == ':' ? skipSpace(value + 1) : json.length;
        if (value >= json.length || json[value] != '"') {
            return Optional.empty();
        }
        return StrictJson.object(member(start, endOfString(value)))
                .flatMap(member -> member.get("iss") instanceof String text ? Optional.of(text) : Optional.empty());
    }

    /** Whether the name is the issuer's, or has an escape, and could be it. */
    private boolean isName(int start, int end) {
        boolean escaped = false;
        for (int i = start; i < end; i++) {
            escaped |= json[i] == '\\';
        }
        return escaped || Arrays.equals(json, start, end, NAME, 0, NAME.length);
    }

    /** An object of this member alone. */
    private byte[] member(int start, int end) {
        byte[] object = new byte[end - start + 2];
        object[0] = '{';
        System.arraycopy(json, start, object, 1, end - start);
        object[object.length - 1] = '}';
        return object;
    }

    /** The index behind the quotation mark that ends the string that begins at {@code start}. */
    private int endOfString(int start) {
        int at = start + 1;
        while (at < json.length && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, json.length);
    }

    private int skipSpace(int start) {
        int at = start;
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at;
    }
}
