package dev.scopegate.test.matrix;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * HTTP/1.1 by hand, since every client changes something of what it is told to send. Reads the head of the answer alone. Immutable.
 *
 * @param address scheme, host, port and perhaps a path
 */
record RawHttp(URI address) implements TestedApi {

    private static final int DEFAULT_PORT = 80;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int LONGEST_HEAD = 65_536;
    private static final String END_OF_HEAD = "\r\n\r\n";

    RawHttp {
        if (!"http".equals(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("not an address of plain HTTP: " + address);
        }
    }

    @Override
    public ApiAnswer send(ApiRequest request) throws IOException {
        int port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
        try (Socket socket = new Socket(address.getHost(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(text(request).getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return answer(head(socket.getInputStream()));
        }
    }

    private String text(ApiRequest request) {
        String base = address.getRawPath().endsWith("/")
                ? address.getRawPath().substring(0, address.getRawPath().length() - 1)
                : address.getRawPath();
        StringBuilder text = new StringBuilder()
                .append(request.method())
                .append(' ')
                .append(base)
                .append(request.target())
                .append(" HTTP/1.1\r\nHost: ")
                .append(address.getRawAuthority())
                .append("\r\nConnection: close\r\n");
        request.fields()
                .forEach(field -> text.append(field.name())
                        .append(": ")
                        .append(field.value())
                        .append("\r\n"));
        return text.append("\r\n").toString();
    }

    private static String head(InputStream stream) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int octet = stream.read(); octet >= 0 && read.size() < LONGEST_HEAD; octet = stream.read()) {
            read.write(octet);
            if (octet == '\n') {
                String head = read.toString(StandardCharsets.ISO_8859_1);
                if (head.endsWith(END_OF_HEAD)) {
                    return head;
                }
            }
        }
        throw new IOException("the API ended the connection without an answer");
    }

    private static ApiAnswer answer(String head) throws IOException {
        String[] lines = head.split("\r\n", -1);
        if (!lines[0].matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            throw new IOException("what came is no answer of HTTP/1.1");
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] field = lines[i].split(":", 2);
            if (field.length == 2) {
                fields.computeIfAbsent(field[0], name -> new ArrayList<>()).add(field[1].trim());
            }
        }
        return ApiAnswer.of(Integer.parseInt(lines[0].substring(9, 12)), fields);
    }
}
