package dev.scopegate.validate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ten thousand requests on virtual threads while a fetch of keys hangs. Not a test itself: it runs in a machine of its own, whose
 * virtual threads share one carrier, so that a single one that holds on to it stops all of them. Virtual threads are named by
 * reflection, as this is compiled for a JDK that has none.
 */
final class VirtualRequests {

    private static final int REQUESTS = 10_000;

    private VirtualRequests() {}

    /**
     * Writes {@code RESULT}, whether all requests that name a known key were answered, how many of them by yes, whether the fetch
     * was under way until then, and what a token of the key is that it brings.
     */
    public static void main(String[] args) throws Exception {
        try (FaultyIssuer issuer = FaultyIssuer.publishing("main", "a");
                FaultScene scene = FaultScene.settled(issuer)) {
            CountDownLatch open = new CountDownLatch(1);
            List<String> known = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                known.add(issuer.token("a", scene.clock(), Duration.ofHours(1)));
            }
            known.forEach(scene::verdict);
            issuer.publishWhen(open, "a", "b");

            for (int i = 0; i < 100; i++) {
                String unknown = issuer.token("x" + i, scene.clock());
                startVirtual(() -> scene.verdict(unknown));
            }
            CountDownLatch done = new CountDownLatch(REQUESTS);
            AtomicInteger valid = new AtomicInteger();
            for (int i = 0; i < REQUESTS; i++) {
                String token = known.get(i % known.size());
                startVirtual(() -> {
                    valid.addAndGet(scene.verdict(token).equals("VALID") ? 1 : 0);
                    done.countDown();
                });
            }
            boolean all = done.await(30, TimeUnit.SECONDS);
            // One attempt has ended, the first; the one that was forced has not.
            boolean hung = scene.outcomes(issuer).size() == 1;
            open.countDown();
            scene.settle();
            System.out.println(
                    "RESULT " + all + ' ' + valid + ' ' + hung + ' ' + scene.verdict(issuer.token("b", scene.clock())));
        }
    }

    private static void startVirtual(Runnable work) throws ReflectiveOperationException {
        Object unused =
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    }
}
