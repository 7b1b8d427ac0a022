package dev.scopegate.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.introspection.Active;
import dev.scopegate.introspection.CacheSettings;
import dev.scopegate.introspection.Inactive;
import dev.scopegate.introspection.IntrospectionClient;
import dev.scopegate.introspection.IntrospectionException;
import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.metadata.MetadataDiscovery;
import dev.scopegate.test.MutableClock;
import dev.scopegate.test.Requirement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The introspection client by itself, without the filter, and a real authorization server. */
@Timeout(60)
class IntrospectionIT {

    private static final ClientSecretBasic API = new ClientSecretBasic("contacts-api", "api-secret");
    private static final String OPAQUE_MACHINE = "contacts-machine-opaque";

    private static IntrospectedServer server;

    private final MutableClock clock = MutableClock.at(Instant.now());

    @BeforeAll
    static void start() {
        server = IntrospectedServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private IntrospectionClient client() {
        return server.askedBy(API)
                .clock(clock)
                .ticker(clock::read)
                .cache(CacheSettings.defaults())
                .build();
    }

    @Test
    @Requirement("RFC7662 §2.2")
    void introspect_opaqueToken_activeWithScopeAudienceAndExpiry() throws IOException {
        String token = server.opaqueToken();

        try (IntrospectionClient client = client()) {
            assertThat(client.introspect(token)).isInstanceOfSatisfying(Active.class, active -> {
                assertThat(active.claims())
                        .containsEntry("scope", "read:contacts")
                        .containsEntry("aud", List.of(server.audience()))
                        .containsEntry("iss", server.issuer())
                        .containsEntry("client_id", OPAQUE_MACHINE)
                        .containsEntry("token_type", "Bearer");
                long now = Instant.now().getEpochSecond();
                assertThat(((Number) active.claims().get("exp")).longValue()).isBetween(now + 200, now + 300);
            });
        }
    }

    @Test
    @Requirement("RFC7662 §2.2")
    void introspect_tokenThatNobodyIssued_inactive() throws IOException {
        try (IntrospectionClient client = client()) {
            assertThat(client.introspect("QkZ3R0t2b1hJd0xPcWJ1c2ZxVGJtTk1hZ0l3Y0tWd1g"))
                    .isInstanceOf(Inactive.class);
        }
    }

    @Test
    @Requirement("RFC7662 §4")
    void introspect_revokedToken_activeUntilTheAnswerIsAsOldAsTheTtl() throws IOException {
        String token = server.opaqueToken();
        try (IntrospectionClient client = client()) {
            assertThat(client.introspect(token)).isInstanceOf(Active.class);

            server.revoke(OPAQUE_MACHINE, token);

            clock.advance(Duration.ofSeconds(60).minusMillis(1));
            assertThat(client.introspect(token)).isInstanceOf(Active.class);
            clock.advance(Duration.ofMillis(1));
            assertThat(client.introspect(token)).isInstanceOf(Inactive.class);
        }
    }

    @Test
    @Requirement("RFC7662 §4")
    void introspect_revokedTokenAndNoStaleness_inactiveAtOnce_andForTheOthersToo() throws IOException {
        String token = server.opaqueToken();
        try (IntrospectionClient client = client()) {
            assertThat(client.introspect(token, Duration.ZERO)).isInstanceOf(Active.class);

            server.revoke(OPAQUE_MACHINE, token);

            assertThat(client.introspect(token)).isInstanceOf(Active.class);
            assertThat(client.introspect(token, Duration.ZERO)).isInstanceOf(Inactive.class);
            assertThat(client.introspect(token)).isInstanceOf(Inactive.class);
        }
    }

    @Test
    void introspect_jwt_activeUntilItIsRevoked() throws IOException {
        String jwt = server.jwt();
        try (IntrospectionClient client = client()) {
            assertThat(client.introspect(jwt, Duration.ZERO)).isInstanceOf(Active.class);

            server.revoke("contacts-machine", jwt);

            assertThat(client.introspect(jwt, Duration.ZERO)).isInstanceOf(Inactive.class);
        }
    }

    @Test
    @Requirement("RFC7662 §2.3")
    void introspect_wrongSecret_refusedClient() throws IOException {
        assertRefused(new ClientSecretBasic("contacts-api", "machine-secret"));
        assertRefused(new ClientSecretBasic("nobody", "api-secret"));
    }

    private static void assertRefused(ClientSecretBasic credentials) throws IOException {
        String token = server.opaqueToken();
        try (IntrospectionClient client = server.askedBy(credentials).build()) {
            assertThatThrownBy(() -> client.introspect(token))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(IntrospectionException.Kind.REFUSED_CLIENT));
        }
    }

    @Test
    @Requirement("RFC8414 §2")
    void introspect_endpointDiscovered_active() throws IOException {
        String token = server.opaqueToken();
        MetadataDiscovery discovery = new MetadataDiscovery(server.http(), true);
        try (IntrospectionClient client = IntrospectionClient.builder(
                        () -> discovery
                                .discover(server.issuer())
                                .introspectionEndpoint()
                                .orElseThrow(),
                        API)
                .http(server.http())
                .timeout(Duration.ofSeconds(20))
                .build()) {
            assertThat(client.introspect(token)).isInstanceOf(Active.class);
        }
    }
}
