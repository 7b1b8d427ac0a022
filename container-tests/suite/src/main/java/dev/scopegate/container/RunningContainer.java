package dev.scopegate.container;

/** A started container. */
public interface RunningContainer extends AutoCloseable {

    /** The port on the loopback address 127.0.0.1. */
    int port();

    /** Whether the web application started. */
    boolean serves();

    /** Stops it. */
    @Override
    void close();
}
