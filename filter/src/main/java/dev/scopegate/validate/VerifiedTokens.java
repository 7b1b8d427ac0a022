package dev.scopegate.validate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.model.ValidatedToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * JWTs of which every check held once, so that their signature is not verified again. Says nothing of whether one is still
 * good: time and key are judged at each use. Holds only what was verified, so nobody fills it with garbage.
 *
 * <p>How long a token is remembered is measured by the ticker, which nobody can turn. Safe for concurrent use.
 */
final class VerifiedTokens {

    /**
     * What is remembered of a token.
     *
     * @param end when it is of no use any more, the clock skew included
     * @param key the key that verified it
     */
    record Verified(ValidatedToken token, JwtValidator.TrustedIssuer issuer, JWK key, Instant end) {}

    private final Duration ttl;
    private final InstantSource clock;
    private final Cache<TokenDigest, Verified> cache;

    VerifiedTokens(TokensConfig.Cache settings, InstantSource clock, Ticker ticker) {
        this.ttl = settings.ttl();
        this.clock = clock;
        this.cache = Caffeine.newBuilder()
                .maximumSize(settings.maxEntries())
                .expireAfter(Expiry.<TokenDigest, Verified>creating((digest, verified) -> lifetime(verified)))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    Optional<Verified> find(TokenDigest digest) {
        return Optional.ofNullable(cache.getIfPresent(digest));
    }

    /** Remembers a token; not at all where the configured time is zero. */
    void remember(TokenDigest digest, Verified verified) {
        if (!ttl.isZero()) {
            cache.put(digest, verified);
        }
    }

    /** How many are remembered now. */
    long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }

    private Duration lifetime(Verified verified) {
        Duration left = Duration.between(clock.instant(), verified.end());
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(ttl) < 0 ? left : ttl;
    }
}
