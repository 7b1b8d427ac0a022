package dev.scopegate.introspection;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.introspection.IntrospectionException.Kind;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/**
 * Says whether the endpoint is asked now: not by too many at once, and not while it rests. Some of the places are for tokens
 * that were active when they were last asked about. Safe for concurrent use.
 */
final class EndpointGuard {

    private final String name;
    private final int places;
    private final Bulkhead all;
    private final Bulkhead strangers;
    private final EndpointBreaker breaker;
    private final FailureLog log;
    private volatile boolean clientRefused;

    /**
     * A guard.
     *
     * @param places how many calls may be under way at once
     * @param forStrangers how many of them may be about tokens that are not known to have been active
     */
    EndpointGuard(String name, int places, int forStrangers, Ticker ticker, DoubleSupplier jitter, FailureLog log) {
        this.name = name;
        this.places = places;
        this.all = bulkhead(name, places);
        this.strangers = bulkhead(name, forStrangers);
        this.breaker = new EndpointBreaker(name, ticker, jitter, log);
        this.log = log;
    }

    private static Bulkhead bulkhead(String name, int places) {
        return Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(places)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    /** Leave to make one call, and its place among those that are under way. */
    interface Leave extends AutoCloseable {

        /** The endpoint answered, be it active or not. Only the first word on how the call fared counts. */
        void answered(Duration took);

        /** It did not, or not in time. Only the first word counts. */
        void failed(IntrospectionException why, Duration took);

        /** The call has really ended, though nobody may have waited for it any more: gives the place back. To be said once. */
        @Override
        void close();
    }

    /**
     * Leave to make one call.
     *
     * @param wasActive whether the call is about a token that was active when it was last asked about
     * @throws IntrospectionException if the endpoint is not asked now
     */
    Leave enter(boolean wasActive) throws IntrospectionException {
        long leave = breaker.ask();
        // Tokens that anybody can make up do not take the places of those that are in use.
        if (!wasActive && !strangers.tryAcquirePermission()) {
            throw overloaded(leave);
        }
        if (!all.tryAcquirePermission()) {
            if (!wasActive) {
                strangers.releasePermission();
            }
            throw overloaded(leave);
        }
        return new Place(leave, wasActive);
    }

    private IntrospectionException overloaded(long leave) {
        breaker.withdrawn(leave);
        return new IntrospectionException(Kind.OVERLOADED, "too many introspections are under way");
    }

    /** How the endpoint fares, and we with it. */
    IntrospectionStatus status() {
        EndpointBreaker.Now now = breaker.now();
        return new IntrospectionStatus(
                name,
                now.endpoint(),
                clientRefused,
                places - all.getMetrics().getAvailableConcurrentCalls(),
                Optional.of(now.restsFor()).filter(left -> !left.isZero()));
    }

    private final class Place implements Leave {

        private final long leave;
        private final boolean wasActive;
        private final AtomicBoolean judged = new AtomicBoolean();

        Place(long leave, boolean wasActive) {
            this.leave = leave;
            this.wasActive = wasActive;
        }

        @Override
        public void answered(Duration took) {
            if (judged.compareAndSet(false, true)) {
                clientRefused = false;
                log.answered();
                breaker.answered(leave, took);
            }
        }

        @Override
        public void failed(IntrospectionException why, Duration took) {
            if (!judged.compareAndSet(false, true)) {
                return;
            }
            log.failed(why);
            clientRefused |= why.kind() == Kind.REFUSED_CLIENT;
            if (why.kind() == Kind.MALFORMED_ANSWER && !wasActive) {
                // Odd tokens get odd answers from some servers: whoever sends them must not cut everybody off.
                breaker.withdrawn(leave);
            } else {
                breaker.failed(leave, why, took);
            }
        }

        @Override
        public void close() {
            if (!wasActive) {
                strangers.releasePermission();
            }
            all.releasePermission();
        }
    }
}
