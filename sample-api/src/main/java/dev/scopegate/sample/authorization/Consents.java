package dev.scopegate.sample.authorization;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;

/**
 * What users allowed clients, so that they are not asked again; but those on devices are asked each time. Safe for concurrent use.
 */
final class Consents implements OAuth2AuthorizationConsentService {

    private final OAuth2AuthorizationConsentService remembered = new InMemoryOAuth2AuthorizationConsentService();

    @Override
    public void save(OAuth2AuthorizationConsent consent) {
        // RFC 8628 §5.4: with a consent at hand, a link with a stranger's code would let the stranger's device in
        // unasked.
        if (!consent.getRegisteredClientId().equals(DemoClients.DEVICE)) {
            remembered.save(consent);
        }
    }

    @Override
    public void remove(OAuth2AuthorizationConsent consent) {
        remembered.remove(consent);
    }

    @Override
    public @Nullable OAuth2AuthorizationConsent findById(String registeredClientId, String principalName) {
        return remembered.findById(registeredClientId, principalName);
    }
}
