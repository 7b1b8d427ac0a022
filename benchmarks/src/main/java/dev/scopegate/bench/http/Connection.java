package dev.scopegate.bench.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** One connection that is kept alive, over which one request at a time is sent: as cheap as can be. Not thread-safe. */
final class Connection implements AutoCloseable {

    private static final int BUFFER_BYTES = 16_384;
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();

    Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        out = socket.getOutputStream();
    }

    /** The requests, ready to be sent. */
    static List<byte[]> requests(Api api, List<String> tokens) {
        return tokens.stream()
                .map(token -> ("GET " + api.path()
                                + "/contacts/7 HTTP/1.1\r\nHost: api.example.com\r\nUser-Agent: bench\r\n"
                                + "Accept: application/json\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    /**
     * Sends a request, and reads the answer to its end.
     *
     * @throws IOException also if the answer is not 200
     */
    void exchange(byte[] request) throws IOException {
        out.write(request);
        String status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("the answer is " + status);
        }
        int length = 0;
        for (String field = line(); !field.isEmpty(); field = line()) {
            if (field.length() > LENGTH.length()
                    && field.substring(0, LENGTH.length())
                            .toLowerCase(Locale.ROOT)
                            .equals(LENGTH)) {
                length = Integer.parseInt(field.substring(LENGTH.length()).strip());
            }
        }
        in.skipNBytes(length);
    }

    private String line() throws IOException {
        line.setLength(0);
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the connection ended");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
