package dev.scopegate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.config.HttpConfig;
import dev.scopegate.config.IntrospectionConfig;
import dev.scopegate.config.IssuerConfig;
import dev.scopegate.config.Secret;
import dev.scopegate.model.IntrospectionCall;
import dev.scopegate.model.KeyFetch;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RequestSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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

    @Test
    void start_requests_whatEachRuleAcceptsOfEachIssuerAndEachReason() {
        for (String issuer : List.of("asked", "plain")) {
            assertThat(meters.get("scopegate.requests")
                            .tag("outcome", "accepted")
                            .tag("issuer", issuer)
                            .tag("route", "GET /contacts/**")
                            .timer()
                            .count())
                    .isZero();
        }
        assertThat(meters.find("scopegate.requests").timers().stream()
                        .map(timer -> timer.getId().getTag("reason"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Arrays.stream(RefusalReason.values()).map(RefusalReason::code), Stream.of("none"))
                                .toList());
    }

    private double endpoint(String state) {
        return meters.get("scopegate.introspection.endpoint")
                .tag("issuer", "asked")
                .tag("state", state)
                .gauge()
                .value();
    }

    @Test
    void start_introspection_endpointIsAskedAndNothingUnderWay() {
        assertThat(endpoint("asked")).isEqualTo(1);
        assertThat(endpoint("probed")).isZero();
        assertThat(endpoint("resting")).isZero();
        assertThat(meters.get("scopegate.introspection.concurrent").gauges())
                .singleElement()
                .satisfies(gauge -> assertThat(gauge.value()).isZero());
    }

    @Test
    void introspection_endpointFailsTooOften_shownAsResting() {
        for (int i = 0; i < 20; i++) {
            server.decide(new RequestSnapshot("GET", "/contacts", "/contacts", List.of("Bearer opaque-" + i)));
        }

        assertThat(endpoint("resting")).isEqualTo(1);
        assertThat(endpoint("asked")).isZero();
    }

    @Test
    void close_gaugesOfTheServer_gone() {
        server.close();

        assertThat(meters.find("scopegate.introspection.endpoint").gauges()).isEmpty();
        assertThat(meters.find("scopegate.introspection.concurrent").gauges()).isEmpty();
    }
}
