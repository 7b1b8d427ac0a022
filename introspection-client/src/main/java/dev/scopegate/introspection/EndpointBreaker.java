package dev.scopegate.introspection;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.introspection.IntrospectionStatus.Endpoint;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Leaves the endpoint alone for a while: when at least half of the last 20 calls failed, and there were 10, or when it asks for
 * that itself. Afterwards one call probes how it fares; each probe that fails doubles the rest, from 5 s to 60 s.
 *
 * <p>The circuit breaker counts and knows the state. The time is kept here, since it does not tell how much of a rest is left.
 * Safe for concurrent use.
 */
final class EndpointBreaker {

    private static final int WINDOW = 20;
    private static final int ENOUGH = 10;
    private static final float HALF = 50;
    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 4;
    private static final double JITTER = 0.2;
    private static final Duration SHORTEST_TOLD = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(365);

    /**
     * How things are at one moment.
     *
     * @param restsFor zero unless it rests
     */
    record Now(Endpoint endpoint, Duration restsFor) {}

    private final CircuitBreaker circuit;
    private final Ticker ticker;
    private final DoubleSupplier jitter;
    private final FailureLog log;

    /** Grows with each change of the state: how a call ended that began in another period says nothing about this one. */
    private long period;

    private int restsInARow;
    private long restsUntil;
    /** Whether a failure since the last answer was a mistake of somebody's, not an outage. */
    private boolean mistaken;

    /**
     * A breaker.
     *
     * @param jitter between 0 and 1, by how much of a fifth a rest is shorter: else all who lost the endpoint together would
     *     come back together
     */
    EndpointBreaker(String name, Ticker ticker, DoubleSupplier jitter, FailureLog log) {
        this.circuit = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, ENOUGH, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(HALF)
                        .slowCallDurationThreshold(NEVER)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(NEVER)
                        .recordResult(Boolean.FALSE::equals)
                        .build());
        this.ticker = ticker;
        this.jitter = jitter;
        this.log = log;
        this.restsUntil = ticker.read();
    }

    /**
     * Leave to make one call, to be shown again with how the call ended.
     *
     * @throws IntrospectionException if the endpoint rests
     */
    long ask() throws IntrospectionException {
        OptionalLong leave = tryToAsk();
        if (leave.isEmpty()) {
            throw resting();
        }
        return leave.getAsLong();
    }

    private synchronized OptionalLong tryToAsk() {
        if (circuit.getState() == State.OPEN && timeLeft().isZero()) {
            circuit.transitionToHalfOpenState();
            period++;
        }
        return circuit.tryAcquirePermission() ? OptionalLong.of(period) : OptionalLong.empty();
    }

    private synchronized IntrospectionException resting() {
        return IntrospectionException.resting(max(timeLeft(), SHORTEST_TOLD), !mistaken);
    }

    /** The endpoint answered. */
    synchronized void answered(long leave, Duration took) {
        if (leave == period) {
            mistaken = false;
            count(true, took, Duration.ZERO);
        }
    }

    /** It did not. */
    synchronized void failed(long leave, IntrospectionException why, Duration took) {
        mistaken |= !why.isOutage();
        Duration asked = why.retryAfter().orElse(Duration.ZERO);
        if (leave == period) {
            count(false, took, asked);
        }
        // Whenever the call began, the endpoint says now that it wants to be left alone.
        if (asked.compareTo(timeLeft()) > 0) {
            rest(asked);
        }
    }

    /** The call was not made after all, or says nothing about the endpoint: another one may probe. */
    synchronized void withdrawn(long leave) {
        if (leave == period) {
            circuit.releasePermission();
        }
    }

    private void count(boolean success, Duration took, Duration atLeast) {
        State before = circuit.getState();
        circuit.onResult(took.toNanos(), TimeUnit.NANOSECONDS, success);
        if (circuit.getState() == State.OPEN) {
            rest(max(backOff(), atLeast));
        } else if (before == State.HALF_OPEN && circuit.getState() == State.CLOSED) {
            period++;
            restsInARow = 0;
            log.answersAgain();
        }
    }

    private void rest(Duration time) {
        boolean begins = timeLeft().isZero();
        if (circuit.getState() != State.OPEN) {
            circuit.transitionToOpenState();
        }
        restsUntil = ticker.read() + time.toNanos();
        period++;
        if (begins) {
            restsInARow++;
            log.rests(time);
        }
    }

    private Duration backOff() {
        Duration doubled = FIRST_REST.multipliedBy(1L << Math.min(restsInARow, MOST_DOUBLINGS));
        Duration longest = doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST;
        return longest.minusNanos((long) (longest.toNanos() * JITTER * jitter.getAsDouble()));
    }

    private Duration timeLeft() {
        return circuit.getState() == State.OPEN
                ? max(Duration.ofNanos(restsUntil - ticker.read()), Duration.ZERO)
                : Duration.ZERO;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Whether the endpoint is asked now, and how much longer it rests. */
    synchronized Now now() {
        Duration left = timeLeft();
        if (!left.isZero()) {
            return new Now(Endpoint.RESTING, left);
        }
        return new Now(circuit.getState() == State.CLOSED ? Endpoint.ASKED : Endpoint.PROBED, left);
    }
}
