package dev.scopegate.introspection.authentication;

import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Authenticates in the first way, in the order of {@link AuthenticationMethod}, that the server says it takes and for which there
 * are credentials. A server that says nothing gets {@code client_secret_basic}, if there is a secret, else the first way for which
 * there are credentials.
 *
 * <p>Safe for concurrent use, as the ways are. Its text form tells no secret.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-2">RFC 8414 §2</a>
 */
public final class NegotiatedAuthentication implements ClientAuthentication {

    /** Says what the server takes. Asked before each request; whoever has to look it up keeps it himself. */
    @FunctionalInterface
    public interface Supported {

        /**
         * The value of {@code introspection_endpoint_auth_methods_supported}; empty if the server says nothing.
         *
         * @throws IOException if it cannot be found out now
         */
        List<String> methods() throws IOException;
    }

    private final Map<AuthenticationMethod, ClientAuthentication> ways;
    private final Supported supported;
    private final String clientId;

    /**
     * One of {@code ways}.
     *
     * @param ways at least one, all of the same client
     * @throws IllegalArgumentException if there is none, or they are of several clients
     */
    public NegotiatedAuthentication(Map<AuthenticationMethod, ClientAuthentication> ways, Supported supported) {
        if (ways.values().stream()
                        .map(ClientAuthentication::clientId)
                        .distinct()
                        .count()
                != 1) {
            throw new IllegalArgumentException("there have to be ways to authenticate, all of one client");
        }
        this.ways = Collections.unmodifiableMap(new EnumMap<>(ways));
        this.supported = supported;
        this.clientId = ways.values().iterator().next().clientId();
    }

    /**
     * The way that is used now.
     *
     * @throws ClientRefusedException if the server takes none of ours
     * @throws IOException if it cannot be found out now what the server takes
     */
    public AuthenticationMethod method() throws IOException {
        List<String> methods = supported.methods();
        if (methods.isEmpty() && ways.containsKey(AuthenticationMethod.CLIENT_SECRET_BASIC)) {
            return AuthenticationMethod.CLIENT_SECRET_BASIC;
        }
        // Never one that the server does not name: it would get a secret in a way that it may log or hand on.
        return ways.keySet().stream()
                .filter(way -> methods.isEmpty() || methods.contains(way.registeredName()))
                .findFirst()
                .orElseThrow(() -> new ClientRefusedException(
                        "the endpoint takes none of the ways to authenticate for which there are credentials"));
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public Presented present(URI endpoint) throws IOException {
        return way(method()).present(endpoint);
    }

    private ClientAuthentication way(AuthenticationMethod method) {
        ClientAuthentication way = ways.get(method);
        if (way == null) {
            throw new IllegalStateException("a way that is none of ours");
        }
        return way;
    }

    @Override
    public void refused() {
        ways.values().forEach(ClientAuthentication::refused);
    }

    @Override
    public String toString() {
        return "NegotiatedAuthentication[clientId=" + clientId + ", methods=" + ways.keySet() + "]";
    }
}
