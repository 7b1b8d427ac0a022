package dev.scopegate.bench.slow;

import dev.scopegate.ResourceServer;
import dev.scopegate.bench.peer.IntrospectionEndpoint;
import dev.scopegate.bench.peer.SampleTokens;
import dev.scopegate.model.Decision;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests with opaque tokens that nobody has seen before, each followed by the next once it was refused: more of them at once
 * than the endpoint lets wait. Not thread-safe.
 */
final class Askers implements AutoCloseable {

    /** How many introspections hang all the time, at least. */
    static final int HANGING = 64;

    private static final int ASKERS = 80;
    private static final Duration TIME_TO_BEGIN = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final IntrospectionEndpoint endpoint;
    private final ExecutorService threads = Executors.newFixedThreadPool(ASKERS);
    private final List<Future<Integer>> refused = new ArrayList<>();
    private volatile boolean done;

    private Askers(IntrospectionEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Begins, and waits until enough hang. */
    static Askers start(ResourceServer server, IntrospectionEndpoint endpoint) {
        Askers askers = new Askers(endpoint);
        for (int i = 0; i < ASKERS; i++) {
            askers.refused.add(askers.threads.submit(() -> askers.ask(server)));
        }
        try {
            askers.awaitHanging();
            return askers;
        } catch (IllegalStateException failed) {
            askers.close();
            throw failed;
        }
    }

    private void awaitHanging() {
        long end = System.nanoTime() + TIME_TO_BEGIN.toNanos();
        while (endpoint.waiting() < HANGING) {
            if (refused.stream().anyMatch(Future::isDone)) {
                stop();
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("only " + endpoint.waiting() + " introspections hang");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private int ask(ResourceServer server) {
        SecureRandom random = new SecureRandom();
        int count = 0;
        for (; !done; count++) {
            Decision decision = server.decide(Requests.with(SampleTokens.opaque(random)));
            if (!(decision instanceof Decision.Refused)) {
                throw new IllegalStateException("a token that nobody knows was not refused, but "
                        + decision.getClass().getSimpleName());
            }
        }
        return count;
    }

    /** Ends them, and says how many requests were refused. */
    int stop() {
        done = true;
        int all = 0;
        for (Future<Integer> asker : refused) {
            all += count(asker);
        }
        return all;
    }

    private int count(Future<Integer> asker) {
        while (true) {
            endpoint.answerAll();
            try {
                return asker.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                // It may have asked once more before it heard of the end.
            } catch (ExecutionException failed) {
                throw new IllegalStateException("a request that no JWT came with went wrong", failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }

    @Override
    public void close() {
        done = true;
        endpoint.answerAll();
        threads.shutdown();
    }
}
