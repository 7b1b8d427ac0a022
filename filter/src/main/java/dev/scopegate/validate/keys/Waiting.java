package dev.scopegate.validate.keys;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets requests wait for a fetch, some at once and each for a while. Safe for concurrent use; holds no lock while it waits. */
final class Waiting {

    /**
     * How much waiting there may be.
     *
     * @param callers how many may wait at once
     * @param time how long each of them
     */
    record Limit(int callers, Duration time) {}

    private final Limit limit;
    private final Semaphore places;

    Waiting(Limit limit) {
        this.limit = limit;
        this.places = new Semaphore(limit.callers);
    }

    /** Whether {@code fetch} has ended and brought a set; false at once if too many are waiting already. */
    boolean await(CompletableFuture<Boolean> fetch) {
        if (!places.tryAcquire()) {
            return false;
        }
        try {
            return fetch.get(limit.time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException slow) {
            return false;
        } catch (InterruptedException interrupted) {
            // The one who is interrupted gives up; the fetch goes on for the others.
            Thread.currentThread().interrupt();
            return false;
        } finally {
            places.release();
        }
    }
}
