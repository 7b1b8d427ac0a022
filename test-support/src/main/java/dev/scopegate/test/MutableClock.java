package dev.scopegate.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that stands still until a test moves it, and the monotonic ticker that belongs to it.
 *
 * <p>{@link #advance} lets time pass: both the wall clock and the ticker move. {@link #set} changes the wall clock alone, as
 * an operator or a time server does; no time passes by that. Safe for concurrent use.
 */
public final class MutableClock extends Clock {

    private final Hands hands;
    private final ZoneId zone;

    private MutableClock(Hands hands, ZoneId zone) {
        this.hands = hands;
        this.zone = zone;
    }

    /** A clock in UTC that stands at {@code start}; its ticker stands at 0. */
    public static MutableClock at(Instant start) {
        return new MutableClock(new Hands(start), ZoneOffset.UTC);
    }

    /**
     * Lets {@code step} pass.
     *
     * @throws IllegalArgumentException if the step is negative, since no ticker runs backwards
     */
    public void advance(Duration step) {
        hands.advance(step);
    }

    /** Turns the wall clock to {@code instant}, forwards or backwards. The ticker stays where it is. */
    public void set(Instant instant) {
        hands.set(instant);
    }

    /** The ticker in nanoseconds; {@code clock::read} serves as the ticker of a cache. */
    public long read() {
        return hands.ticks();
    }

    @Override
    public Instant instant() {
        return hands.instant();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock read in another zone: moving one moves the other. */
    @Override
    public MutableClock withZone(ZoneId other) {
        return new MutableClock(hands, other);
    }

    private static final class Hands {

        private Instant now;
        private long nanos;

        Hands(Instant start) {
            this.now = start;
        }

        synchronized void advance(Duration step) {
            if (step.isNegative()) {
                throw new IllegalArgumentException("time does not pass backwards: " + step);
            }
            now = now.plus(step);
            nanos = Math.addExact(nanos, step.toNanos());
        }

        synchronized void set(Instant instant) {
            now = instant;
        }

        synchronized Instant instant() {
            return now;
        }

        synchronized long ticks() {
            return nanos;
        }
    }
}
