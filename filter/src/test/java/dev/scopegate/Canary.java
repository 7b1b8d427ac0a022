package dev.scopegate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A port on this machine that nobody has any business to call: it counts the connections, and answers none. */
final class Canary implements AutoCloseable {

    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();

    Canary() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
        Thread thread = new Thread(this::count, "canary");
        thread.setDaemon(true);
        thread.start();
    }

    private void count() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                connections.incrementAndGet();
                caller.close();
            } catch (IOException ended) {
                // Closed, or a caller that was gone at once.
            }
        }
    }

    /** Host and port, as in {@code localhost:40123}. */
    String authority() {
        return "localhost:" + listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
