package dev.scopegate.introspection.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One request and its answer, under one deadline for everything: connecting, sending, waiting, and the last byte of the
 * body. Safe for concurrent use.
 */
final class Exchange {

    private final HttpClient client;
    private final HttpRequest request;
    private final int maxBytes;
    private final InstantSource clock;
    private final Told told;
    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private volatile Optional<Attempt> current = Optional.empty();

    private record Attempt(CompletableFuture<HttpResponse<byte[]>> sent, BoundedBody body) {

        void cancel(IOException reason) {
            body.abandon(reason);
            sent.cancel(true);
        }
    }

    Exchange(HttpClient client, HttpRequest request, int maxBytes, InstantSource clock, Told told) {
        this.client = client;
        this.request = request;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.told = told;
    }

    /** Sends the request. Cancelling what it returns, or completing it in any way, ends the exchange. */
    CompletableFuture<HttpAnswer> start(Timer timer, Duration timeout) {
        Runnable stopTimer = timer.after(timeout, () -> fail(Failures.timeout(host(), false)));
        CompletableFuture<HttpAnswer> unused = answer.whenComplete((complete, failure) -> {
            stopTimer.run();
            if (failure != null) {
                // Also where somebody else put an end to it.
                told.failed(failure);
                cancelAttempt();
            }
        });
        // The JDK repeats a GET by itself, just as it is done here for a POST; both together would make four of one.
        send(!request.method().equals("GET"));
        return answer;
    }

    private void send(boolean mayRepeat) {
        BoundedBody body = new BoundedBody(host(), maxBytes);
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, body);
        current = Optional.of(new Attempt(sent, body));
        if (answer.isDone()) {
            cancelAttempt();
        }
        CompletableFuture<HttpResponse<byte[]>> unused = sent.whenComplete((response, failure) -> {
            if (failure == null) {
                succeed(response);
            } else if (mayRepeat && !body.hasBegun() && !answer.isDone() && Failures.answeredNothing(failure)) {
                // The server closed a kept connection just when we reused it: nothing was answered, so ask again, once,
                // and
                // under the same deadline.
                send(false);
            } else {
                fail(Failures.of(host(), failure));
            }
        });
    }

    /** The listener first: whoever has the answer may look at once for what was heard of it. */
    private void succeed(HttpResponse<byte[]> response) {
        HttpAnswer complete = read(response);
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

    private void cancelAttempt() {
        current.ifPresent(attempt -> attempt.cancel(new IOException("cancelled")));
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
