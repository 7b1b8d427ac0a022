package dev.scopegate.observe;

import dev.scopegate.config.AuditConfig;
import dev.scopegate.model.DecisionEvent;
import dev.scopegate.model.DecisionEvent.Outcome;
import dev.scopegate.model.DecisionListener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audit log: one line of JSON for each decision, with the field names of the Elastic Common Schema, at INFO to the logger
 * {@value #LOGGER}. A configuration switches it on by {@code audit}; this is for those who add it by {@code decisionListener}.
 *
 * <p>Of accepted requests one in {@code acceptsOneIn} is written, chosen at random. There are {@code linesPerSecond} lines at most: accepted
 * requests use no more than half of them, and some are kept for what was not seen in the current minute, so that a flood does not
 * hide what comes with it. How many decisions found no place is a line as well.
 *
 * <p>Does not write a token, a claim other than subject and client, or a query. Safe for concurrent use; what writing costs is a matter of the
 * logging library.
 */
public final class AuditLog implements DecisionListener, AutoCloseable {

    /** The name of the logger. */
    static final String LOGGER = "dev.scopegate.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private final AuditConfig config;
    private final LineBudget lines;
    private final IntUnaryOperator dice;
    private final InstantSource clock;

    /**
     * A log that is on, whatever {@code config} says of that.
     *
     * @param dice a random number from 0 to its argument, exclusively
     * @param clock by which it is noted when the last lines were dropped
     * @param nanos the time of which lines are allotted, in nanoseconds
     */
    AuditLog(AuditConfig config, IntUnaryOperator dice, InstantSource clock, LongSupplier nanos) {
        this.config = config;
        this.dice = dice;
        this.clock = clock;
        int apart = Math.min(LineKind.ALL.size(), config.linesPerSecond() / 2);
        // One is for the count of those that were dropped.
        this.lines = new LineBudget(config.linesPerSecond() - apart - 1, apart, nanos);
    }

    /** The same, by chance. */
    AuditLog(AuditConfig config, InstantSource clock, LongSupplier nanos) {
        this(config, faces -> ThreadLocalRandom.current().nextInt(faces), clock, nanos);
    }

    /**
     * A log with the limits of {@code config}; it is on, whatever {@code config} says of that.
     *
     * @throws IllegalArgumentException if a limit is beyond what a configuration may say
     */
    public static AuditLog of(AuditConfig config) {
        return new AuditLog(config.checked(), InstantSource.system(), System::nanoTime);
    }

    /** Whether anything would be written now. */
    static boolean isHeard() {
        return LOG.isInfoEnabled();
    }

    @Override
    public void decided(DecisionEvent event) {
        if (!LOG.isInfoEnabled() || isLeftOut(event)) {
            return;
        }
        LineKind kind = LineKind.of(event.outcome(), event.reason());
        boolean granted = event.outcome() == Outcome.ACCEPTED ? lines.takeOfHalf(kind) : lines.take(kind);
        if (granted) {
            LOG.info(AuditLine.of(event, config.acceptsOneIn()));
            tellDropped(event.at(), lines.droppedBefore());
        }
    }

    private boolean isLeftOut(DecisionEvent event) {
        return event.outcome() == Outcome.ACCEPTED
                && config.acceptsOneIn() > 1
                && dice.applyAsInt(config.acceptsOneIn()) != 0;
    }

    private static void tellDropped(Instant at, Map<String, Long> counts) {
        if (!counts.isEmpty()) {
            LOG.info(AuditLine.dropped(at, counts));
        }
    }

    /** Says what was dropped last. */
    @Override
    public void close() {
        tellDropped(clock.instant(), lines.droppedAtLast());
    }
}
