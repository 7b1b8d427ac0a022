package dev.scopegate.config;

import static java.util.Objects.requireNonNullElse;

import dev.scopegate.model.Transport;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;

/**
 * The part {@code tokens}: how clients send tokens, and how long verified ones are remembered.
 *
 * @param transports where a token may stand: {@code header}, {@code form}, {@code query}, {@code cookie:NAME}; default
 *     {@code [header]} (RFC 6750 §2)
 * @param maxBytes the longest token, in bytes; a longer one is refused before anything of it is decoded; default 8192
 * @param cache how verified tokens are remembered
 */
@RecordBuilder
public record TokensConfig(List<Transport> transports, Integer maxBytes, Cache cache) {

    /** All defaults. */
    static final TokensConfig DEFAULT = TokensConfigBuilder.builder().build();

    /**
     * How verified tokens are remembered, so that a signature is verified once. Time, issuer, key, audience and scopes are
     * judged on each request all the same.
     *
     * @param ttl how long a token is remembered at most; its {@code exp} wins; default 5 min, 0 s: not at all
     * @param maxEntries how many are remembered at most; default 10000
     */
    public record Cache(Duration ttl, Integer maxEntries) {

        static final Cache DEFAULT = new Cache(Duration.ofMinutes(5), 10_000);

        public Cache {
            ttl = requireNonNullElse(ttl, Duration.ofMinutes(5));
            maxEntries = requireNonNullElse(maxEntries, 10_000);
        }
    }

    public TokensConfig {
        transports = List.copyOf(requireNonNullElse(transports, List.of(Transport.HEADER)));
        maxBytes = requireNonNullElse(maxBytes, 8192);
        cache = requireNonNullElse(cache, Cache.DEFAULT);
    }
}
