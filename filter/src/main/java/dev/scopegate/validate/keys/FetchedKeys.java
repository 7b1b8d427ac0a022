package dev.scopegate.validate.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.model.KeySetStatus;
import dev.scopegate.model.Upkeep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * The keys of one issuer. A token that names a published key is answered from what is known, and waits for nothing. One that
 * names an unknown key has the set fetched once more, at once, but only once within the cool-down, however many such tokens
 * come; it waits for that fetch a little, as do requests while no set is known yet.
 *
 * <p>Checks that a key agrees with the algorithm that the token names. Does not verify anything. Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-4">RFC 7517 §4</a>
 */
final class FetchedKeys implements IssuerKeys {

    /** Until the issuer has been asked once, nothing can be decided anyway. */
    private static final Waiting.Limit AT_START = new Waiting.Limit(1_000, Duration.ofSeconds(2));

    /**
     * Requests that wait are threads that wait, which the tokens of other issuers need. Anyone can make unknown names, and tokens
     * in the name of an issuer that is down, so few may wait for those, and not for long.
     */
    private static final Waiting.Limit LATER = new Waiting.Limit(64, Duration.ofSeconds(1));

    private static final Duration SHORTEST_RETRY_AFTER = Duration.ofSeconds(1);

    /** Names of keys are digests or dates; what is longer is garbage, and is not kept. */
    private static final int MAX_NAME_LENGTH = 512;

    private static final int MAX_ABSENT_NAMES = 1_000;

    private final String issuerName;
    private final JwksConfig config;
    private final CachedKeySet cache;
    private final Cooldown cooldown;
    private final Waiting atStart = new Waiting(AT_START);
    private final Waiting later = new Waiting(LATER);

    /** Names that a fetch of their own did not bring: whoever repeats them causes nothing, and waits for nothing. */
    private final Cache<String, Boolean> absentNames;

    FetchedKeys(
            String issuerName,
            JwksConfig config,
            Publication publication,
            KeySchedule schedule,
            Upkeep upkeep,
            DoubleSupplier chance) {
        this.issuerName = issuerName;
        this.config = config;
        cache = new CachedKeySet(issuerName, publication, config, schedule, upkeep, chance);
        cooldown = new Cooldown(config.cooldown(), schedule::nanos);
        absentNames = Caffeine.newBuilder()
                .maximumSize(MAX_ABSENT_NAMES)
                .expireAfterWrite(config.cooldown())
                .ticker(schedule::nanos)
                .executor(Runnable::run)
                .build();
        CompletableFuture<Boolean> unused = cache.fetch();
    }

    /** The keys of the issuer called {@code issuerName}; begins to fetch them in the background, and waits for nothing. */
    static FetchedKeys of(
            String issuerName, JwksConfig config, Publication publication, KeySchedule schedule, Upkeep upkeep) {
        return new FetchedKeys(
                issuerName,
                config,
                publication,
                schedule,
                upkeep,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * May wait for a fetch in the background: 2 s for the issuer's first answer, 1 s for a further one while no set is known, and
     * 1 s, in rare cases twice, where {@code keyId} is unknown and has not been looked for in vain just now.
     */
    @Override
    public KeyLookup find(JWSAlgorithm algorithm, Optional<String> keyId) {
        Optional<KeySet> set = cache.current().or(this::firstSet);
        if (set.isEmpty()) {
            return new KeyLookup.Unavailable(retryAfter());
        }
        KeyLookup found = set.get().find(algorithm, keyId);
        boolean unknownName = keyId.isPresent() && !set.get().names(keyId.get());
        return found instanceof KeyLookup.Found || !unknownName
                ? found
                : setWith(keyId.get())
                        .map(newer -> newer.find(algorithm, keyId))
                        .orElse(found);
    }

    private Optional<KeySet> firstSet() {
        Waiting places = cache.isFailing() ? later : atStart;
        cache.underWay().ifPresent(places::await);
        return cache.current();
    }

    private Duration retryAfter() {
        Duration next = cache.untilNextFetch();
        return next.compareTo(SHORTEST_RETRY_AFTER) < 0 ? SHORTEST_RETRY_AFTER : next;
    }

    /** The set in which {@code keyId} is, if that can be had now. */
    private Optional<KeySet> setWith(String keyId) {
        if (keyId.length() > MAX_NAME_LENGTH || absentNames.getIfPresent(keyId) != null) {
            return Optional.empty();
        }
        Optional<Fetch> fetch = fetch();
        while (fetch.isPresent() && later.await(fetch.get().end)) {
            Optional<KeySet> set = cache.current().filter(now -> now.names(keyId));
            if (set.isPresent()) {
                return set;
            }
            if (fetch.get().own) {
                absentNames.put(keyId, true);
                return Optional.empty();
            }
            // What somebody else began before this token came may have been answered before its key was published.
            fetch = fetch();
        }
        return cache.current().filter(now -> now.names(keyId));
    }

    /** A fetch to wait for; {@code own} if it was begun for the one who waits, and spent the allowance. */
    private record Fetch(CompletableFuture<Boolean> end, boolean own) {}

    /** In one piece: of those who come together, all but the first find the fetch that the first one began. */
    private synchronized Optional<Fetch> fetch() {
        return cache.underWay()
                .map(others -> new Fetch(others, false))
                .or(() -> cooldown.take() ? Optional.of(new Fetch(cache.fetch(), true)) : Optional.empty());
    }

    @Override
    public boolean publishes(JWK key) {
        Optional<KeySet> set = cache.current();
        return set.isPresent() && set.get().has(key);
    }

    @Override
    public Optional<KeySetStatus> status() {
        List<String> keyIds = cache.current().map(KeySet::keyIds).orElse(List.of());
        return Optional.of(new KeySetStatus(issuerName, cache.age(), config.maxStaleness(), cache.isFailing(), keyIds));
    }

    @Override
    public void close() {
        cache.close();
    }
}
