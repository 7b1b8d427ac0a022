package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;

/**
 * The part {@code audit}: what is written of each decision, for those who have to tell later who did what. Beside it, refusals are
 * logged for operators, and all decisions counted.
 *
 * @param log what is written to the logger {@code dev.scopegate.audit}; default {@code none}
 * @param acceptsOneIn of how many accepted requests one is written, chosen at random; 1 to 1,000,000; default 1: each
 * @param linesPerSecond how many lines are written in a second at most; 10 to 100,000; default 100
 */
@RecordBuilder
public record AuditConfig(Log log, Integer acceptsOneIn, Integer linesPerSecond) {

    /** All defaults: nothing is written. */
    public static final AuditConfig DEFAULT = AuditConfigBuilder.builder().build();

    /** What an audit log is written in. */
    public enum Log {
        /** There is none. */
        NONE,
        /** One line of JSON for each decision, with the field names of the Elastic Common Schema. */
        ECS;

        /** How it is written in a configuration. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AuditConfig {
        log = requireNonNullElse(log, Log.NONE);
        acceptsOneIn = requireNonNullElse(acceptsOneIn, 1);
        linesPerSecond = requireNonNullElse(linesPerSecond, 100);
    }

    void check(Findings findings) {
        findings.range("audit.accepts-one-in", acceptsOneIn, 1, 1_000_000);
        findings.range("audit.lines-per-second", linesPerSecond, 10, 100_000);
    }

    /**
     * This one.
     *
     * @throws IllegalArgumentException if a number is out of its range; the message says which
     */
    public AuditConfig checked() {
        Findings findings = new Findings();
        check(findings);
        if (!findings.all().isEmpty()) {
            throw new IllegalArgumentException(findings.all().get(0).message());
        }
        return this;
    }
}
