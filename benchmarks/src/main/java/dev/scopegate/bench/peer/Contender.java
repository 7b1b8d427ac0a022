package dev.scopegate.bench.peer;

/** One way to find out whether a token is good. */
@FunctionalInterface
public interface Contender extends AutoCloseable {

    /** Whether {@code token} is good: signature, issuer, audience, time. */
    boolean accepts(String token);

    @Override
    default void close() {
        // Most hold nothing.
    }
}
