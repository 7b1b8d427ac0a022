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
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls to the endpoint: finds its address, shows who asks, posts the token, has the answer read. Safe for
 * concurrent use.
 */
final class IntrospectionCalls {

    private static final Logger LOG = LoggerFactory.getLogger(IntrospectionClient.class);

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
    private final CallThreads threads;

    IntrospectionCalls(
            Manner manner, CallThreads threads, BoundedHttpClient http, InstantSource clock, FailureLog failures) {
        this.manner = manner;
        this.threads = threads;
        this.http = http;
        this.clock = clock;
        this.failures = failures;
    }

    /** One call about {@code token}. Fails with an {@link IOException}, possibly wrapped. */
    CompletableFuture<IntrospectionResult> start(String token) {
        long startedAt = System.nanoTime();
        try {
            return CompletableFuture.supplyAsync(() -> question(token, startedAt), this::ask)
                    .thenCompose(question -> post(question, left(startedAt)))
                    .thenApplyAsync(this::read, threads.reading());
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(new IOException("the introspection client is closed"));
        } catch (OutOfMemoryError noThread) {
            // Thrown, it would take the call's place among those under way for ever.
            return CompletableFuture.failedFuture(new IOException("no thread to ask on", noThread));
        }
    }

    /** On behalf of the first of all who wait: what he asks for is why the endpoint, and all that it takes to ask it, is asked. */
    private void ask(Runnable work) {
        threads.asking().execute(http.onBehalfOfCaller(work));
    }

    /** Tells whoever shows credentials that the endpoint did not take them. A mistake of his there costs nobody the answer. */
    void refused() {
        try {
            manner.authentication.refused();
        } catch (RuntimeException mistake) {
            LOG.debug("A client authentication failed: {}", mistake.getClass().getName());
        }
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
}
