package dev.scopegate.validate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.jwk.JWK;
import dev.scopegate.config.TokensConfig;
import dev.scopegate.introspection.TokenDigest;
import dev.scopegate.model.Upkeep;
import dev.scopegate.model.ValidatedToken;
import dev.scopegate.model.Validation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * JWTs of which every check held once, so that their signature is not verified again. Says nothing of whether one is still
 * good: time and key are judged at each use. Holds only what was verified, so nobody fills it with garbage.
 *
 * <p>How long a token is remembered is measured by the ticker, which nobody can turn; one that expires sooner is not good for any
 * longer, but its place is. Safe for concurrent use.
 */
final class VerifiedTokens {

    /**
     * What is remembered of a token: all that has to be looked at again, in one place. Between two requests with a
     * token come those with a thousand others, so that each object more would have to be fetched from far.
     *
     * @param token what it was found to be
     * @param bound whether it is meant for the holder of a key alone
     * @param key the key that verified it
     * @param since from when on it is good, in milliseconds of the epoch: see {@link Lifespan}
     * @param end until when
     */
    record Verified(
            ValidatedToken token, boolean bound, JwtValidator.TrustedIssuer issuer, JWK key, long since, long end) {

        static Verified of(Validation.Valid verdict, JwtValidator.TrustedIssuer issuer, JWK key) {
            ValidatedToken token = verdict.token();
            Lifespan lifespan = Lifespan.of(token.claims(), issuer.terms().clockSkew());
            return new Verified(token, verdict.bound(), issuer, key, lifespan.since(), lifespan.end());
        }

        /** The verdict now; which of the times it was that ran out is for the checks to say. */
        Validation judgeAgain(long now) {
            return since <= now && now < end
                    ? new Validation.Valid(token, bound)
                    : issuer.checks().judgeAgain(token);
        }
    }

    private final Duration ttl;
    private final InstantSource clock;
    private final Upkeep upkeep;
    private final Cache<TokenDigest, Verified> cache;

    VerifiedTokens(TokensConfig.Cache settings, InstantSource clock, Ticker ticker, Upkeep upkeep) {
        this.ttl = settings.ttl();
        this.clock = clock;
        this.upkeep = upkeep;
        this.cache = Caffeine.newBuilder()
                .maximumSize(settings.maxEntries())
                // The same for all: a time of its own for each would cost more at each look than the place of an
                // expired token is worth. One that comes is judged by its own times.
                .expireAfterWrite(settings.ttl())
                .evictionListener((digest, verified, cause) -> evicted(cause))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    private void evicted(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            upkeep.tokenEvicted();
        }
    }

    /** Whether anything is ever remembered. */
    boolean remembers() {
        return !ttl.isZero();
    }

    /** What is known of a token, if its key is still published. */
    Optional<Verified> find(TokenDigest digest) {
        Verified known = cache.getIfPresent(digest);
        // A key that was withdrawn vouches for nothing any more, so the token is one that was never seen.
        Optional<Verified> good =
                known != null && known.issuer().keys().publishes(known.key()) ? Optional.of(known) : Optional.empty();
        upkeep.tokenSeen(good.isPresent());
        return good;
    }

    /** The verdict on a token that is known, now. */
    Validation judgeAgain(Verified known) {
        return known.judgeAgain(clock.millis());
    }

    /** Remembers a token. */
    void remember(TokenDigest digest, Verified verified) {
        cache.put(digest, verified);
    }

    /** How many are remembered now. */
    long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }
}
