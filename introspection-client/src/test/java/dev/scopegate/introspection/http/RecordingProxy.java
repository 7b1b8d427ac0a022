package dev.scopegate.introspection.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy that notes the head of each request, tunnels every CONNECT to one port of this machine, and answers all else
 * itself.
 */
final class RecordingProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile int tunnelEnd;

    private RecordingProxy() throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    static RecordingProxy start() throws IOException {
        return new RecordingProxy();
    }

    URI address() {
        return URI.create("http://localhost:" + listener.getLocalPort());
    }

    /** Where tunnels end from now on; until then they are refused. */
    void tunnelTo(int port) {
        tunnelEnd = port;
    }

    /** The heads of the requests so far. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            seen.add(head);
            OutputStream out = client.getOutputStream();
            if (!head.startsWith("CONNECT ")) {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\nproxied"
                        .getBytes(ISO_8859_1));
            } else if (tunnelEnd == 0) {
                out.write("HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            } else {
                out.write("HTTP/1.1 200 Tunnel\r\n\r\n".getBytes(ISO_8859_1));
                tunnel(client);
            }
        } catch (IOException hungUp) {
            // Whoever waited for the answer notices.
        }
    }

    private void tunnel(Socket client) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), tunnelEnd)) {
            start(() -> pump(server, client));
            client.getInputStream().transferTo(server.getOutputStream());
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // One side has closed; the other one is closed with it.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int next;
        while (head.indexOf("\r\n\r\n") < 0 && (next = in.read()) >= 0) {
            head.append((char) next);
        }
        return head.toString();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "recording-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
