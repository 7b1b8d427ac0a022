package dev.scopegate.sample.authorization;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serial;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets a public client name itself by {@code client_id} alone where it refreshes, revokes or is on a device (RFC 6749
 * §6, RFC 7009 §2.1, RFC 8628 §3.1); Spring by itself wants a PKCE verifier on every request of a public client, which these have not.
 *
 * <p>A {@code client_id} proves nothing. What protects the refresh token is that it works once: {@link Authorizations}
 * revokes the whole family when a used one comes back (RFC 9700 §4.14.2). Does not check the token itself.
 */
final class PublicClientAuthentication {

    private static final String CLIENT_ASSERTION = "client_assertion";

    /** What proves these is the refresh token or the device code, which nobody but the client has. */
    private static final Set<String> GRANTS =
            Set.of(AuthorizationGrantType.REFRESH_TOKEN.getValue(), AuthorizationGrantType.DEVICE_CODE.getValue());

    private PublicClientAuthentication() {}

    /** Recognises these requests, each at its own endpoint. Stateless. */
    static final class Converter implements AuthenticationConverter {

        private final String tokenPath;
        private final String revocationPath;
        private final String devicePath;

        Converter(AuthorizationServerSettings settings) {
            this.tokenPath = settings.getTokenEndpoint();
            this.revocationPath = settings.getTokenRevocationEndpoint();
            this.devicePath = settings.getDeviceAuthorizationEndpoint();
        }

        @Override
        public @Nullable Authentication convert(HttpServletRequest request) {
            String[] clientIds = request.getParameterValues(OAuth2ParameterNames.CLIENT_ID);
            boolean named = clientIds != null && clientIds.length == 1 && !clientIds[0].isBlank();
            return named && needsNoProof(request) && !hasOtherCredentials(request)
                    ? new NamedClient(clientIds[0])
                    : null;
        }

        private boolean needsNoProof(HttpServletRequest request) {
            // The path counts: with a stray grant_type anybody could ask the introspection endpoint otherwise.
            String path = request.getServletPath();
            return path.equals(revocationPath)
                    || path.equals(devicePath)
                    || (path.equals(tokenPath)
                            && GRANTS.contains(String.valueOf(request.getParameter(OAuth2ParameterNames.GRANT_TYPE))));
        }

        private static boolean hasOtherCredentials(HttpServletRequest request) {
            // RFC 6749 §2.3: one method per request; §2.3.1: never in the request URI.
            return request.getQueryString() != null
                    || request.getHeader(HttpHeaders.AUTHORIZATION) != null
                    || request.getParameter(OAuth2ParameterNames.CLIENT_SECRET) != null
                    || request.getParameter(CLIENT_ASSERTION) != null;
        }
    }

    /** Accepts a client that is registered as public and may refresh. Stateless. */
    static final class Provider implements AuthenticationProvider {

        private final RegisteredClientRepository clients;

        Provider(RegisteredClientRepository clients) {
            this.clients = clients;
        }

        @Override
        public Authentication authenticate(Authentication authentication) {
            RegisteredClient client = clients.findByClientId(authentication.getName());
            if (client == null
                    || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)
                    || !client.getAuthorizationGrantTypes().contains(AuthorizationGrantType.REFRESH_TOKEN)) {
                throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
            }
            return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
        }

        @Override
        public boolean supports(Class<?> authentication) {
            return NamedClient.class.isAssignableFrom(authentication);
        }
    }

    private static final class NamedClient extends OAuth2ClientAuthenticationToken {

        @Serial
        private static final long serialVersionUID = 1L;

        NamedClient(String clientId) {
            super(clientId, ClientAuthenticationMethod.NONE, null, Map.of());
        }
    }
}
