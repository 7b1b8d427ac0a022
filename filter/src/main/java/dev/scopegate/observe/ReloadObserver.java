package dev.scopegate.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts reloads as the meter {@code scopegate.config.reloads} (tag {@code result}: {@code applied}, {@code failed}), says
 * in {@code scopegate.config.stale} for how many seconds what is written down could not be used (0: it is in force), and
 * logs what changed.
 *
 * <p>Safe for concurrent use.
 */
public final class ReloadObserver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.scopegate.config");

    private static final String STALE = "scopegate.config.stale";
    private static final int MAX_RULES = 200;

    private final MeterRegistry meters;
    private final Counter applied;
    private final Counter failed;
    private final Optional<Gauge> stale;

    /** Milliseconds of the epoch; 0: what is written down is in force. */
    private final AtomicLong staleSince = new AtomicLong();

    /** An observer that counts in {@code meters}. */
    public ReloadObserver(MeterRegistry meters, InstantSource clock) {
        applied = counter(meters, "applied");
        failed = counter(meters, "failed");
        this.meters = meters;
        // Of several servers that share a registry, the first one is shown.
        stale = meters.find(STALE).gauge() == null
                ? Optional.of(Gauge.builder(STALE, staleSince, since -> seconds(since.get(), clock))
                        .description("How long the configuration that is written down could not be used")
                        .baseUnit("seconds")
                        .strongReference(true)
                        .register(meters))
                : Optional.empty();
    }

    private static Counter counter(MeterRegistry meters, String result) {
        return Counter.builder("scopegate.config.reloads")
                .description("Configurations that were read again")
                .tag("result", result)
                .register(meters);
    }

    private static double seconds(long since, InstantSource clock) {
        return since == 0 ? 0 : (clock.millis() - since) / 1000.0;
    }

    /**
     * Says what is in force, from the first configuration on.
     *
     * @param rules the rules as a table, line by line
     * @param warnings what is no mistake, but should be looked at
     */
    public void announce(List<String> rules, List<String> warnings) {
        if (LOG.isInfoEnabled()) {
            String more = rules.size() > MAX_RULES
                    ? System.lineSeparator() + "… and " + (rules.size() - MAX_RULES) + " more"
                    : "";
            LOG.info(
                    "Rules in force, the most specific first:{}{}{}",
                    System.lineSeparator(),
                    rules.stream().limit(MAX_RULES).collect(Collectors.joining(System.lineSeparator())),
                    more);
        }
        for (String warning : warnings.subList(0, Math.min(MAX_RULES, warnings.size()))) {
            LOG.warn(warning);
        }
    }

    /** Says what is no mistake, but should be looked at. */
    public void warn(String warning) {
        LOG.warn(warning);
    }

    /** A new configuration is in force. */
    public void applied(List<String> changes) {
        staleSince.set(0);
        applied.increment();
        LOG.info("Configuration reloaded: {}", changes.isEmpty() ? "no changes" : String.join(", ", changes));
    }

    /** A new configuration has mistakes, and the old one stays in force. */
    public void failed(String problems, Instant since) {
        staleSince.set(since.toEpochMilli());
        failed.increment();
        LOG.error(
                "The configuration cannot be used; the previous one stays in force (stale since {}):{}{}",
                since,
                System.lineSeparator(),
                problems);
    }

    /** The server is closed, and no longer shown. */
    @Override
    public void close() {
        stale.ifPresent(meters::remove);
    }
}
