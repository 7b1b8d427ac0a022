package dev.scopegate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.model.Access;
import dev.scopegate.model.Mode;
import dev.scopegate.model.RefusalReason;
import dev.scopegate.model.RouteRequirement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionSeriesTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private static RouteRequirement takingOnly(String issuer) {
        return new RouteRequirement(
                "GET /one",
                Access.AUTHENTICATED,
                List.of(),
                List.of(),
                Map.of(),
                Set.of(issuer),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Mode.ENFORCE);
    }

    private List<String> registered(String outcome) {
        return meters.find("scopegate.requests").tag("outcome", outcome).timers().stream()
                .map(Meter::getId)
                .map(id -> id.getTag("reason") + ' ' + id.getTag("issuer") + ' ' + id.getTag("route"))
                .toList();
    }

    @Test
    void expect_rules_acceptedOfWhomTheyTakeAndCannotDecide() {
        new DecisionSeries(meters, 1_000)
                .expect(
                        List.of(
                                RouteRequirement.of("GET /public", Access.PUBLIC),
                                RouteRequirement.of("GET /optional", Access.OPTIONAL),
                                RouteRequirement.of("GET /denied", Access.DENY),
                                takingOnly("b")),
                        List.of("a", "b"),
                        Set.of(RefusalReason.KEYS_UNAVAILABLE));

        assertThat(registered("accepted"))
                .containsExactlyInAnyOrder(
                        "none none GET /public",
                        "none none GET /optional",
                        "none a GET /optional",
                        "none b GET /optional",
                        "none b GET /one");
        assertThat(registered("undecided"))
                .containsExactlyInAnyOrder(
                        "keys-unavailable none GET /optional",
                        "keys-unavailable none GET /denied",
                        "keys-unavailable none GET /one");
        assertThat(registered("refused"))
                .hasSize(RefusalReason.values().length - 2)
                .contains("expired none none");
    }

    @Test
    void expect_moreThanHalfOfTheLimit_leavesRoomForWhatHappens() {
        List<RouteRequirement> rules = IntStream.range(0, 1_000)
                .mapToObj(i -> RouteRequirement.of("GET /" + i, Access.AUTHENTICATED))
                .toList();

        new DecisionSeries(meters, 100).expect(rules, List.of("a"), Set.of());

        assertThat(meters.getMeters()).hasSize(50);
    }

    @Test
    void timer_moreThanTheLimit_sharedUnderOther() {
        DecisionSeries series = new DecisionSeries(meters, 10);

        for (int i = 0; i < 1_000; i++) {
            series.timer("refused", "expired", "none", "GET /" + i).record(Duration.ofMillis(1));
        }

        assertThat(meters.getMeters()).hasSize(11);
        assertThat(meters.get("scopegate.requests")
                        .tag("route", "other")
                        .timer()
                        .count())
                .isEqualTo(990);
        assertThat(series.timer("refused", "expired", "none", "GET /3").count())
                .as("one that was there before")
                .isEqualTo(1);
    }
}
