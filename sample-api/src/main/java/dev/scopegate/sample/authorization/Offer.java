package dev.scopegate.sample.authorization;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;

/**
 * What the authorization server offers to the public clients of the demo. Immutable.
 *
 * @param issuer its issuer identifier
 * @param resource the API that the access tokens are for
 * @param clientId the public client
 * @param deviceClientId the public client on devices (RFC 8628)
 * @param redirectUri where the public client gets its authorization codes
 * @param scopes what the client may ask for
 * @param users who can log in; the passwords are public, and for the demo only
 */
public record Offer(
        URI issuer,
        URI resource,
        String clientId,
        String deviceClientId,
        URI redirectUri,
        Endpoints endpoints,
        List<Scope> scopes,
        List<DemoUser> users) {

    /** Where the client sends what. */
    public record Endpoints(URI authorization, URI token, URI revocation, URI deviceAuthorization) {}

    /**
     * A scope.
     *
     * @param meaning what a user allows with it
     */
    public record Scope(String name, String meaning) {}

    /** Where the API asks about tokens (RFC 7662 §2); no client needs it. */
    public URI introspection() {
        return issuer.resolve(AuthorizationServerSettings.builder().build().getTokenIntrospectionEndpoint());
    }

    /** Lists are copied. */
    public Offer {
        scopes = List.copyOf(scopes);
        users = List.copyOf(users);
    }

    /** What a server that is set up so offers, be it running or not. */
    public static Offer of(AuthorizationServerSetup setup) {
        AuthorizationServerSettings paths = setup.settings();
        URI issuer = setup.issuer();
        return new Offer(
                issuer,
                setup.resource(),
                DemoClients.WEB,
                DemoClients.DEVICE,
                setup.redirect(),
                new Endpoints(
                        issuer.resolve(paths.getAuthorizationEndpoint()),
                        issuer.resolve(paths.getTokenEndpoint()),
                        issuer.resolve(paths.getTokenRevocationEndpoint()),
                        issuer.resolve(paths.getDeviceAuthorizationEndpoint())),
                everyScope().toList(),
                DemoUsers.ALL);
    }

    private static Stream<Scope> everyScope() {
        return Stream.concat(
                Stream.of(ContactScope.values()).map(scope -> new Scope(scope.value(), scope.meaning())),
                Stream.of(new Scope("openid", "Know that you signed in"), new Scope("profile", "See your user name")));
    }
}
