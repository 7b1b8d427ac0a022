package dev.scopegate.container;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/**
 * Everything that is logged from {@link #start()} to {@link #close()}, by the container and by the web application, with
 * the stack traces; of Scopegate and its libraries at every level.
 *
 * <p>Safe for concurrent use; only one at a time.
 */
public final class LogCapture extends Handler implements AutoCloseable {

    private static final List<String> IN_FULL = List.of("dev.scopegate", "com.nimbusds", "io.micrometer");

    private final Logger root = Logger.getLogger("");
    private final List<Handler> silenced = List.of(root.getHandlers());
    // java.util.logging forgets the level of a logger that nobody holds.
    private final List<Logger> inFull = IN_FULL.stream().map(Logger::getLogger).toList();
    private final List<String> lines = new ArrayList<>();

    private LogCapture() {
        setFormatter(new SimpleFormatter());
        setLevel(Level.ALL);
    }

    /** Begins to capture; until it ends nothing is printed. */
    public static LogCapture start() {
        LogCapture capture = new LogCapture();
        capture.silenced.forEach(capture.root::removeHandler);
        capture.inFull.forEach(logger -> logger.setLevel(Level.ALL));
        capture.root.addHandler(capture);
        return capture;
    }

    /** All that was logged so far. */
    public synchronized String text() {
        return String.join("", lines);
    }

    /** What Scopegate itself logged so far, one record each. */
    public synchronized Stream<String> ofScopegate() {
        return List.copyOf(lines).stream().filter(line -> line.contains("dev.scopegate"));
    }

    @Override
    public synchronized void publish(LogRecord record) {
        lines.add(record.getLoggerName() + " " + getFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
        inFull.forEach(logger -> logger.setLevel(null));
        silenced.forEach(root::addHandler);
    }
}
