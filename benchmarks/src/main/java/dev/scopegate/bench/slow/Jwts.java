package dev.scopegate.bench.slow;

/** Which JWTs the requests bring. */
public enum Jwts {
    /** A thousand in rotation, which are remembered. */
    SEEN_BEFORE,
    /** Thousands in rotation, none of which is remembered. */
    FIRST_SEEN;

    boolean remembered() {
        return this == SEEN_BEFORE;
    }
}
