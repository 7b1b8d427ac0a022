package dev.scopegate.sample.authorization;

import java.util.Optional;

/**
 * The authorization server with a switch, to see what an outage and a rotation of keys do to an API. Its signing keys outlive a
 * restart; its users' sessions, consents and opaque tokens do not. Safe for concurrent use.
 */
public final class SwitchableServer {

    private final AuthorizationServerSetup setup;
    private volatile Optional<AuthorizationServer> running = Optional.empty();

    /** One that does not run yet. */
    public SwitchableServer(AuthorizationServerSetup setup) {
        this.setup = setup;
    }

    /** What it was made with. */
    public AuthorizationServerSetup setup() {
        return setup;
    }

    /** Whether it answers. */
    public boolean isRunning() {
        return running.isPresent();
    }

    /** Starts it on the port of its issuer, and returns when it answers. Does nothing if it runs. */
    public synchronized void start() {
        if (running.isEmpty()) {
            running = Optional.of(AuthorizationServer.start(setup));
        }
    }

    /** Stops it and frees its port. Does nothing if it is stopped. */
    public synchronized void stop() {
        Optional<AuthorizationServer> stopped = running;
        running = Optional.empty();
        stopped.ifPresent(AuthorizationServer::close);
    }
}
