package dev.scopegate.introspection;

import dev.scopegate.introspection.IntrospectionException.Kind;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the calls to the endpoint: finds its address, posts the token, has the answer read. At most so many at a time, and
 * one more is refused at once instead of waiting. Safe for concurrent use.
 */
final class IntrospectionCalls implements AutoCloseable {

    private static final int LOOKUP_THREADS = 4;
    private static final long IDLE_SECONDS = 30;

    private final EndpointSource source;
    private final ClientAuthentication authentication;
    private final BoundedHttpClient http;
    private final Duration timeout;
    private final Semaphore permits;
    private final ExecutorService lookups;

    IntrospectionCalls(
            EndpointSource source,
            ClientAuthentication authentication,
            BoundedHttpClient http,
            Duration timeout,
            int maxConcurrent) {
        this.source = source;
        this.authentication = authentication;
        this.http = http;
        this.timeout = timeout;
        this.permits = new Semaphore(maxConcurrent);
        this.lookups = lookupThreads();
    }

    /** One call about {@code token}. Fails with an {@link IOException}, possibly wrapped. */
    CompletableFuture<IntrospectionResult> start(String token) {
        if (!permits.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new IntrospectionException(Kind.OVERLOADED, "too many introspections are under way"));
        }
        long startedAt = System.nanoTime();
        return locate().thenCompose(endpoint -> post(endpoint, token, left(startedAt)))
                .thenApply(IntrospectionCalls::read)
                .whenComplete((result, failure) -> permits.release());
    }

    private CompletableFuture<URI> locate() {
        try {
            // The source may have to ask the network: on a thread that is nobody's request, whose interrupt would hit
            // all who wait.
            return CompletableFuture.supplyAsync(this::endpoint, lookups);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(new IOException("the introspection client is closed"));
        }
    }

    private URI endpoint() {
        try {
            return source.endpoint();
        } catch (IOException unknown) {
            throw new CompletionException(unknown);
        }
    }

    private CompletableFuture<HttpAnswer> post(URI endpoint, String token, Duration left) {
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.failedFuture(new HttpTimeoutException("the endpoint's address came too late"));
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", token);
        form.put("token_type_hint", "access_token");
        form.putAll(authentication.parameters());
        Map<String, String> headers = new LinkedHashMap<>(authentication.headers());
        headers.put("Accept", "application/json");
        return http.postForm(endpoint, form, headers, left);
    }

    private static IntrospectionResult read(HttpAnswer answer) {
        try {
            return IntrospectionAnswer.read(answer);
        } catch (IntrospectionException refused) {
            throw new CompletionException(refused);
        }
    }

    private Duration left(long startedAt) {
        return timeout.minusNanos(System.nanoTime() - startedAt);
    }

    private static ExecutorService lookupThreads() {
        // The permits bound the queue as well.
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                LOOKUP_THREADS, LOOKUP_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "scopegate-introspection");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public void close() {
        lookups.shutdown();
    }
}
