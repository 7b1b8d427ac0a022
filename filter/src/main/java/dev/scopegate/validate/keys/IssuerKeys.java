package dev.scopegate.validate.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import dev.scopegate.config.JwksConfig;
import dev.scopegate.introspection.http.BoundedHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The keys of one issuer, cached: refreshed ahead of time off the request's thread, kept while the issuer is down, and
 * once it is known fetched at most twice per cool-down, however many tokens name a {@code kid} that is not in it.
 *
 * <p>Checks that a key agrees with the algorithm that the token names: type, curve, {@code use}, {@code key_ops},
 * {@code alg}, size. Does not verify anything. Safe for concurrent use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-4">RFC 7517 §4</a>
 */
public final class IssuerKeys implements AutoCloseable {

    /** Without a {@code kid} each candidate costs a verification, and the sender of garbage pays nothing for it. */
    private static final int MAX_CANDIDATES = 4;

    private static final int MIN_RSA_BITS = 2048;
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(5);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(8);

    private final JWKSetBasedJWKSource<SecurityContext> source;
    private final PublishedKeys published;

    private IssuerKeys(JWKSetBasedJWKSource<SecurityContext> source, PublishedKeys published) {
        this.source = source;
        this.published = published;
    }

    /** The keys of the issuer called {@code name}; begins to fetch them in the background, and waits for nothing. */
    public static IssuerKeys of(
            String name, JwksConfig config, BoundedHttpClient http, IssuerMetadata metadata, int maxBytes) {
        PublishedKeys.Publication publication = config.file()
                .map(file -> PublishedKeys.in(file.path(), maxBytes))
                .orElseGet(() -> PublishedKeys.over(
                        http,
                        config.uri()
                                .<PublishedKeys.Address>map(uri -> () -> uri)
                                .orElse(metadata::jwksUri)));
        PublishedKeys published = new PublishedKeys(name, publication);
        ScheduledExecutorService refresher = refresher(name);
        IssuerKeys keys = new IssuerKeys(source(published, config, refresher), published);
        refresher.execute(() -> {
            keys.find(JWSAlgorithm.RS256, Optional.empty());
            keys.retryUntilKnown(refresher, FIRST_RETRY);
        });
        return keys;
    }

    private static JWKSetBasedJWKSource<SecurityContext> source(
            JWKSetSource<SecurityContext> published, JwksConfig config, ScheduledExecutorService refresher) {
        long ttl = config.refreshInterval().toMillis();
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(published)
                .cache(ttl, Math.min(LONGEST_FETCH.toMillis(), ttl / 4))
                .refreshAheadCache(ttl / 4, event -> {}, refresher, true, refresher, true)
                // The limit counts every fetch, so it has to leave room for the regular ones.
                .rateLimited(Math.min(config.cooldown().toMillis(), ttl / 2))
                .outageTolerant(config.maxStaleness().toMillis())
                .build();
        // What the builder makes, though it does not say so.
        return (JWKSetBasedJWKSource<SecurityContext>) source;
    }

    /**
     * Fetches again in the background until there is a first set. The limit on forced fetches must not delay that: an issuer
     * that comes up late is to be trusted when it is there, not half a minute later.
     */
    private void retryUntilKnown(ScheduledExecutorService refresher, Duration pause) {
        if (published.latest().isEmpty() && !refresher.isShutdown()) {
            Duration next = pause.compareTo(LAST_RETRY) < 0 ? pause.multipliedBy(2) : LAST_RETRY;
            ScheduledFuture<?> unused = refresher.schedule(
                    () -> {
                        published.tryFetch();
                        retryUntilKnown(refresher, next);
                    },
                    pause.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    private static ScheduledExecutorService refresher(String name) {
        return new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "scopegate-keys-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The keys that may verify a token.
     *
     * @param algorithm the token's algorithm, which is one that is accepted
     * @param keyId the token's {@code kid}
     */
    public KeyLookup find(JWSAlgorithm algorithm, Optional<String> keyId) {
        JWKSelector selector = new JWKSelector(matcher(algorithm, keyId));
        try {
            return lookup(source.get(selector, null), keyId);
        } catch (RateLimitReachedException spent) {
            // Anyone can spend the limit by inventing kids. The last set still decides; without one nobody can know.
            return published
                    .latest()
                    .map(set -> lookup(selector.select(set), keyId))
                    .orElseGet(() -> new KeyLookup.Unavailable(LAST_RETRY));
        } catch (KeySourceException unavailable) {
            return new KeyLookup.Unavailable(LAST_RETRY);
        }
    }

    /**
     * Whether {@code key}, which was found here before, is still published; also false if nobody can know. Asks the issuer
     * only if what is known of its set is too old to be used.
     */
    public boolean publishes(JWK key) {
        try {
            return set().getKeys().contains(key);
        } catch (KeySourceException unavailable) {
            return false;
        }
    }

    private JWKSet set() throws KeySourceException {
        return source.getJWKSetSource()
                .getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), System.currentTimeMillis(), null);
    }

    private static KeyLookup lookup(List<JWK> selected, Optional<String> keyId) {
        List<JWK> found = selected.stream()
                .filter(IssuerKeys::mayVerify)
                .limit(MAX_CANDIDATES)
                .toList();
        // Two keys of one name: whichever were tried, the other one might have been meant.
        boolean ambiguous = keyId.isPresent() && found.size() > 1;
        return found.isEmpty() || ambiguous ? new KeyLookup.Unknown() : new KeyLookup.Found(found);
    }

    private static JWKMatcher matcher(JWSAlgorithm algorithm, Optional<String> keyId) {
        JWKMatcher.Builder matcher = new JWKMatcher.Builder()
                .keyType(KeyType.forAlgorithm(algorithm))
                .keyUses(KeyUse.SIGNATURE, null)
                .publicOnly(true);
        keyId.ifPresent(matcher::keyID);
        if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return matcher.algorithms(algorithm, null).minKeySize(MIN_RSA_BITS).build();
        }
        if (JWSAlgorithm.Family.EC.contains(algorithm)) {
            return matcher.algorithms(algorithm, null)
                    .curves(Curve.forJWSAlgorithm(algorithm))
                    .build();
        }
        // RFC 9864: "Ed25519" is the full name of what "EdDSA" means with this curve.
        return matcher.algorithms(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519, null)
                .curve(Curve.Ed25519)
                .build();
    }

    private static boolean mayVerify(JWK key) {
        return key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
    }

    /** Stops fetching, and ends the thread that does. */
    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
