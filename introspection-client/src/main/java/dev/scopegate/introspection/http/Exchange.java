package dev.scopegate.introspection.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One request and its answer, under one deadline for everything: connecting, sending, waiting, and the last byte of the
 * body. It has a thread to itself, as long as it lasts. Safe for concurrent use.
 */
final class Exchange {

    private final HttpClient client;
    private final HttpRequest request;
    private final int maxBytes;
    private final InstantSource clock;
    private final Told told;
    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private volatile Optional<Attempt> current = Optional.empty();

    Exchange(HttpClient client, HttpRequest request, int maxBytes, InstantSource clock, Told told) {
        this.client = client;
        this.request = request;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.told = told;
    }

    /** Sends the request. Cancelling what it returns, or completing it in any way, ends the exchange. */
    CompletableFuture<HttpAnswer> start(Executor threads, Timer timer, Duration timeout) {
        Runnable stopTimer = timer.after(timeout, () -> fail(Failures.timeout(host(), false)));
        CompletableFuture<HttpAnswer> unused = answer.whenComplete((complete, failure) -> {
            stopTimer.run();
            if (failure != null) {
                // Also where somebody else put an end to it.
                told.failed(failure);
                giveUp();
            }
        });
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException closed) {
            fail(HttpExchanges.closedFailure());
        } catch (OutOfMemoryError noThread) {
            fail(new IOException("no thread to ask " + host() + " on", noThread));
        }
        return answer;
    }

    private void run() {
        try {
            // The JDK repeats a GET by itself, just as it is done here for a POST; both together would make four of
            // one.
            HttpAnswer complete = read(send(!request.method().equals("GET")));
            succeed(complete);
        } catch (IOException failure) {
            fail(Failures.of(host(), failure));
        } catch (RuntimeException | Error unforeseen) {
            // Whatever it was, those who wait must not wait until the time is up.
            fail(Failures.of(host(), unforeseen));
        }
    }

    private HttpResponse<byte[]> send(boolean mayRepeat) throws IOException {
        Attempt attempt = new Attempt(client, request, new BoundedBody(host(), maxBytes));
        current = Optional.of(attempt);
        if (answer.isDone()) {
            giveUp();
        }
        try {
            return attempt.send();
        } catch (IOException failure) {
            if (mayRepeat && !attempt.hasBegun() && !answer.isDone() && Failures.answeredNothing(failure)) {
                // The server closed a kept connection just when we reused it: nothing was answered, so ask again, once,
                // and under the same deadline.
                return send(false);
            }
            throw failure;
        }
    }

    /** The listener first: whoever has the answer may look at once for what was heard of it. */
    private void succeed(HttpAnswer complete) {
        if (!answer.isDone()) {
            told.answered(complete.status());
        }
        answer.complete(complete);
    }

    private void fail(IOException why) {
        if (!answer.isDone()) {
            told.failed(why);
        }
        answer.completeExceptionally(why);
    }

    private void giveUp() {
        current.ifPresent(attempt -> attempt.giveUp(new IOException("given up")));
    }

    private HttpAnswer read(HttpResponse<byte[]> response) {
        return new HttpAnswer(
                response.statusCode(),
                AnswerHeaders.contentType(response.headers()),
                AnswerHeaders.retryAfter(response.headers(), clock),
                AnswerHeaders.maxAge(response.headers()),
                response.body());
    }

    private String host() {
        return request.uri().getHost();
    }
}
