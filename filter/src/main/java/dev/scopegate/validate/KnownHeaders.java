package dev.scopegate.validate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Headers that were read once: the tokens of one key all have the same header, to the letter. Only headers of tokens that were
 * found valid are remembered, so nobody fills the place with garbage. Says nothing of a token.
 *
 * <p>Safe for concurrent use.
 */
final class KnownHeaders {

    /** More than the keys and kinds of tokens of all issuers together. */
    private static final int MAX_HEADERS = 500;

    private final Cache<String, JoseHeader> read = Caffeine.newBuilder()
            .maximumSize(MAX_HEADERS)
            .executor(Runnable::run)
            .build();

    /** What {@code encoded}, the first part of a JWS, says. */
    JoseHeader.Reading read(String encoded) {
        JoseHeader known = read.getIfPresent(encoded);
        return known == null ? JoseHeader.read(encoded) : new JoseHeader.Reading.Read(known);
    }

    /** Remembers the header of a valid token. */
    void remember(String encoded, JoseHeader header) {
        // Almost always it is there already, and looking is cheaper than writing.
        read.asMap().putIfAbsent(encoded, header);
    }
}
