package dev.scopegate.introspection;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.scopegate.introspection.IntrospectionException.Kind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator of mistakes that do not pass by themselves, and when the endpoint is left alone. Whoever can send tokens
 * could fill the log otherwise, so it tells of unusable answers once per client, and of each of the others once until it is over,
 * at most once a minute. Single failures are not logged here; they show in the answers. Safe for concurrent use.
 */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(IntrospectionClient.class);
    private static final Duration APART = Duration.ofMinutes(1);

    private final String name;
    private final AtomicBoolean malformedTold = new AtomicBoolean();
    private final AtomicBoolean noBooleanTold = new AtomicBoolean();
    private final Told refused;
    private final Told rests;

    FailureLog(String name, Ticker ticker) {
        this.name = name;
        this.refused = new Told(ticker);
        this.rests = new Told(ticker);
    }

    /** A call failed. */
    void failed(IntrospectionException known) {
        LOG.debug("Introspection at {} failed: {}", name, known.kind());
        if (known.kind() == Kind.MALFORMED_ANSWER && malformedTold.compareAndSet(false, true)) {
            LOG.warn("Introspection at {} gives answers that cannot be used: {}", name, known.getMessage());
        }
        if (known.kind() == Kind.REFUSED_CLIENT && refused.begin()) {
            LOG.error(
                    "Introspection at {} does not accept our client, so no token can be judged until somebody corrects that: {}",
                    name,
                    known.getMessage());
        }
    }

    /** A call was answered. */
    void answered() {
        if (refused.end()) {
            LOG.info("Introspection at {} accepts our client again", name);
        }
    }

    /** The endpoint is left alone from now on. */
    void rests(Duration time) {
        if (rests.begin()) {
            LOG.warn(
                    "Introspection at {} rests for {} ms: it failed too often, or asked for it", name, time.toMillis());
        }
    }

    /** It is asked again as usual. */
    void answersAgain() {
        if (rests.end()) {
            LOG.info("Introspection at {} answers again", name);
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

    /** Whether the log has told of something that is not over. */
    private static final class Told {

        private final Ticker ticker;
        private boolean told;
        private boolean ever;
        private long toldAt;

        Told(Ticker ticker) {
            this.ticker = ticker;
        }

        /** Whether it is to be told now. */
        synchronized boolean begin() {
            if (told || (ever && ticker.read() - toldAt < APART.toNanos())) {
                return false;
            }
            told = true;
            ever = true;
            toldAt = ticker.read();
            return true;
        }

        /** Whether it had been told, so that its end is told too. */
        synchronized boolean end() {
            boolean begun = told;
            told = false;
            return begun;
        }
    }
}
