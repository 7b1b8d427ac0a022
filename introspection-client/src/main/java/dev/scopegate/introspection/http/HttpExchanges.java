package dev.scopegate.introspection.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The exchanges that are under way, and the threads and connections that they have in common. Each exchange has a thread, so there are
 * as many as those who ask allow themselves exchanges at a time. Safe for concurrent use.
 */
final class HttpExchanges implements AutoCloseable {

    private final HttpClient client;
    private final ExecutorService executor = Executors.newCachedThreadPool(new DaemonThreads("scopegate-http-"));
    private final Timer timer = new Timer(new DaemonThreads("scopegate-http-timer-"), executor);
    private final int maxResponseBytes;
    private final InstantSource clock;
    private final Set<CompletableFuture<HttpAnswer>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Nothing under way yet.
     *
     * @param settings makes the connections as they have to be
     */
    HttpExchanges(Consumer<HttpClient.Builder> settings, int maxResponseBytes, InstantSource clock) {
        this.maxResponseBytes = maxResponseBytes;
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor);
        settings.accept(builder);
        this.client = builder.build();
    }

    boolean isClosed() {
        return closed;
    }

    @SuppressWarnings("CollectionUndefinedEquality") // Each future is itself and no other.
    CompletableFuture<HttpAnswer> start(HttpRequest request, Duration timeout, Told told) {
        CompletableFuture<HttpAnswer> answer =
                new Exchange(client, request, maxResponseBytes, clock, told).start(executor, timer, timeout);
        underWay.add(answer);
        CompletableFuture<HttpAnswer> unused = answer.whenComplete((done, failure) -> underWay.remove(answer));
        if (closed) {
            answer.completeExceptionally(closedFailure());
        }
        return answer;
    }

    static IOException closedFailure() {
        return new IOException("the HTTP client is closed");
    }

    @Override
    public void close() {
        closed = true;
        underWay.forEach(answer -> answer.completeExceptionally(closedFailure()));
        timer.close();
        executor.shutdown();
    }
}
