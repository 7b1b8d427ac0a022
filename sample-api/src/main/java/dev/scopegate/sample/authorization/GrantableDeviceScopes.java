package dev.scopegate.sample.authorization;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceAuthorizationConsentAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2DeviceAuthorizationConsentAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads what a user allows a device, and takes out every scope that the user may not grant. Nobody was signed in when the device
 * asked, so that this is the first place where a user's rights can count; whatever the page showed, nothing passes it. Stateless.
 */
final class GrantableDeviceScopes implements AuthenticationConverter {

    private final AuthenticationConverter reader = new OAuth2DeviceAuthorizationConsentAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (reader.convert(request) instanceof OAuth2DeviceAuthorizationConsentAuthenticationToken allowed
                && allowed.getPrincipal() instanceof Authentication user) {
            return new OAuth2DeviceAuthorizationConsentAuthenticationToken(
                    allowed.getAuthorizationUri(),
                    allowed.getClientId(),
                    user,
                    allowed.getUserCode(),
                    allowed.getState(),
                    DemoUsers.grantable(allowed.getScopes(), user),
                    allowed.getAdditionalParameters());
        }
        return null;
    }
}
