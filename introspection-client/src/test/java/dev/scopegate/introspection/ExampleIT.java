package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.metadata.MetadataDiscovery;
import dev.scopegate.introspection.metadata.MetadataException;
import dev.scopegate.test.TestIssuer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user writes, compiled and run. */
class ExampleIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    @Test
    void example_fixedEndpoint_tellsActiveFromInactive() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of("sub", "alice", "scope", "read:contacts"));
        String secret = "api-secret";

        try (IntrospectionClient client = IntrospectionClient.builder(
                        ISSUER.introspectionEndpoint(), new ClientSecretBasic("contacts-api", secret))
                .build()) {
            assertThat(subject(client, token)).isEqualTo("alice");
            assertThat(subject(client, "never-issued")).isEqualTo("nobody");
        }
    }

    private static Object subject(IntrospectionClient client, String token) throws IntrospectionException {
        return client.introspect(token) instanceof Active active
                ? active.claims().get("sub")
                : "nobody";
    }

    @Test
    void example_discoveredEndpoint_foundWhenItIsNeeded() throws IntrospectionException {
        String token = ISSUER.opaque(Map.of("sub", "alice"));
        String issuer = ISSUER.issuer();

        try (BoundedHttpClient http = BoundedHttpClient.builder().build();
                IntrospectionClient client = IntrospectionClient.builder(
                                () -> new MetadataDiscovery(http, true)
                                        .discover(issuer)
                                        .introspectionEndpoint()
                                        .orElseThrow(() -> new MetadataException("no introspection endpoint")),
                                new ClientSecretBasic("contacts-api", "api-secret"))
                        .http(http)
                        .build()) {
            assertThat(client.introspect(token)).isInstanceOf(Active.class);
        }
    }
}
