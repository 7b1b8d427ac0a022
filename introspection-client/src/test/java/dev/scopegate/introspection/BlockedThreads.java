package dev.scopegate.introspection;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

/**
 * An application that blocks, until this is closed, the threads that all code of a JVM shares: those of the common pool, with
 * more work waiting behind, and the one that watches the deadlines of futures.
 */
final class BlockedThreads implements AutoCloseable {

    private static final int WAITING_BEHIND = 8;

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch blocked;
    private final CountDownLatch ended;

    BlockedThreads() throws InterruptedException {
        ForkJoinPool pool = ForkJoinPool.commonPool();
        // JDK 17 leaves the pool alone where it has one thread: then nothing would be shown by what follows.
        assertThat(new CompletableFuture<>().defaultExecutor())
                .as("the JVM needs -Djava.util.concurrent.ForkJoinPool.common.parallelism=2 or more")
                .isSameAs(pool);
        int threads = Math.max(1, pool.getParallelism());
        blocked = new CountDownLatch(threads + 1);
        ended = new CountDownLatch(threads + WAITING_BEHIND + 1);
        for (int i = 0; i < threads + WAITING_BEHIND; i++) {
            pool.execute(this::block);
        }
        CompletableFuture<String> late = new CompletableFuture<>();
        CompletableFuture<Void> unused = late.thenRun(this::block);
        CompletableFuture<String> unusedEither = late.completeOnTimeout("late", 1, MILLISECONDS);
        assertThat(blocked.await(20, SECONDS)).isTrue();
    }

    private void block() {
        blocked.countDown();
        boolean interrupted = false;
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        ended.countDown();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether all are blocked still. */
    boolean hold() {
        return ended.getCount() > 0 && blocked.getCount() == 0;
    }

    @Override
    public void close() {
        release.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> ended.getCount() == 0);
    }
}
