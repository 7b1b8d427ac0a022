package dev.scopegate.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * An introspection endpoint that takes as many calls at once as come, and keeps some of them waiting. Tokens whose name begins
 * with {@code hot} are active.
 */
final class GatedEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Predicate<String> waits;
    private final long millis;
    private final CountDownLatch gate = new CountDownLatch(1);
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger underWay = new AtomicInteger();
    final AtomicInteger mostUnderWay = new AtomicInteger();

    private GatedEndpoint(Predicate<String> waits, long millis) throws IOException {
        this.waits = waits;
        this.millis = millis;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.createContext("/introspect", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** One that answers calls about some tokens after {@code millis} at the latest, and the others at once. */
    static GatedEndpoint keepingWaiting(Predicate<String> tokens, long millis) {
        try {
            return new GatedEndpoint(tokens, millis);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/introspect");
    }

    /** Answers all who wait, and lets nobody wait any more. */
    void open() {
        gate.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String token = form.substring("token=".length(), form.indexOf('&'));
        if (waits.test(token)) {
            awaitGate();
        }
        byte[] body = ("{\"active\":" + token.startsWith("hot") + "}").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        underWay.decrementAndGet();
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void awaitGate() throws IOException {
        try {
            // Whether it was opened or the time was up: the call is answered now.
            boolean unused = gate.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new IOException("closed");
        }
    }

    @Override
    public void close() {
        open();
        server.stop(0);
        threads.shutdownNow();
    }
}
