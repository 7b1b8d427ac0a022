package dev.scopegate.bench.slow;

import dev.scopegate.ResourceServer;
import dev.scopegate.bench.WarmUp;
import dev.scopegate.bench.peer.Algorithm;
import dev.scopegate.bench.peer.IntrospectionEndpoint;
import dev.scopegate.bench.peer.SampleTokens;
import dev.scopegate.bench.peer.Scopegate;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RequestSnapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One resource server for JWTs and opaque tokens, an introspection endpoint that is slow, and one thread that has requests with
 * good JWTs decided on, one after the other. Not thread-safe.
 */
final class Scene implements AutoCloseable {

    private static final int SEEN = 1_000;
    private static final int MOST_DECISIONS = 1 << 21;
    private static final double NANOS_PER_MICRO = 1_000;

    /**
     * What came of one turn.
     *
     * @param decisions how many
     * @param p50Micros half of them took less
     * @param p99Micros all but a hundredth took less
     * @param hanging how many introspections hung all the time, at least
     */
    record Turn(int decisions, double p50Micros, double p99Micros, int hanging) {}

    private final IntrospectionEndpoint endpoint;
    private final ResourceServer server;
    private final List<RequestSnapshot> requests;
    private final long[] nanos = new long[MOST_DECISIONS];
    private int next;

    Scene(SampleTokens tokens, Jwts jwts) {
        List<String> all = tokens.signedWith(Algorithm.RS256);
        List<String> taken = jwts.remembered() ? all.subList(0, Math.min(SEEN, all.size())) : all;
        requests = taken.stream().map(Requests::with).toList();
        endpoint = IntrospectionEndpoint.holding(tokens, Askers.HANGING);
        server = Scopegate.asking(endpoint, tokens, jwts.remembered());
    }

    /** Until little is left to be compiled, which would count as slow while the clock runs. */
    void warmUp(Duration time) {
        WarmUp.run(() -> permits(nextRequest()));
        besideSlowOnes(time);
        alone(time);
    }

    /** JWTs alone. */
    Turn alone(Duration time) {
        return turn(time);
    }

    /** JWTs beside introspections that hang. */
    Turn besideSlowOnes(Duration time) {
        try (Askers askers = Askers.start(server, endpoint)) {
            Turn turn = turn(time);
            askers.stop();
            return turn;
        }
    }

    private Turn turn(Duration time) {
        int count = 0;
        int hanging = Integer.MAX_VALUE;
        long end = System.nanoTime() + time.toNanos();
        for (long start = System.nanoTime(); start < end && count < MOST_DECISIONS; start = System.nanoTime()) {
            boolean permitted = permits(nextRequest());
            nanos[count++] = System.nanoTime() - start;
            if (!permitted) {
                throw new IllegalStateException("a good token was refused");
            }
            hanging = Math.min(hanging, endpoint.waiting());
        }
        Arrays.sort(nanos, 0, count);
        return new Turn(
                count, nanos[count / 2] / NANOS_PER_MICRO, nanos[(int) (count * 0.99)] / NANOS_PER_MICRO, hanging);
    }

    private RequestSnapshot nextRequest() {
        next = next + 1 < requests.size() ? next + 1 : 0;
        return requests.get(next);
    }

    /** Whether the request may go on. */
    boolean permits(RequestSnapshot request) {
        return server.decide(request) instanceof Decision.Permitted;
    }

    @Override
    public void close() {
        endpoint.answerAll();
        server.close();
        endpoint.close();
    }
}
