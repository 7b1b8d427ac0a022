package dev.scopegate.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A client of one web application that sends exactly what it is told, byte for byte: no path is normalised and no field is
 * refused, merged or added. A new connection for each request.
 *
 * @param port the port on the loopback address
 * @param contextPath what stands before every path
 */
public record Client(int port, String contextPath) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST_RESPONSE = 1 << 20;

    /** The header line that presents {@code token} as a bearer token. */
    public static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    /** Sends {@code GET}. */
    public RawResponse get(String path, String... headerLines) {
        return send("GET", path, headerLines);
    }

    /**
     * Sends a request without a body.
     *
     * @param path the path below the context path, as it is to stand in the request line
     * @param headerLines complete field lines; octets of ISO 8859-1
     */
    public RawResponse send(String method, String path, String... headerLines) {
        StringBuilder request = head(method, path, headerLines);
        if (method.equals("POST")) {
            request.append("Content-Length: 0\r\n");
        }
        return received(method, request.append("\r\n"));
    }

    /** Sends {@code method} with a body, whose characters are octets. */
    public RawResponse sendBody(String method, String path, String contentType, String body, String... headerLines) {
        String[] lines = Arrays.copyOf(headerLines, headerLines.length + 2);
        lines[headerLines.length] = "Content-Type: " + contentType;
        lines[headerLines.length + 1] = "Content-Length: " + body.length();
        StringBuilder request = head(method, path, lines);
        return received(method, request.append("\r\n").append(body));
    }

    private RawResponse received(String method, StringBuilder request) {
        return RawResponse.parse(
                exchange(request.toString().getBytes(StandardCharsets.ISO_8859_1)), method.equals("HEAD"));
    }

    private StringBuilder head(String method, String path, String... headerLines) {
        StringBuilder request = new StringBuilder()
                .append(method + " " + contextPath + path + " HTTP/1.1\r\n")
                .append("Host: 127.0.0.1:" + port + "\r\n")
                .append("Connection: close\r\n");
        for (String line : headerLines) {
            request.append(line).append("\r\n");
        }
        return request;
    }

    /**
     * Sends a request line as it is, and then header lines.
     *
     * @param line the request line without its end; characters up to U+00FF, each one octet
     * @return the answer; empty if the server hung up, or answered in another protocol than HTTP/1
     */
    public Optional<RawResponse> line(String line, String... headerLines) {
        String request = line + "\r\n" + "Host: 127.0.0.1:" + port + "\r\nConnection: close\r\n"
                + Arrays.stream(headerLines).map(header -> header + "\r\n").collect(Collectors.joining()) + "\r\n";
        try {
            byte[] received = exchange(request.getBytes(StandardCharsets.ISO_8859_1));
            return RawResponse.isOne(received)
                    ? Optional.of(RawResponse.parse(received, line.startsWith("HEAD ")))
                    : Optional.empty();
        } catch (UncheckedIOException hungUp) {
            if (hungUp.getCause() instanceof SocketException) {
                return Optional.empty();
            }
            throw new UncheckedIOException("no answer to '" + line + "'", hungUp.getCause());
        }
    }

    private byte[] exchange(byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            write(request, socket.getOutputStream());
            // A server that would keep the connection, whatever it was asked to, has no reason left.
            socket.shutdownOutput();
            return readToEnd(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that gives up on a request while it is being sent has answered before it hung up. */
    private static void write(byte[] request, OutputStream out) throws IOException {
        try {
            out.write(request);
        } catch (SocketException e) {
            // The answer is read all the same; without one, reading fails.
        }
    }

    /** A server that gives up on a request resets the connection, which ends the answer like any other end. */
    private static byte[] readToEnd(InputStream in) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0 && received.size() < LONGEST_RESPONSE; n = in.read(buffer)) {
                received.write(buffer, 0, n);
            }
        } catch (SocketException e) {
            if (received.size() == 0) {
                throw e;
            }
        }
        return received.toByteArray();
    }
}
