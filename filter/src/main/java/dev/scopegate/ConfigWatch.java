package dev.scopegate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files of a configuration from time to time, and has it read again when their contents changed. By content,
 * so that every way of replacing a file is seen: writing into it, renaming another one over it, turning the symbolic link
 * of a mounted volume.
 *
 * <p>A change counts when two looks in a row see the same: a file that is only half written is not read.
 *
 * <p>Not thread-safe: looks from one thread.
 */
final class ConfigWatch {

    private static final Logger LOG = LoggerFactory.getLogger("dev.scopegate.config");

    /** Equals no fingerprint. */
    private static final String UNKNOWN = "";

    /** What is read of a file at most; a configuration is far smaller. */
    private static final int MAX_BYTES = 1 << 22;

    private final Supplier<List<Path>> files;
    private final Runnable changed;
    private String inForce;
    private String lastSeen;

    /**
     * A watch that has not begun to look by itself.
     *
     * @param files the files of the configuration in force
     * @param changed what is done about a change
     */
    ConfigWatch(Supplier<List<Path>> files, Runnable changed) {
        this.files = files;
        this.changed = changed;
        inForce = fingerprint(files.get());
        lastSeen = inForce;
    }

    /** Looks each {@code interval}, from the thread of {@code timer}. */
    void every(Duration interval, ScheduledExecutorService timer) {
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                this::lookAndGoOn, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once. */
    void look() {
        List<Path> looked = files.get();
        String seen = fingerprint(looked);
        boolean settled = seen.equals(lastSeen);
        lastSeen = seen;
        if (settled && !seen.equals(inForce)) {
            changed.run();
            // What was read may name other files than before; and if a file changed meanwhile, it is read once more.
            inForce = fingerprint(looked).equals(seen) ? fingerprint(files.get()) : UNKNOWN;
            lastSeen = inForce;
        }
    }

    private void lookAndGoOn() {
        try {
            look();
        } catch (RuntimeException unexpected) {
            // The timer forgets a task that throws, and from then on nobody would look.
            LOG.error("The files of the configuration could not be looked at", unexpected);
        }
    }

    private static String fingerprint(List<Path> files) {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(file).append('=').append(digest(file)).append('\n');
        }
        return text.toString();
    }

    /** A file that is not there now differs from all that are. */
    private static String digest(Path file) {
        try (var stream = Files.newInputStream(file)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(stream.readNBytes(MAX_BYTES));
            return new String(digest, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return "unreadable";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
