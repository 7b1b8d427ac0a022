package dev.scopegate.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scopegate.introspection.authentication.ClientSecretBasic;
import dev.scopegate.introspection.http.BoundedHttpClient;
import dev.scopegate.introspection.metadata.MetadataDiscovery;
import dev.scopegate.introspection.metadata.MetadataException;
import dev.scopegate.test.TestIssuer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user writes, compiled and run. */
@Timeout(60)
class ExampleIT {

    @RegisterExtension
    static final TestIssuer ISSUER = TestIssuer.start();

    // What stands between the two lines with introspection.md is on that page, letter by letter.
    // introspection.md: begin
    /** Judges tokens for one resource server. */
    record Judge(IntrospectionClient client, String ourselves) implements AutoCloseable {

        /** One for the whole application. */
        static Judge of(URI endpoint, String secret) {
            return new Judge(
                    IntrospectionClient.builder(endpoint, new ClientSecretBasic("contacts-api", secret))
                            .timeout(Duration.ofSeconds(2))
                            .cache(new CacheSettings(Duration.ofSeconds(60), Duration.ofSeconds(10), 10_000))
                            .build(),
                    "https://api.example.com/contacts");
        }

        /** Whose token it is, if it is good; an answer may be a minute old. */
        Optional<String> subject(String token) throws IntrospectionException {
            return subject(client.introspect(token));
        }

        /** The same by what the server says now: for what cannot be undone. */
        Optional<String> subjectNow(String token) throws IntrospectionException {
            return subject(client.introspect(token, Duration.ZERO));
        }

        private Optional<String> subject(IntrospectionResult result) {
            return result instanceof Active active
                            && ourselves.equals(active.claims().get("aud"))
                            && active.claims().get("sub") instanceof String subject
                    ? Optional.of(subject)
                    : Optional.empty();
        }

        @Override
        public void close() {
            client.close();
        }
    }
    // introspection.md: end

    @Test
    void example_fixedEndpoint_tellsActiveFromInactive() throws IntrospectionException {
        String ourselves = "https://api.example.com/contacts";
        String token = ISSUER.opaque(Map.of("sub", "alice", "aud", ourselves));
        String forOthers = ISSUER.opaque(Map.of("sub", "alice", "aud", "https://other.example.com"));

        try (Judge judge = Judge.of(ISSUER.introspectionEndpoint(), "api-secret")) {
            assertThat(judge.subject(token)).contains("alice");
            assertThat(judge.subject(forOthers)).isEmpty();
            assertThat(judge.subject("never-issued")).isEmpty();
            ISSUER.revoke(token);
            assertThat(judge.subject(token)).contains("alice");
            assertThat(judge.subjectNow(token)).isEmpty();
            assertThat(judge.subject(token)).isEmpty();
        }
    }

    @Test
    void example_wrongSecret_noVerdict() {
        try (Judge judge = Judge.of(ISSUER.introspectionEndpoint(), "wrong")) {
            assertThatThrownBy(() -> judge.subject("any"))
                    .isInstanceOfSatisfying(
                            IntrospectionException.class,
                            failure ->
                                    assertThat(failure.kind()).isEqualTo(IntrospectionException.Kind.REFUSED_CLIENT));
        }
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
