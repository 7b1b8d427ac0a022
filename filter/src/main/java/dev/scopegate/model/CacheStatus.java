package dev.scopegate.model;

/**
 * How it stands with one of the caches of a server, since the server was built. Immutable.
 *
 * @param cache {@code tokens} for verified ones, {@code introspection} for answers of issuers
 * @param entries how much is remembered now
 * @param hits how often a token was found in it
 * @param misses how often one was not
 * @param evictions how often something had to make room for something else
 */
public record CacheStatus(String cache, long entries, long hits, long misses, long evictions) {}
