package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.ClaimMapping;
import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.RouteConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.model.Conclusion;
import dev.scopegate.model.Decision;
import dev.scopegate.model.RequestSnapshot;
import dev.scopegate.model.Surroundings;
import dev.scopegate.test.TestIssuer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Roles as real servers write them, asked for by rules as scopes. */
class MappedScopesTest {

    private static final String AUDIENCE = "https://api.example.com/contacts";

    @RegisterExtension
    static final TestIssuer KEYCLOAK = TestIssuer.start();

    @RegisterExtension
    static final TestIssuer OTHER = TestIssuer.start();

    private final ResourceServer server = ResourceServer.builder()
            .resource(AUDIENCE)
            .issuer(IssuerConfig.builder(KEYCLOAK.issuer())
                    .claimsAsScopes(List.of(
                            new ClaimMapping("realm_access.roles", "role:"),
                            new ClaimMapping("resource_access.contacts.api.roles", "api:")))
                    .introspection(IntrospectionConfig.basic(TestIssuer.CLIENT_ID, Secret.of(TestIssuer.CLIENT_SECRET)))
                    .build())
            .issuer(OTHER.issuer())
            .route("GET /contacts", "read:contacts")
            .route("DELETE /contacts", "read:contacts", "role:admin")
            .route(RouteConfig.requiringAny("PUT /contacts", "api:write", "role:admin"))
            .http(HttpConfig.allowingInsecureLoopback())
            .meterRegistry(new SimpleMeterRegistry())
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void decide_jwtWithTheRole_permittedAndTwinWithAnotherRefused() {
        assertThat(verdict("DELETE", keycloak("admin", "none"))).isEqualTo("permitted");
        assertThat(verdict("DELETE", keycloak("user", "none"))).isEqualTo("scope-missing");
        assertThat(verdict("PUT", keycloak("user", "write"))).isEqualTo("permitted");
        assertThat(verdict("PUT", keycloak("user", "admin"))).isEqualTo("scope-missing");
        assertThat(verdict("GET", keycloak("Domain Admins", "none"))).isEqualTo("permitted");
    }

    @Test
    void decide_sameClaimOfAnIssuerThatMapsNone_refused() {
        String token = OTHER.token()
                .scope("read:contacts")
                .claim("realm_access", Map.of("roles", List.of("admin")))
                .sign();

        assertThat(verdict("GET", token)).isEqualTo("permitted");
        assertThat(verdict("DELETE", token)).isEqualTo("scope-missing");
    }

    @Test
    void decide_introspectionAnswer_mappedToo() {
        String admin = KEYCLOAK.opaque(
                Map.of("aud", AUDIENCE, "scope", "read:contacts", "realm_access", Map.of("roles", List.of("admin"))));
        String user = KEYCLOAK.opaque(
                Map.of("aud", AUDIENCE, "scope", "read:contacts", "realm_access", Map.of("roles", List.of("user"))));

        assertThat(verdict("DELETE", admin)).isEqualTo("permitted");
        assertThat(verdict("DELETE", user)).isEqualTo("scope-missing");
    }

    @Test
    void judge_metadata_namesOnlyWhatClientsCanAskFor() {
        String path = "/.well-known/oauth-protected-resource";
        RequestSnapshot request = new RequestSnapshot("GET", path, path, List.of());

        assertThat(((Conclusion.Answered) server.judge(request, () -> Surroundings.NONE))
                        .answer()
                        .body())
                .contains("\"scopes_supported\":[\"read:contacts\"]");
    }

    private static String keycloak(String realmRole, String clientRole) {
        return KEYCLOAK.token()
                .type("JWT")
                .scope("read:contacts")
                .claim("typ", "Bearer")
                .claim("realm_access", Map.of("roles", List.of("offline_access", realmRole)))
                .claim(
                        "resource_access",
                        Map.of(
                                "account", Map.of("roles", List.of("admin", "write")),
                                "contacts.api", Map.of("roles", List.of(clientRole))))
                .sign();
    }

    private String verdict(String method, String token) {
        Decision decision =
                server.decide(new RequestSnapshot(method, "/contacts", "/contacts", List.of("Bearer " + token)));
        return decision instanceof Decision.Refused refused ? refused.reason().code() : "permitted";
    }
}
