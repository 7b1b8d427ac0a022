package dev.scopegate.sample;

import dev.scopegate.sample.authorization.AuthorizationServerSetup;
import dev.scopegate.sample.authorization.SwitchableServer;
import dev.scopegate.sample.contacts.ContactsApi;
import dev.scopegate.sample.playground.Playground;
import java.net.URI;

/**
 * The running sample: the authorization server and the contacts API, both on loopback.
 *
 * <p>The authorization server can be stopped and started again under a running API, to see what an outage does; its
 * signing key outlives the restart, its users' sessions and opaque tokens do not. Safe for concurrent use.
 */
public final class Sample implements AutoCloseable {

    private final AuthorizationServerSetup setup;
    private final SwitchableServer authorizationServer;
    private final ContactsApi api;

    private Sample(SwitchableServer authorizationServer, ContactsApi api) {
        this.setup = authorizationServer.setup();
        this.authorizationServer = authorizationServer;
        this.api = api;
    }

    /**
     * Starts the authorization server, then the API, and returns when both answer.
     *
     * @param arguments options as on the command line: {@code --server.port=8080} (0 takes any free port),
     *     {@code --authorization-server.port=9000}, and any Spring Boot option, which goes to the API
     * @throws CannotStartException if a port is taken or is no port
     */
    public static Sample start(String... arguments) {
        Ports ports = Ports.from(arguments);
        ports.requireFree();
        SwitchableServer authorizationServer =
                new SwitchableServer(AuthorizationServerSetup.generate(ports.authorizationServer(), ports.api()));
        authorizationServer.start();
        boolean started = false;
        try {
            ContactsApi api = ContactsApi.start(
                    ports.api(), ports.authorizationServer(), Playground.of(authorizationServer), arguments);
            started = true;
            return new Sample(authorizationServer, api);
        } finally {
            if (!started) {
                authorizationServer.stop();
            }
        }
    }

    /** The API's own address, for example {@code http://localhost:8080}. */
    public URI api() {
        return setup.api();
    }

    /** The contacts, for example {@code http://localhost:8080/contacts}; also the audience of the access tokens. */
    public URI contacts() {
        return setup.resource();
    }

    /** The authorization server's address and issuer identifier, for example {@code http://localhost:9000}. */
    public URI authorizationServer() {
        return setup.issuer();
    }

    /** Stops the authorization server and frees its port; the API goes on. Does nothing if it is stopped already. */
    public void stopAuthorizationServer() {
        authorizationServer.stop();
    }

    /** Starts the authorization server again, on the same port and with the same signing key. */
    public void restartAuthorizationServer() {
        authorizationServer.stop();
        authorizationServer.start();
    }

    /** Stops the API, then the authorization server. */
    @Override
    public void close() {
        api.close();
        stopAuthorizationServer();
    }
}
