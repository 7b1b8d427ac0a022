package dev.scopegate.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the key of an HMAC: the octets of a file, but for a line break at its end. Never quotes any of it. */
final class SharedSecret {

    /** More than any hash makes use of; whatever is larger is another file. */
    private static final int MAX_OCTETS = 4_096;

    private SharedSecret() {}

    /**
     * The key in {@code file}.
     *
     * @throws IOException if it cannot be read, or cannot be a key; says what is wrong, and never quotes
     */
    static byte[] read(Path file) throws IOException {
        byte[] content;
        try (InputStream octets = Files.newInputStream(file)) {
            content = octets.readNBytes(MAX_OCTETS + 1);
        }
        if (content.length > MAX_OCTETS) {
            throw new IOException("names a file of more than " + MAX_OCTETS + " octets");
        }
        byte[] key = withoutLineBreak(content);
        if (key.length == 0) {
            throw new IOException("names an empty file");
        }
        return key;
    }

    /** Editors and {@code echo} end a file with one; a key of random octets may well end with another. */
    private static byte[] withoutLineBreak(byte[] content) {
        int end = content.length;
        if (end > 0 && content[end - 1] == '\n') {
            end -= end > 1 && content[end - 2] == '\r' ? 2 : 1;
        }
        return Arrays.copyOf(content, end);
    }

    /** Whether it is one octet again and again: filler, which somebody meant to replace. */
    static boolean isFiller(byte[] key) {
        for (byte octet : key) {
            if (octet != key[0]) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a key in some wrapping, perhaps a public one, and not the octets themselves. */
    static boolean isWrapped(byte[] key) {
        String text = new String(key, StandardCharsets.ISO_8859_1);
        return text.startsWith("-----BEGIN ") || text.contains("\"kty\"");
    }
}
