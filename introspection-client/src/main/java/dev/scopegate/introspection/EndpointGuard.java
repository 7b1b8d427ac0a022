package dev.scopegate.introspection;

import dev.scopegate.introspection.IntrospectionException.Kind;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Says whether the endpoint is asked now. Safe for concurrent use.
 */
final class EndpointGuard {

    private final Semaphore permits;

    EndpointGuard(int maxConcurrent) {
        this.permits = new Semaphore(maxConcurrent);
    }

    /** Leave to make one call. Whoever has it says how the call ended, once. */
    interface Leave {

        /** The endpoint answered, be it active or not. */
        void answered(Duration took);

        /** It did not. */
        void failed(IntrospectionException why, Duration took);
    }

    /**
     * Leave to make one call.
     *
     * @param wasActive whether the call is about a token that was active when it was last asked about
     * @throws IntrospectionException if the endpoint is not asked now
     */
    Leave enter(boolean wasActive) throws IntrospectionException {
        if (!permits.tryAcquire()) {
            throw new IntrospectionException(Kind.OVERLOADED, "too many introspections are under way");
        }
        return new Leave() {
            @Override
            public void answered(Duration took) {
                permits.release();
            }

            @Override
            public void failed(IntrospectionException why, Duration took) {
                permits.release();
            }
        };
    }
}
