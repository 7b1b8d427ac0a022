package dev.scopegate.introspection;

import dev.scopegate.introspection.IntrospectionException.Kind;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator of mistakes that do not pass by themselves, each kind once per client: whoever can send tokens could fill
 * the log otherwise. Outages are not logged here; they show in the answers. Safe for concurrent use.
 */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(IntrospectionClient.class);

    private final String name;
    private final AtomicBoolean malformedTold = new AtomicBoolean();
    private final AtomicBoolean refusedTold = new AtomicBoolean();
    private final AtomicBoolean noBooleanTold = new AtomicBoolean();

    FailureLog(String name) {
        this.name = name;
    }

    void note(IntrospectionException known) {
        LOG.debug("Introspection at {} failed: {}", name, known.kind());
        if (known.kind() == Kind.MALFORMED_ANSWER && malformedTold.compareAndSet(false, true)) {
            LOG.warn("Introspection at {} gives answers that cannot be used: {}", name, known.getMessage());
        }
        if (known.kind() == Kind.REFUSED_CLIENT && refusedTold.compareAndSet(false, true)) {
            LOG.warn("Introspection at {} does not accept our client: {}", name, known.getMessage());
        }
    }

    /** An answer came whose member active is no boolean, or is missing. The token counts as inactive, which may be a mistake. */
    void noteNoBoolean() {
        if (noBooleanTold.compareAndSet(false, true)) {
            LOG.warn(
                    "Introspection at {} does not say whether tokens are active by a boolean: they count as inactive",
                    name);
        }
    }
}
