package dev.scopegate.introspection.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * A request that is handed to the JDK's client once. The calling thread waits there: whatever the JDK completes by a future of its
 * own it completes on the common pool, which any code of the application can block, and an issuer's answer would lie there unread.
 *
 * <p>One instance serves one call of {@link #send}. {@link #giveUp} may come from any thread.
 */
final class Attempt {

    private final HttpClient client;
    private final HttpRequest request;
    private final BoundedBody body;
    private final Object lock = new Object();
    private Optional<Thread> waiting = Optional.empty();
    private boolean givenUp;

    Attempt(HttpClient client, HttpRequest request, BoundedBody body) {
        this.client = client;
        this.request = request;
        this.body = body;
    }

    /** Whether any answer has begun to arrive. */
    boolean hasBegun() {
        return body.hasBegun();
    }

    /** The complete answer. Waits for it, for ever if nobody gives it up. */
    HttpResponse<byte[]> send() throws IOException {
        beginToWait();
        try {
            return client.send(request, body);
        } catch (InterruptedException ended) {
            throw new InterruptedIOException("given up");
        } catch (IOException failure) {
            throw asItWas(failure);
        } finally {
            stopWaiting();
        }
    }

    /** What is waited for here is thrown within another exception, of a kind that may be a wider one. */
    private static IOException asItWas(IOException failure) {
        return failure.getCause() instanceof IOException original ? original : failure;
    }

    private void beginToWait() throws IOException {
        synchronized (lock) {
            if (givenUp) {
                throw new InterruptedIOException("given up");
            }
            waiting = Optional.of(Thread.currentThread());
        }
    }

    /** From here on nobody interrupts this thread any more, and what came too late does not meet what it does next. */
    private void stopWaiting() {
        synchronized (lock) {
            waiting = Optional.empty();
            boolean unused = Thread.interrupted();
        }
    }

    /** Ends it, which closes the connection. Has no effect once the answer is complete. */
    void giveUp(IOException reason) {
        body.abandon(reason);
        synchronized (lock) {
            givenUp = true;
            waiting.ifPresent(Thread::interrupt);
        }
    }
}
