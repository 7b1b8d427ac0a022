package dev.scopegate.observe;

import dev.scopegate.model.DecisionEvent;
import dev.scopegate.model.DecisionListener;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener whose failures are nobody else's: they are logged, once a minute at most. Safe for concurrent use if the listener is. */
final class ToldListener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.scopegate.decisions");

    private final DecisionListener listener;
    private final Places warnings;
    private final AtomicLong failures = new AtomicLong();

    /** Tells {@code listener}; reads the time from {@code nanos}, in nanoseconds. */
    ToldListener(DecisionListener listener, LongSupplier nanos) {
        this.listener = listener;
        this.warnings = new Places(1, Duration.ofMinutes(1), nanos);
    }

    // Listeners in other languages throw checked exceptions too, and one that lacks a library an error; requests go on
    // without it.
    void tell(DecisionEvent event) {
        try {
            listener.decided(event);
        } catch (Exception | LinkageError broken) {
            failures.incrementAndGet();
            // It may fail at each request, of which an attacker can send many.
            if (warnings.take()) {
                LOG.warn(
                        "A listener to decisions failed: {} threw {} ({} times so far)",
                        listener.getClass().getName(),
                        broken.getClass().getName(),
                        failures.get());
            }
        }
    }
}
