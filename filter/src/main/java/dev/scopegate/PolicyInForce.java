package dev.scopegate;

import dev.scopegate.config.ConfigChanges;
import dev.scopegate.config.ConfigException;
import dev.scopegate.config.ConfigStatus;
import dev.scopegate.config.LoadedConfig;
import dev.scopegate.config.Reload;
import dev.scopegate.observe.ReloadObserver;
import dev.scopegate.route.RuleListing;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The policy that is in force, and how it is replaced: by a whole one, or not at all.
 *
 * <p>Safe for concurrent use. One reload at a time; requests never wait for it.
 */
final class PolicyInForce {

    private final Supplier<LoadedConfig> source;
    private final PolicyMaker maker;
    private final InstantSource clock;
    private final ReloadObserver observer;
    private volatile List<Path> files;
    private volatile Policy current;
    private volatile ConfigStatus status;
    private boolean closed;

    /** Makes a policy of a configuration, which follows another one. */
    interface PolicyMaker {
        Policy make(LoadedConfig loaded, Optional<Policy> predecessor);
    }

    /**
     * Puts the first policy in force.
     *
     * @throws ConfigException if its configuration has mistakes
     */
    PolicyInForce(Supplier<LoadedConfig> source, PolicyMaker maker, InstantSource clock, ReloadObserver observer) {
        this.source = source;
        this.maker = maker;
        this.clock = clock;
        this.observer = observer;
        LoadedConfig loaded = source.get();
        this.files = loaded.files();
        this.current = maker.make(loaded, Optional.empty());
        this.status = new ConfigStatus(clock.instant(), Optional.empty(), "");
        announce(loaded);
    }

    private void announce(LoadedConfig loaded) {
        List<String> warnings = new ArrayList<>(loaded.placedWarnings());
        warnings.addAll(RuleListing.warnings(loaded.config(), loaded.locations()));
        observer.announce(RuleListing.lines(loaded.config(), loaded.locations()), warnings);
    }

    /** The policy in force; may be closed at any time by whoever replaces it. */
    Policy current() {
        return current;
    }

    /** The policy in force, which stays open until it is released. */
    Policy acquire() {
        while (true) {
            Policy policy = current;
            if (policy.acquire()) {
                return policy;
            }
            if (policy == current) {
                throw new IllegalStateException("the server is closed");
            }
        }
    }

    /** The files of the configuration that was read last, be it in force or not. */
    List<Path> files() {
        return files;
    }

    ConfigStatus status() {
        return status;
    }

    synchronized Reload reload() {
        if (closed) {
            throw new IllegalStateException("the server is closed");
        }
        try {
            Policy old = current;
            LoadedConfig loaded = source.get();
            files = loaded.files();
            Policy next = maker.make(loaded, Optional.of(old));
            List<String> changes = ConfigChanges.between(old.config(), next.config());
            current = next;
            old.release();
            status = new ConfigStatus(clock.instant(), Optional.empty(), "");
            observer.applied(changes);
            if (!changes.isEmpty()) {
                announce(loaded);
            }
            return new Reload.Applied(changes);
        } catch (ConfigException mistakes) {
            return failed(mistakes.getMessage());
        } catch (UncheckedIOException unreadable) {
            return failed("a file that the configuration names cannot be read");
        }
    }

    private Reload failed(String problems) {
        Instant staleSince = status.staleSince().orElseGet(clock::instant);
        status = new ConfigStatus(status.since(), Optional.of(staleSince), problems);
        observer.failed(problems, staleSince);
        return new Reload.Failed(problems);
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            current.release();
            observer.close();
        }
    }
}
