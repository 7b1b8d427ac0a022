package dev.scopegate.sample.playground;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends requests to the API as they are written, over a socket: browsers and HTTP clients repeat no field and tidy up paths. Does not
 * follow, retry or keep anything. Safe for concurrent use.
 */
final class Wire {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MAX_ANSWER_BYTES = 65_536;

    private final int port;

    /** For the API on this port of this machine. */
    Wire(int port) {
        this.port = port;
    }

    /** A header field. */
    record Field(String name, String value) {}

    /**
     * A request without a body. Its text may hold tokens; {@link #redacted} does not.
     *
     * @param target what stands between the method and the version
     */
    record Sent(String method, String target, List<Field> fields) {

        Sent {
            fields = List.copyOf(fields);
        }

        /** The same for people to read, with tokens cut short. */
        Sent redacted() {
            return new Sent(
                    method,
                    Redaction.shortened(target),
                    fields.stream()
                            .map(field -> new Field(field.name(), Redaction.shortened(field.value())))
                            .toList());
        }

        @Override
        public String toString() {
            return "Sent[" + method + "]";
        }
    }

    /** What came back. */
    record Received(int status, List<Field> fields, String body, long tookMillis) {

        Received {
            fields = List.copyOf(fields);
        }

        /** All values of the field, one after the other; empty if there is none. */
        String all(String name) {
            return String.join(
                    ", ",
                    fields.stream()
                            .filter(field -> field.name().equalsIgnoreCase(name))
                            .map(Field::value)
                            .toList());
        }
    }

    /** Sends the request, and adds the fields without which it would be none. */
    Received send(Sent request) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            int patience = Math.toIntExact(PATIENCE.toMillis());
            socket.setSoTimeout(patience);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), patience);
            socket.getOutputStream().write(text(request).getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] answer = socket.getInputStream().readNBytes(MAX_ANSWER_BYTES);
            return read(answer, Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    private String text(Sent request) {
        StringBuilder text = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\n");
        text.append("Host: localhost:").append(port).append("\r\nConnection: close\r\n");
        request.fields().forEach(field -> text.append(field.name() + ": " + field.value() + "\r\n"));
        return text.append("\r\n").toString();
    }

    private static Received read(byte[] answer, long tookMillis) throws IOException {
        ByteArrayInputStream rest = new ByteArrayInputStream(answer);
        String[] status = line(rest).split(" ", 3);
        if (status.length < 2 || !status[1].matches("[1-5][0-9]{2}")) {
            throw new IOException("the API gave no answer");
        }
        List<Field> fields = new ArrayList<>();
        for (String line = line(rest); !line.isEmpty(); line = line(rest)) {
            String[] parts = line.split(":", 2);
            fields.add(new Field(parts[0], parts.length == 2 ? parts[1].strip() : ""));
        }
        Received received = new Received(Integer.parseInt(status[1]), fields, "", tookMillis);
        byte[] body = received.all("Transfer-Encoding").equals("chunked") ? chunks(rest) : rest.readAllBytes();
        return new Received(received.status(), fields, new String(body, StandardCharsets.UTF_8), tookMillis);
    }

    /** RFC 9112 §7.1, as our own server sends it. */
    private static byte[] chunks(ByteArrayInputStream rest) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(rest); size > 0; size = size(rest)) {
            body.write(rest.readNBytes(size));
            line(rest);
        }
        return body.toByteArray();
    }

    private static int size(ByteArrayInputStream rest) {
        String line = line(rest);
        return line.matches("[0-9A-Fa-f]{1,6}") ? Integer.parseInt(line, 16) : 0;
    }

    private static String line(ByteArrayInputStream rest) {
        StringBuilder line = new StringBuilder();
        for (int next = rest.read(); next >= 0 && next != '\n'; next = rest.read()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
