package dev.scopegate.validate.keys;

import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.model.KeyFetch;
import dev.scopegate.model.Upkeep;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key set of one issuer as it was fetched last. Fetched ahead of time, again and again, by the schedule's thread alone: no
 * request ever is in a fetch. What cannot be had or used replaces nothing; the last good set serves until it is {@code
 * max-staleness} old, with an alarm at half.
 *
 * <p>Safe for concurrent use.
 */
final class CachedKeySet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CachedKeySet.class);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    /** While nothing can be decided: an issuer that comes back is to be trusted within ten seconds. */
    private static final Duration LAST_RETRY_WITHOUT_KEYS = Duration.ofSeconds(8);

    private static final Duration LAST_RETRY = Duration.ofSeconds(60);

    /** Which part of a delay is left to chance, so that servers that start together do not ask together for ever. */
    private static final double SPREAD = 0.2;

    /**
     * What is known now.
     *
     * @param fetchedAt when the set was fetched
     * @param failures how many attempts in a row have failed since
     * @param alarmed whether it was said that half of the time is over
     * @param nextAt when it is tried again
     */
    private record Known(Optional<KeySet> set, long fetchedAt, int failures, boolean alarmed, long nextAt) {}

    private final String issuerName;
    private final Publication publication;
    private final JwkSetReader reader;
    private final JwksConfig config;
    private final KeySchedule schedule;
    private final Upkeep upkeep;
    private final DoubleSupplier chance;
    private final AtomicReference<@Nullable CompletableFuture<Boolean>> underWay = new AtomicReference<>();
    private volatile Known known;
    private volatile boolean closed;

    /**
     * A set that is not fetched yet.
     *
     * @param chance numbers from 0 to 1
     */
    CachedKeySet(
            String issuerName,
            Publication publication,
            JwksConfig config,
            KeySchedule schedule,
            Upkeep upkeep,
            DoubleSupplier chance) {
        this.issuerName = issuerName;
        this.publication = publication;
        this.reader = new JwkSetReader(issuerName);
        this.config = config;
        this.schedule = schedule;
        this.upkeep = upkeep;
        this.chance = chance;
        long now = schedule.nanos();
        this.known = new Known(Optional.empty(), now, 0, false, now);
    }

    /** The set, unless it is too old to be trusted or there never was one. */
    Optional<KeySet> current() {
        Known now = known;
        return schedule.nanos() - now.fetchedAt < config.maxStaleness().toNanos() ? now.set : Optional.empty();
    }

    /** How old the set is; empty if there never was one. */
    Optional<Duration> age() {
        Known now = known;
        return now.set.map(set -> Duration.ofNanos(schedule.nanos() - now.fetchedAt));
    }

    boolean isFailing() {
        return known.failures > 0;
    }

    /** How long it takes until the set is fetched again. */
    Duration untilNextFetch() {
        return Duration.ofNanos(Math.max(0, known.nextAt - schedule.nanos()));
    }

    /** The fetch that is under way; true in the end if it brought a set. */
    Optional<CompletableFuture<Boolean>> underWay() {
        return Optional.ofNullable(underWay.get());
    }

    /**
     * Fetches the set in the background, unless somebody does already; and from then on again in time. Once this is closed, has
     * ended at once.
     */
    CompletableFuture<Boolean> fetch() {
        if (closed) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> others = underWay.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        schedule.soon(publication.onBehalfOfCaller(() -> fetchFor(mine)));
        return mine;
    }

    private void fetchFor(CompletableFuture<Boolean> waited) {
        boolean fetched = false;
        try {
            fetched = fetchNow();
        } finally {
            underWay.set(null);
            waited.complete(fetched);
        }
    }

    private boolean fetchNow() {
        long start = schedule.nanos();
        Fetched fetched = new Fetched(KeyFetch.UNUSABLE, Optional.empty());
        try {
            fetched = read(start);
            upkeep.keysFetched(issuerName, fetched.outcome, Duration.ofNanos(schedule.nanos() - start));
        } finally {
            // Even if memory has run out: nobody else would ever fetch again.
            goOn(fetched);
        }
        return fetched.outcome == KeyFetch.FETCHED;
    }

    private record Fetched(KeyFetch outcome, Optional<Duration> maxAge) {}

    private Fetched read(long start) {
        try {
            Publication.Published published = publication.read();
            if (putInForce(published.text(), start)) {
                return new Fetched(KeyFetch.FETCHED, published.maxAge());
            }
            LOG.warn("The keys of issuer {} cannot be used: no JWK Set with a usable key", issuerName);
            return new Fetched(KeyFetch.UNUSABLE, Optional.empty());
        } catch (IOException unavailable) {
            if (!closed) {
                LOG.warn("The keys of issuer {} cannot be had: {}", issuerName, unavailable.getMessage());
            }
            return new Fetched(KeyFetch.UNAVAILABLE, Optional.empty());
        } catch (RuntimeException | Error defect) {
            // On a thread that nobody waits for, what is not said here is never seen.
            LOG.error("The keys of issuer {} cannot be read", issuerName, defect);
            return new Fetched(KeyFetch.UNUSABLE, Optional.empty());
        }
    }

    /** Age is counted from the question, not from the answer: a slow answer is an old one. */
    private boolean putInForce(String text, long askedAt) {
        List<JWK> keys = reader.read(text);
        KeySet next = known.set.map(before -> KeySet.following(before, keys)).orElseGet(() -> KeySet.of(keys));
        if (next.isUsable()) {
            known = new Known(Optional.of(next), askedAt, 0, false, askedAt);
            return true;
        }
        return false;
    }

    private void goOn(Fetched fetched) {
        long now = schedule.nanos();
        Known before = known;
        boolean success = fetched.outcome == KeyFetch.FETCHED;
        Duration delay = success ? untilRefresh(fetched.maxAge) : untilRetry(before, now);
        Duration spread = delay.minus(Duration.ofNanos((long) (delay.toNanos() * SPREAD * chance.getAsDouble())));
        int failures = success ? 0 : before.failures + 1;
        boolean alarming = failures > 0 && before.set.isPresent() && isHalf(now - before.fetchedAt);
        if (alarming && !before.alarmed) {
            LOG.error(
                    "The keys of issuer {} could not be fetched for half of {}: after all of it, its tokens are answered with 503",
                    issuerName,
                    config.maxStaleness());
        }
        known = new Known(before.set, before.fetchedAt, failures, alarming, now + spread.toNanos());
        schedule.later(spread, () -> {
            CompletableFuture<Boolean> unused = fetch();
        });
    }

    private boolean isHalf(long age) {
        return age >= config.maxStaleness().toNanos() / 2;
    }

    /** The issuer may ask for earlier, never for later: by the refresh a key that was withdrawn is gone. */
    private Duration untilRefresh(Optional<Duration> maxAge) {
        // Well before the set is too old, since a fetch takes its time.
        Duration interval =
                shorter(config.refreshInterval(), config.maxStaleness().dividedBy(2));
        Duration shortest = shorter(config.cooldown(), interval);
        return maxAge.map(age -> shorter(age, interval))
                .map(age -> age.compareTo(shortest) < 0 ? shortest : age)
                .orElse(interval);
    }

    private Duration untilRetry(Known before, long now) {
        Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(before.failures, 6));
        Duration left = before.set
                .map(set -> config.maxStaleness().minusNanos(now - before.fetchedAt))
                .orElse(Duration.ZERO);
        Duration longest =
                left.compareTo(LAST_RETRY_WITHOUT_KEYS) < 0 ? LAST_RETRY_WITHOUT_KEYS : shorter(left, LAST_RETRY);
        return shorter(doubled, longest);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        closed = true;
        schedule.close();
        CompletableFuture<Boolean> waited = underWay.get();
        if (waited != null) {
            waited.complete(false);
        }
    }
}
