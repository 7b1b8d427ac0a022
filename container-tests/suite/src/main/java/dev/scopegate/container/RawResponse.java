package dev.scopegate.container;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A response as it came over the wire, read with no mercy.
 *
 * @param status the status code
 * @param headers the header lines, {@code Name: value}, in order
 * @param body the body as text, its transfer coding removed
 * @param whole whether the message had the end that its headers promised
 * @param excess what came after that end; empty from a sane server
 */
public record RawResponse(int status, List<String> headers, String body, boolean whole, String excess) {

    private static final String CRLF = "\r\n";

    /** Whether what a server sent begins like a response of HTTP/1. */
    static boolean isOne(byte[] received) {
        return new String(received, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.");
    }

    /** Reads all that a server sent until it closed the connection. */
    static RawResponse parse(byte[] received, boolean bodiless) {
        String text = new String(received, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(CRLF + CRLF);
        if (!text.startsWith("HTTP/1.") || end < 0) {
            throw new IllegalStateException("not a response: '" + text + "'");
        }
        List<String> lines = List.of(text.substring(0, end).split(CRLF));
        int status = Integer.parseInt(lines.get(0).split(" ", 3)[1]);
        RawResponse head = new RawResponse(status, lines.subList(1, lines.size()), "", true, "");
        return head.withBody(text.substring(end + 4), bodiless);
    }

    /** The values of all header lines of that name, in order. */
    public List<String> headers(String name) {
        String start = name + ":";
        return headers.stream()
                .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                .map(line -> line.substring(start.length()).trim())
                .toList();
    }

    /** The value of the only header line of that name. */
    public Optional<String> header(String name) {
        List<String> values = headers(name);
        if (values.size() > 1) {
            throw new IllegalStateException(name + " was sent more than once: " + values);
        }
        return values.stream().findFirst();
    }

    private RawResponse withBody(String rest, boolean bodiless) {
        if (bodiless || status == 204 || status == 304) {
            return new RawResponse(status, headers, "", true, rest);
        }
        if (headers("Transfer-Encoding").contains("chunked")) {
            return withChunks(rest);
        }
        int length = header("Content-Length").map(Integer::parseInt).orElse(rest.length());
        int end = Math.min(length, rest.length());
        return new RawResponse(
                status, headers, utf8(rest.substring(0, end)), length <= rest.length(), rest.substring(end));
    }

    private RawResponse withChunks(String rest) {
        List<String> chunks = new ArrayList<>();
        int at = 0;
        while (true) {
            int lineEnd = rest.indexOf(CRLF, at);
            int size = lineEnd < 0 ? -1 : Integer.parseInt(rest.substring(at, lineEnd), 16);
            int end = lineEnd + 2 + size;
            if (size < 0 || end + 2 > rest.length()) {
                return new RawResponse(status, headers, utf8(String.join("", chunks)), false, "");
            }
            chunks.add(rest.substring(lineEnd + 2, end));
            at = end + 2;
            if (size == 0) {
                return new RawResponse(status, headers, utf8(String.join("", chunks)), true, rest.substring(at));
            }
        }
    }

    private static String utf8(String octets) {
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
