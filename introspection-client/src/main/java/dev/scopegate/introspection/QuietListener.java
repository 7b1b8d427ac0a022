package dev.scopegate.introspection;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes everything on to a listener, and nothing that it throws back: a mistake in counting must not cost anybody his answer.
 * As safe for concurrent use as the listener.
 */
final class QuietListener implements IntrospectionListener {

    private static final Logger LOG = LoggerFactory.getLogger(IntrospectionClient.class);

    private final IntrospectionListener listener;

    QuietListener(IntrospectionListener listener) {
        this.listener = listener;
    }

    @Override
    public void ended(Ended how, Duration took) {
        tell(told -> told.ended(how, took));
    }

    @Override
    public void sought(boolean kept) {
        // Two that capture nothing: this is on the way of each request.
        tell(kept ? told -> told.sought(true) : told -> told.sought(false));
    }

    @Override
    public void lastKnownServed() {
        tell(IntrospectionListener::lastKnownServed);
    }

    @Override
    public void evicted() {
        tell(IntrospectionListener::evicted);
    }

    private void tell(Consumer<IntrospectionListener> what) {
        try {
            what.accept(listener);
        } catch (RuntimeException mistake) {
            LOG.debug(
                    "A listener of introspection failed: {}", mistake.getClass().getName());
        }
    }
}
