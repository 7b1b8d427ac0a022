package dev.scopegate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.IntrospectionState;
import dev.scopegate.model.IntrospectionState.Endpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntrospectionGaugesTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private List<IntrospectionState> states = List.of();

    private static IntrospectionState state(String issuer, Endpoint endpoint, int underWay) {
        return new IntrospectionState(
                issuer,
                endpoint,
                false,
                underWay,
                endpoint == Endpoint.RESTING ? Optional.of(Duration.ofSeconds(5)) : Optional.empty());
    }

    private IntrospectionGauges shown() {
        IntrospectionGauges gauges = new IntrospectionGauges(meters);
        gauges.show(() -> states);
        gauges.expect(List.of("main", "other"));
        return gauges;
    }

    private double concurrent(String issuer) {
        return meters.get("scopegate.introspection.concurrent")
                .tag("issuer", issuer)
                .gauge()
                .value();
    }

    @ParameterizedTest
    @EnumSource
    void endpoint_eachState_oneForThatStateAlone(Endpoint endpoint) {
        states = List.of(state("main", endpoint, 0), state("other", Endpoint.ASKED, 0));
        shown();

        assertThat(meters.get("scopegate.introspection.endpoint")
                        .tag("issuer", "main")
                        .gauges())
                .hasSize(3)
                .filteredOn(gauge -> gauge.value() == 1)
                .singleElement()
                .satisfies(gauge -> assertThat(gauge.getId().getTag("state")).isEqualToIgnoringCase(endpoint.name()));
    }

    @Test
    void concurrent_callsUnderWay_shownForEachIssuer() {
        shown();
        states = List.of(state("main", Endpoint.ASKED, 7), state("other", Endpoint.ASKED, 0));

        assertThat(concurrent("main")).isEqualTo(7);
        assertThat(concurrent("other")).isZero();
    }

    @Test
    void concurrent_issuerRemoved_notANumber() {
        states = List.of(state("main", Endpoint.ASKED, 7));
        shown();

        assertThat(concurrent("other")).isNaN();
    }

    @Test
    void close_secondServerOfTheRegistry_firstOneStaysShown() {
        states = List.of(state("main", Endpoint.ASKED, 7));
        IntrospectionGauges first = shown();
        IntrospectionGauges second = new IntrospectionGauges(meters);
        second.expect(List.of("main"));

        second.close();
        assertThat(concurrent("main")).isEqualTo(7);

        first.close();
        assertThat(meters.getMeters()).isEmpty();
    }
}
