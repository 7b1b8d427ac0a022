package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.model.IntrospectionCall;
import dev.scopegate.model.KeyFetch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That an alarm finds a zero where nothing has happened yet, and not nothing. */
class MetersAtStartTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ResourceServer server = ResourceServer.builder()
            .resource("https://api.example.com/contacts")
            .issuer(IssuerConfig.builder("http://localhost:1")
                    .name("asked")
                    .introspection(IntrospectionConfig.basic("contacts-api", Secret.of("api-secret")))
                    .build())
            .issuer(IssuerConfig.builder("http://localhost:2").name("plain").build())
            .http(HttpConfig.allowingInsecureLoopback())
            .route("GET /contacts/**", "read:contacts")
            .meterRegistry(meters)
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private List<String> outcomes(String meter, String issuer) {
        return meters.find(meter).tag("issuer", issuer).timers().stream()
                .flatMap(timer -> timer.getId().getTags().stream())
                .filter(tag -> tag.getKey().equals("outcome"))
                .map(Tag::getValue)
                .toList();
    }

    @Test
    void start_introspection_eachOutcomeOfThatIssuerAlone() {
        assertThat(outcomes("scopegate.introspection", "asked"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(IntrospectionCall.values())
                        .map(IntrospectionCall::code)
                        .toList());
        assertThat(outcomes("scopegate.introspection", "plain")).isEmpty();
        assertThat(meters.get("scopegate.introspection.last-known")
                        .tag("issuer", "asked")
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void start_keys_eachOutcomeOfEachIssuerAndTheAge() {
        for (String issuer : List.of("asked", "plain")) {
            assertThat(outcomes("scopegate.jwks.fetch", issuer))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(KeyFetch.values()).map(KeyFetch::code).toList());
            assertThat(meters.get("scopegate.jwks.age")
                            .tag("issuer", issuer)
                            .gauge()
                            .value())
                    .isNaN();
        }
    }

    @Test
    void start_cachesAndConfiguration_there() {
        assertThat(meters.getMeters().stream().map(meter -> meter.getId().getName()))
                .contains(
                        "scopegate.cache.gets",
                        "scopegate.cache.evictions",
                        "scopegate.cache.entries",
                        "scopegate.config.reloads",
                        "scopegate.config.stale");
    }
}
