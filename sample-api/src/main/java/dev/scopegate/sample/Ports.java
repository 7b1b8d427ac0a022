package dev.scopegate.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The two ports of the sample, read from {@code --server.port} and {@code --authorization-server.port}.
 *
 * <p>They have to be known before anything starts: each side needs the address of the other. Immutable.
 *
 * @param api port of the contacts API, 1 to 65535
 * @param authorizationServer port of the authorization server, 1 to 65535, not that of the API
 */
record Ports(int api, int authorizationServer) {

    private static final String API = "server.port";
    private static final String AUTHORIZATION_SERVER = "authorization-server.port";
    private static final int HIGHEST = 65_535;

    /**
     * Reads the options, else the environment ({@code SERVER_PORT}, {@code AUTHORIZATION_SERVER_PORT}), else takes 8080
     * and 9000. Port 0 means any free port.
     *
     * @throws CannotStartException if an option is no port, or both name the same one
     */
    static Ports from(String... arguments) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
        int api = parse(API, environment.getProperty(API, "8080"));
        int authorizationServer = parse(AUTHORIZATION_SERVER, environment.getProperty(AUTHORIZATION_SERVER, "9000"));
        if (api == authorizationServer && api != 0) {
            throw new CannotStartException("--" + API + " and --" + AUTHORIZATION_SERVER + " both name port " + api
                    + "; give one of them another port.");
        }
        return anyFree(api, authorizationServer);
    }

    /**
     * Checks that both ports can be bound on loopback now.
     *
     * @throws CannotStartException if one is taken; the message names the port and the option
     */
    void requireFree() {
        requireFree("contacts API", API, api);
        requireFree("authorization server", AUTHORIZATION_SERVER, authorizationServer);
    }

    private static int parse(String option, String value) {
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= HIGHEST) {
            return Integer.parseInt(value);
        }
        throw new CannotStartException("--" + option + " must be a port number, 0 to " + HIGHEST + ".");
    }

    private static Ports anyFree(int api, int authorizationServer) {
        // Both are held open until both are chosen, so that they differ.
        try (ServerSocket first = bind(0);
                ServerSocket second = bind(0)) {
            return new Ports(
                    api == 0 ? first.getLocalPort() : api,
                    authorizationServer == 0 ? second.getLocalPort() : authorizationServer);
        } catch (IOException e) {
            throw new CannotStartException("No free port on the loopback interface.");
        }
    }

    private static void requireFree(String server, String option, int port) {
        try {
            bind(port).close();
        } catch (IOException e) {
            throw new CannotStartException("Port " + port + " for the " + server
                    + " is taken; stop what uses it, or choose another port with --" + option + "=PORT.");
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
