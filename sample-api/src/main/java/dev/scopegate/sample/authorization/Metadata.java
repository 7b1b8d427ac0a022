package dev.scopegate.sample.authorization;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;

/** The metadata that clients discover (RFC 8414 §2), cut down to what the demo clients really can use. */
final class Metadata {

    private static final String CONFIDENTIAL = ClientAuthenticationMethod.CLIENT_SECRET_BASIC.getValue();
    private static final String PUBLIC = ClientAuthenticationMethod.NONE.getValue();

    private Metadata() {}

    /** Replaces what Spring announces by default, for example certificate-bound tokens, which need TLS. */
    static void describe(Map<String, Object> metadata) {
        metadata.put("scopes_supported", scopes());
        metadata.put(
                "grant_types_supported",
                List.of(
                        AuthorizationGrantType.AUTHORIZATION_CODE.getValue(),
                        AuthorizationGrantType.CLIENT_CREDENTIALS.getValue(),
                        AuthorizationGrantType.REFRESH_TOKEN.getValue(),
                        AuthorizationGrantType.DEVICE_CODE.getValue()));
        metadata.put("token_endpoint_auth_methods_supported", List.of(CONFIDENTIAL, PUBLIC));
        metadata.put("revocation_endpoint_auth_methods_supported", List.of(CONFIDENTIAL, PUBLIC));
        metadata.put("introspection_endpoint_auth_methods_supported", List.of(CONFIDENTIAL));
        metadata.remove("tls_client_certificate_bound_access_tokens");
    }

    private static List<String> scopes() {
        return Stream.concat(
                        Stream.of(OidcScopes.OPENID, OidcScopes.PROFILE),
                        Arrays.stream(ContactScope.values()).map(ContactScope::value))
                .toList();
    }
}
