package dev.scopegate.container.differential;

import com.example.sentinel.SentinelServlet;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Which sentinels were entered, from its making to {@link #close()}. Safe for concurrent use. */
final class Journal extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger(SentinelServlet.LOGGER);
    private final List<Entry> entries = new ArrayList<>();

    Journal() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /**
     * That a servlet was entered.
     *
     * @param servlet its name
     * @param path what the container dispatched, below the context path
     */
    record Entry(String servlet, String path) {}

    /** What was entered since this was asked last. */
    synchronized List<Entry> take() {
        List<Entry> taken = List.copyOf(entries);
        entries.clear();
        return taken;
    }

    @Override
    public synchronized void publish(LogRecord record) {
        Object[] parameters = record.getParameters();
        entries.add(new Entry((String) parameters[0], (String) parameters[1]));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
