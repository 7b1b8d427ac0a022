package dev.scopegate.introspection.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of sockets that misbehaves as told: it reads each request to its end, and then leaves the connection to a script.
 * Each script serves one connection; the last one serves all further ones.
 */
public final class RawServer implements AutoCloseable {

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)\r\n");

    /** What happens once a request has been read. The connection is closed afterwards. */
    @FunctionalInterface
    public interface Script {
        void serve(InputStream in, OutputStream out) throws IOException;

        /** Whether the connection is reset in the end. */
        default boolean resets() {
            return false;
        }
    }

    private final ServerSocket listener;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();

    private RawServer(Script... scripts) throws IOException {
        this.scripts.addAll(List.of(scripts));
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("raw-server", this::accept);
    }

    public static RawServer running(Script... scripts) {
        try {
            return new RawServer(scripts);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Answers with {@code bytes} and closes the connection. */
    public static RawServer answering(String bytes) {
        return running((in, out) -> write(out, bytes));
    }

    public static void write(OutputStream out, String bytes) throws IOException {
        out.write(bytes.getBytes(ISO_8859_1));
        out.flush();
    }

    /** Writes {@code bytes}, and has the connection reset rather than closed. */
    public static Script resetting(String bytes) {
        return new Script() {
            @Override
            public void serve(InputStream in, OutputStream out) throws IOException {
                write(out, bytes);
            }

            @Override
            public boolean resets() {
                return true;
            }
        };
    }

    /** Keeps the connection, and says nothing more, until the client closes it. */
    public static void waitForHangUp(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // Whatever else the client says does not matter.
        }
        throw new IOException("the client closed the connection");
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + listener.getLocalPort() + path);
    }

    /** The requests so far, head and body. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many connections were made so far, whatever came of them. */
    public int connections() {
        return connections.size();
    }

    /** Completes when a client has closed a connection before its script was done. */
    public CompletableFuture<Void> hungUp() {
        return hungUp;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                start("raw-connection", () -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            String request = readRequest(in);
            if (!request.isEmpty()) {
                requests.add(request);
                Script script = nextScript();
                script.serve(in, connection.getOutputStream());
                if (script.resets()) {
                    connection.setSoLinger(true, 0);
                }
            }
        } catch (IOException closed) {
            hungUp.complete(null);
        }
    }

    private synchronized Script nextScript() {
        return scripts.size() > 1 ? scripts.remove() : scripts.element();
    }

    /** The next request, head and body; empty if the client closes the connection instead. */
    static String readRequest(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        int missing = Integer.MAX_VALUE;
        int next;
        while (missing > 0 && (next = in.read()) >= 0) {
            request.append((char) next);
            missing = request.indexOf("\r\n\r\n") < 0 ? Integer.MAX_VALUE : missing(request);
        }
        return request.toString();
    }

    private static int missing(CharSequence request) {
        Matcher length = CONTENT_LENGTH.matcher(request);
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return request.toString().indexOf("\r\n\r\n") + 4 + body - request.length();
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
