package dev.scopegate.model;

/**
 * Is told of each decision on a request, once: for an audit log, or for a screen.
 *
 * <p>Called from many threads at once, on the path of each request, before it is answered or goes on: has to return at once. What
 * it throws changes nothing for the request, and is logged.
 */
@FunctionalInterface
public interface DecisionListener {

    /** A decision was made. */
    void decided(DecisionEvent event);
}
