package dev.scopegate.sample;

import dev.scopegate.sample.authorization.AuthorizationServer;
import dev.scopegate.sample.authorization.AuthorizationServerSetup;
import dev.scopegate.sample.contacts.ContactsApi;
import java.net.URI;
import java.util.Optional;
import org.springframework.beans.BeansException;

/**
 * The running sample: the authorization server and the contacts API, both on loopback.
 *
 * <p>The authorization server can be stopped and started again under a running API, to see what an outage does; its
 * signing key outlives the restart, its users' sessions and opaque tokens do not. Safe for concurrent use.
 */
public final class Sample implements AutoCloseable {

    private final AuthorizationServerSetup setup;
    private final ContactsApi api;
    private Optional<AuthorizationServer> authorizationServer;

    private Sample(AuthorizationServerSetup setup, AuthorizationServer authorizationServer, ContactsApi api) {
        this.setup = setup;
        this.authorizationServer = Optional.of(authorizationServer);
        this.api = api;
    }

    /**
     * Starts the authorization server, then the API, and returns when both answer.
     *
     * @param arguments options as on the command line: {@code --server.port=8080} (0 takes any free port),
     *     {@code --authorization-server.port=9000}, and any Spring Boot option, which goes to the API
     * @throws CannotStartException if a port is taken or is no port, or the API does not start, which is logged with its reason
     */
    public static Sample start(String... arguments) {
        Ports ports = Ports.from(arguments);
        ports.requireFree();
        AuthorizationServerSetup setup = AuthorizationServerSetup.generate(ports.authorizationServer(), ports.api());
        AuthorizationServer authorizationServer = AuthorizationServer.start(setup);
        boolean started = false;
        try {
            ContactsApi api = ContactsApi.start(ports.api(), ports.authorizationServer(), arguments);
            started = true;
            return new Sample(setup, authorizationServer, api);
        } catch (BeansException e) {
            throw new CannotStartException("The contacts API did not start; the log says why.", e);
        } finally {
            if (!started) {
                authorizationServer.close();
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
    public synchronized void stopAuthorizationServer() {
        authorizationServer.ifPresent(AuthorizationServer::close);
        authorizationServer = Optional.empty();
    }

    /** Starts the authorization server again, on the same port and with the same signing key. */
    public synchronized void restartAuthorizationServer() {
        stopAuthorizationServer();
        authorizationServer = Optional.of(AuthorizationServer.start(setup));
    }

    /** Stops the API, then the authorization server. */
    @Override
    public void close() {
        api.close();
        stopAuthorizationServer();
    }
}
