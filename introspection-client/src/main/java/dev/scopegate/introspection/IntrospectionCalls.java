package dev.scopegate.introspection;

import dev.scopegate.introspection.authentication.ClientAuthentication;
import dev.scopegate.introspection.authentication.Presented;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.http.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the calls to the endpoint: finds its address, shows who asks, posts the token, has the answer read. Safe for
 * concurrent use.
 */
final class IntrospectionCalls implements AutoCloseable {

    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 30;

    /**
     * Where and how to ask.
     *
     * @param parameters further parameters of the form
     * @param headers further header fields
     * @param timeout for everything, the endpoint's address included
     */
    record Manner(
            EndpointSource source,
            ClientAuthentication authentication,
            AnswerForm form,
            Map<String, String> parameters,
            Map<String, String> headers,
            Duration timeout) {}

    /** What is sent, and whereto. */
    private record Question(URI endpoint, Map<String, String> form, Map<String, String> headers) {}

    private final Manner manner;
    private final BoundedHttpClient http;
    private final InstantSource clock;
    private final FailureLog failures;
    private final ExecutorService threads;

    IntrospectionCalls(Manner manner, BoundedHttpClient http, InstantSource clock, FailureLog failures) {
        this.manner = manner;
        this.http = http;
        this.clock = clock;
        this.failures = failures;
        this.threads = threads();
    }

    /** One call about {@code token}. Fails with an {@link IOException}, possibly wrapped. */
    CompletableFuture<IntrospectionResult> start(String token) {
        long startedAt = System.nanoTime();
        try {
            // Address, credentials and signatures may have to ask the network: on a thread that is nobody's request,
            // whose
            // interrupt would hit all who wait.
            return CompletableFuture.supplyAsync(() -> question(token, startedAt), threads)
                    .thenCompose(question -> post(question, left(startedAt)))
                    .thenApplyAsync(this::read, threads);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(new IOException("the introspection client is closed"));
        }
    }

    /** Tells whoever shows credentials that the endpoint did not take them. */
    void refused() {
        manner.authentication.refused();
    }

    private Question question(String token, long startedAt) {
        try {
            if (isOver(left(startedAt))) {
                throw new HttpTimeoutException("others before this one took too long");
            }
            URI endpoint = manner.source.endpoint();
            Presented credentials = manner.authentication.present(endpoint);
            Map<String, String> form = new LinkedHashMap<>();
            form.put("token", token);
            form.put("token_type_hint", "access_token");
            form.putAll(manner.parameters);
            form.putAll(credentials.parameters());
            Map<String, String> headers = new LinkedHashMap<>(manner.headers);
            headers.putAll(credentials.headers());
            headers.put("Accept", manner.form.accept());
            return new Question(endpoint, form, headers);
        } catch (IOException unknown) {
            throw new CompletionException(unknown);
        }
    }

    private CompletableFuture<HttpAnswer> post(Question question, Duration left) {
        return isOver(left)
                ? CompletableFuture.failedFuture(new HttpTimeoutException("the endpoint's address came too late"))
                : http.postForm(question.endpoint, question.form, question.headers, left);
    }

    private IntrospectionResult read(HttpAnswer answer) {
        try {
            return IntrospectionAnswer.read(answer, manner.form, clock, failures::noteNoBoolean);
        } catch (IOException refused) {
            throw new CompletionException(refused);
        }
    }

    private static boolean isOver(Duration left) {
        return left.isNegative() || left.isZero();
    }

    private Duration left(long startedAt) {
        return manner.timeout.minusNanos(System.nanoTime() - startedAt);
    }

    private static ExecutorService threads() {
        // Whoever gives leave to make calls bounds the queue as well.
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "scopegate-introspection");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
